import { failure } from "../errors";
import type { Snapshot } from "../model/snapshot";

/**
 * Reads a Snapshot as `pr plan --snapshot` wrote it. Throws E524 for what is none. A Decision about one is
 * total: what somebody wrote into it by hand can make it wrong, and gives nothing to anybody.
 */
export function parseSnapshotFile(text: string | undefined, file: string): Snapshot {
  if (text === undefined) throw notASnapshot(file, "there is no such file");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notASnapshot(file, "it is not JSON");
  }
  if (typeof value !== "object" || value === null) throw notASnapshot(file, "it is not a JSON object");
  const version: unknown = Reflect.get(value, "snapshotVersion");
  if (version !== 1) throw notASnapshot(file, `snapshotVersion is ${JSON.stringify(version ?? null)}, not 1`);
  return value as Snapshot;
}

function notASnapshot(file: string, detail: string): Error {
  return failure("E524", {
    summary: "this is no snapshot of a pull request",
    detail: `${file}: ${detail}`,
    fix: "save one with `leasehold pr plan --number N --snapshot FILE`",
  });
}

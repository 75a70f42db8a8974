import { failure } from "../errors";
import type { GitHub } from "./open-github";
import type { LogView, MergeReading, RepositoryName } from "./types";

/** Reads one Snapshot for each commit that a merge queue would put on the base branch, oldest first. */
export async function readQueueSnapshot(
  _github: GitHub,
  _repository: RepositoryName,
  _group: { readonly baseSha: string; readonly headSha: string },
  _log: LogView,
): Promise<readonly MergeReading[]> {
  throw failure("E900", { fix: "wait for the next commit" });
}

import { canonicalJson } from "../../model/canonical";
import { isObject } from "../shape";
import { paths } from "./git-layout";
import type { GitRepository } from "./git-repository";

/** The newest epoch, and who took it. */
export interface GitEpoch {
  readonly epoch: number;
  readonly holder: string;
  /** Random: no two takings are the same, also where a ref was put back. */
  readonly token: string;
}

/** The epoch's file in a commit. */
export function epochFile(epoch: GitEpoch): { readonly path: string; readonly bytes: Uint8Array } {
  return { path: paths.epoch, bytes: Buffer.from(`${canonicalJson(epoch)}\n`, "utf8") };
}

/** The newest epoch by a commit; undefined when none was taken, or what is there cannot be read. */
export async function tryReadEpoch(repository: GitRepository, commit: string): Promise<GitEpoch | undefined> {
  const [content] = await repository.read([`${commit}:${paths.epoch}`]);
  if (content === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(content.toString("utf8"));
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const { epoch, holder, token } = value;
  if (!Number.isSafeInteger(epoch) || (epoch as number) < 1) return undefined;
  if (typeof holder !== "string" || typeof token !== "string") return undefined;
  return { epoch: epoch as number, holder, token };
}

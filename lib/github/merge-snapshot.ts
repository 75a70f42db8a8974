import { failure } from "../errors";
import type { GitHub } from "./open-github";
import type { LogView, MergeReading, RepositoryName } from "./types";

/** Reads everything that a Decision about a first-parent commit of the base branch needs. */
export async function readMergeSnapshot(
  _github: GitHub,
  _repository: RepositoryName,
  _commit: string,
  _log: LogView,
): Promise<MergeReading> {
  throw failure("E900", { fix: "wait for the next commit" });
}

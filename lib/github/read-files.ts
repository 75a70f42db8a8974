import { failure } from "../errors";
import type { GitHub } from "./open-github";
import type { CommitFile, RepositoryName } from "./types";

/** The regular files of a commit that a predicate picks, each verified by its id, by path. */
export async function readFiles(
  _github: GitHub,
  _repository: RepositoryName,
  _commit: string,
  _isWanted: (path: string) => boolean,
): Promise<ReadonlyMap<string, CommitFile>> {
  throw failure("E900", { fix: "wait for the next commit" });
}

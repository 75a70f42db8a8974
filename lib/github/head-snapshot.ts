import { failure } from "../errors";
import type { GitHub } from "./open-github";
import type { HeadReading, LogView, RepositoryName } from "./types";

/** Reads everything that a Decision about an open pull request needs, and what we published on it. */
export async function readHeadSnapshot(
  _github: GitHub,
  _repository: RepositoryName,
  _number: number,
  _log: LogView,
): Promise<HeadReading> {
  throw failure("E900", { fix: "wait for the next commit" });
}

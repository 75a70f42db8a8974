import { failure } from "../errors";
import type { GitHub } from "./open-github";
import type { Publication, RepositoryName } from "./types";

/** Name of our check run: what branch rules require. */
export const checkName = "leasehold";

/** The first line of our comment, by which it is found again. */
export function commentMarker(installation: string): string {
  return `<!-- leasehold:plan:${installation} -->`;
}

/** Puts comment and check run right: nothing is written where both are. */
export async function publish(
  _github: GitHub,
  _repository: RepositoryName,
  _publication: Publication,
): Promise<{ readonly writes: number }> {
  throw failure("E900", { fix: "wait for the next commit" });
}

import { failure } from "../errors";
import type { Digest } from "../model/canonical";

/** The bug of a store that gives back another digest than it was given. */
export function storedOtherwise(digest: Digest, stored: Digest): Error {
  return failure("E900", { detail: `the store gave digest ${stored} for ${digest}`, fix: "please report this" });
}

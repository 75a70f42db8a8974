import { digestOf, type Digest } from "../model/canonical";
import type { ObservedObject } from "../model/observed";

/** Digest of an object as it was observed. */
export function observedObject(there: ObservedObject): Digest {
  return digestOf(there);
}

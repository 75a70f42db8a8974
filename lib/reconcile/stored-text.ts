import { failure } from "../errors";
import { digestOfText, type Digest } from "../model/canonical";
import type { LogStore } from "../ports";

/** Stores a text beside the Log and gives its digest. */
export async function storedText(store: LogStore, text: string): Promise<Digest> {
  const digest = digestOfText(text);
  const stored = await store.putBlob(text);
  if (stored !== digest) throw storedOtherwise(digest, stored);
  return digest;
}

/** The bug of a store that gives back another digest than it was given. */
function storedOtherwise(digest: Digest, stored: Digest): Error {
  return failure("E900", { detail: `the store gave digest ${stored} for ${digest}`, fix: "please report this" });
}

import { failure } from "../../errors";
import { digestOfText, type Digest } from "../../model/canonical";
import { limits } from "../../model/limits";

/** Throws E900 for a text that is too long to be stored beside the Log. */
export function checkBlob(text: string): void {
  if (text.length <= limits.blobBytes / 3 || Buffer.byteLength(text) <= limits.blobBytes) return;
  throw failure("E900", {
    detail: `${Buffer.byteLength(text)} bytes beside the Log, at most ${limits.blobBytes}`,
    fix: "please report this",
  });
}

/** The text read for a digest; throws E607 when it is not the one that was stored. */
export function verifiedBlob(digest: Digest, text: string, where: string): string {
  const seen = digestOfText(text);
  if (seen === digest) return text;
  throw failure("E607", {
    detail: `${where} has the digest ${seen}, expected ${digest}`,
    fix: "put back the file of that digest from a copy of the Log",
  });
}

import { join } from "node:path";
import { failure } from "../../errors";
import { digestOfText, type Digest } from "../../model/canonical";
import { limits } from "../../model/limits";
import type { Files } from "../../ports";
import { checkBlob, verifiedBlob } from "./blob";
import { modes, type FileLayout } from "./file-layout";
import { readFailure, writeFailure } from "./failure";
import { isDigest } from "../shape";

/** What a file store keeps beside the chain, by digest. */
export interface FileBlobs {
  put(text: string): Promise<Digest>;
  tryRead(digest: Digest): Promise<string | undefined>;
}

/** The blobs in the layout's directory: a file each, named by its digest. */
export function fileBlobs(files: Files, layout: FileLayout): FileBlobs {
  async function put(text: string): Promise<Digest> {
    checkBlob(text);
    const digest = digestOfText(text);
    try {
      if (await isThere(digest)) return digest;
      await files.makeDirectory(layout.directory, { mode: modes.directory });
      await files.makeDirectory(layout.blobs, { mode: modes.directory });
      await files.writeText(join(layout.blobs, digest), text, { mode: modes.file });
      return digest;
    } catch (error) {
      throw writeFailure(error, layout.blobs);
    }
  }

  /** A blob that was altered is written again. */
  async function isThere(digest: Digest): Promise<boolean> {
    const text = await files.tryReadText(join(layout.blobs, digest), limits.blobBytes);
    return text !== undefined && digestOfText(text) === digest;
  }

  async function tryRead(digest: Digest): Promise<string | undefined> {
    if (!isDigest(digest)) throw failure("E900", { detail: "not a digest", fix: "please report this" });
    const path = join(layout.blobs, digest);
    try {
      const text = await files.tryReadText(path, limits.blobBytes);
      return text === undefined ? undefined : verifiedBlob(digest, text, path);
    } catch (error) {
      throw readFailure(error, path);
    }
  }

  return { put, tryRead };
}

import { failure } from "../../errors";
import { digestOfText, type Digest } from "../../model/canonical";
import { epochMsOf } from "../../model/instant";
import type { Clock } from "../../ports";
import { isDigest } from "../shape";
import { checkBlob, verifiedBlob } from "./blob";
import { blobPath } from "./git-layout";
import { publish } from "./git-publish";
import type { GitRepository } from "./git-repository";

/** What a git store keeps beside the chain, by digest. */
export interface GitBlobs {
  /** Puts a text into the Log's tree, on a commit that may be the newest. Gives the commit that holds it. */
  put(
    text: string,
    tip: string | undefined,
  ): Promise<{ readonly digest: Digest; readonly from: string | undefined; readonly to: string }>;
  tryRead(digest: Digest): Promise<string | undefined>;
}

/** The blobs in the tree of the Log's ref: a file each, named by its digest. */
export function gitBlobs(repository: GitRepository, clock: Clock): GitBlobs {
  async function put(text: string, tip: string | undefined) {
    checkBlob(text);
    const digest = digestOfText(text);
    let from = tip ?? (await repository.ask()).tip;
    for (;;) {
      if (from !== undefined && (await readAt(from, digest)) === text) return { digest, from, to: from };
      const to = await repository.commit({
        parent: from,
        message: `Keep ${digest}`,
        seconds: Math.floor(epochMsOf(clock.now()) / 1000),
        files: [{ path: blobPath(digest), bytes: Buffer.from(text, "utf8") }],
      });
      const published = await publish(repository, clock, { from, to });
      if (published.kind === "done") return { digest, from, to };
      from = published.tip;
    }
  }

  /** What has the digest is what was asked for, from wherever it comes: the remote is asked only for what is not here. */
  async function tryRead(digest: Digest): Promise<string | undefined> {
    if (!isDigest(digest)) throw failure("E900", { detail: "not a digest", fix: "please report this" });
    const here = (await repository.lastSeen())?.tip;
    const text = here === undefined ? undefined : await readAt(here, digest);
    if (text !== undefined && digestOfText(text) === digest) return text;
    const { tip } = await repository.ask();
    const found = tip === undefined ? undefined : await readAt(tip, digest);
    if (found === undefined) return undefined;
    const { layout, address } = await repository.place();
    return verifiedBlob(digest, found, `${blobPath(digest)} in ${layout.ref} of ${address}`);
  }

  async function readAt(commit: string, digest: Digest): Promise<string | undefined> {
    const [content] = await repository.read([`${commit}:${blobPath(digest)}`]);
    return content?.toString("utf8");
  }

  return { put, tryRead };
}

import { limits } from "../model/limits";
import { senseless, type Foreign } from "./foreign";
import { blobId } from "./git-objects";
import { kept } from "./kept";
import type { GitHub } from "./open-github";
import type { RepositoryName } from "./types";

/** A blob to be read, and its size as the tree lists it. */
export interface WantedBlob {
  readonly id: string;
  readonly size: number;
}

/**
 * Reads blobs by their ids, many in a call as text; what is no plain text comes one by one, byte for byte. Every
 * one is verified by its id. Throws E522 where it does not agree.
 */
export async function readBlobs(
  github: GitHub,
  repository: RepositoryName,
  wanted: readonly WantedBlob[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const read = new Map<string, Uint8Array>();
  const missing = new Map<string, WantedBlob>();
  for (const blob of wanted) {
    const known = blobs.tryGet(github, blob.id);
    if (known === undefined) missing.set(blob.id, blob);
    else read.set(blob.id, known);
  }
  const texts = [...missing.values()].filter(({ size }) => size <= mostTextBytes);
  for (const batch of batches(texts)) {
    // oxlint-disable-next-line no-await-in-loop -- GitHub asks for calls one after the other
    for (const [id, bytes] of await readTexts(github, repository, batch)) {
      read.set(id, bytes);
      missing.delete(id);
    }
  }
  for (const { id } of missing.values()) {
    // oxlint-disable-next-line no-await-in-loop -- as above
    read.set(id, await readBytes(github, repository, id));
  }
  for (const [id, bytes] of read) blobs.put(github, id, bytes);
  return read;
}

const blobs = kept<Uint8Array>(2_000);

/** GraphQL cuts texts somewhere above this. */
const mostTextBytes = 262_144;
const mostInBatch = 100;
const mostBatchBytes = 4_194_304;

function batches(wanted: readonly WantedBlob[]): readonly (readonly WantedBlob[])[] {
  const all: WantedBlob[][] = [];
  let bytes = 0;
  for (const blob of wanted) {
    const last = all.at(-1);
    bytes += blob.size;
    if (last === undefined || last.length >= mostInBatch || bytes > mostBatchBytes) {
      all.push([blob]);
      bytes = blob.size;
    } else last.push(blob);
  }
  return all;
}

/** Those of a batch that are whole and plain text. */
async function readTexts(
  github: GitHub,
  { owner, name }: RepositoryName,
  batch: readonly WantedBlob[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const variables = Object.fromEntries(batch.map(({ id }, at) => [`b${at}`, id]));
  const declared = batch.map((_, at) => `$b${at}: GitObjectID!`).join(" ");
  const fields = batch.map((_, at) => `b${at}: object(oid: $b${at}) { ...blob }`).join("\n");
  const document = `query Blobs($owner: String!, $name: String!, ${declared}) {
    repository(owner: $owner, name: $name) { ${fields} }
  }
  fragment blob on GitObject { __typename oid ... on Blob { isTruncated text } }`;
  const { data } = await github.query("blobs as text", document, { variables: { owner, name, ...variables } });
  const repository = data.get("repository");
  const texts = new Map<string, Uint8Array>();
  batch.forEach(({ id }, at) => {
    const bytes = textOf(repository.nullable(`b${at}`), id);
    if (bytes !== undefined) texts.set(id, bytes);
  });
  return texts;
}

/** The bytes of a blob's text, where they have its id: otherwise GitHub changed them on the way to a text. */
function textOf(object: Foreign | undefined, id: string): Uint8Array | undefined {
  if (object === undefined || object.get("__typename").string() !== "Blob") return undefined;
  const text = object.nullable("text");
  if (text === undefined || object.get("isTruncated").boolean()) return undefined;
  const bytes = Buffer.from(text.string(), "utf8");
  return blobId(bytes) === id ? bytes : undefined;
}

async function readBytes(github: GitHub, { owner, name: repo }: RepositoryName, id: string): Promise<Uint8Array> {
  const answer = await github.ask("blob", { owner, repo, file_sha: id });
  answer.get("encoding").oneOf("base64");
  const bytes = Buffer.from(answer.get("content").string(limits.githubBodyBytes), "base64");
  if (blobId(bytes) !== id) throw senseless(`blob ${id}: what GitHub sent is not what the id stands for`);
  return bytes;
}

import { createHash } from "node:crypto";

/** One name in a tree object of Git. */
export interface TreeName {
  readonly name: string;
  /** As in the object, without a leading 0: `100644`, `100755`, `120000`, `160000`, `40000`. */
  readonly mode: string;
  readonly id: string;
}

/** The id that Git gives to the contents of a file. */
export function blobId(bytes: Uint8Array): string {
  return objectId("blob", bytes);
}

/** The id that Git gives to a tree of these names, in whatever order they are given. */
export function treeId(names: readonly TreeName[]): string {
  const sorted = names
    .map(({ name, mode, id }) => ({ key: Buffer.from(mode === directoryMode ? `${name}/` : name), name, mode, id }))
    .sort((a, b) => Buffer.compare(a.key, b.key));
  const parts = sorted.flatMap(({ name, mode, id }) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(id, "hex")]);
  return objectId("tree", Buffer.concat(parts));
}

/** The mode of a directory in a tree object. */
export const directoryMode = "40000";

/** The id of the tree that holds nothing: it need not be asked for. */
export const emptyTree = treeId([]);

function objectId(kind: "blob" | "tree", bytes: Uint8Array): string {
  return createHash("sha1").update(`${kind} ${bytes.length}\0`).update(bytes).digest("hex");
}

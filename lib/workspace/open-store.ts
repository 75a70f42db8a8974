import { join } from "node:path";
import { failure } from "../errors";
import { fileStore, gitStore, postgresStore } from "../log";
import type { LogPlace } from "../model/config";
import type { SecretRef } from "../model/resource";
import type { LogStore, Sql } from "../ports";
import type { WorkspacePorts } from "./ports";

/** Whose Log is opened. */
export interface StoreOwner {
  readonly ports: WorkspacePorts;
  /** Directory of leasehold.yaml, absolute. */
  readonly root: string;
}

/** The store of a Log; nothing is written, and nothing asked of a remote or a database, by opening it. */
export function openStore(owner: StoreOwner, place: LogPlace): LogStore {
  switch (place.store) {
    case "file":
      return openFileStore(owner, place.path);
    case "git":
      return openGitStore(owner, place);
    case "postgres": {
      const { files, clock, random } = owner.ports;
      return postgresStore({ open: () => openDatabase(owner, place.url), files, clock, random });
    }
  }
}

/** The database behind a reference; nothing is asked of it yet. Throws E702 for a URL that is missing or cannot be used. */
export async function openDatabase({ ports, root }: StoreOwner, reference: SecretRef): Promise<Sql> {
  if (ports.sql === undefined) throw notHere("postgres");
  const url = await ports.secretsIn(root).resolve(reference);
  return ports.sql({ root, url, named: reference });
}

function openFileStore({ ports, root }: StoreOwner, path: string): LogStore {
  const { files, clock, random, notice } = ports;
  return fileStore({
    directory: join(root, path),
    files,
    clock,
    random,
    onTornTail: ({ sequence, bytes }) =>
      notice(
        `The Log's end was torn by a crash: ${bytes} bytes from record ${sequence} on, never confirmed, were cut off.`,
      ),
  });
}

function openGitStore(
  { ports, root }: StoreOwner,
  { remote, ref }: { readonly remote: string; readonly ref: string },
): LogStore {
  const { files, clock, random } = ports;
  const git = ports.git?.({ root, remote });
  if (git === undefined) throw notHere("git");
  return gitStore({ git, ref, files, clock, random });
}

function notHere(store: string): Error {
  return failure("E701", {
    detail: `log: { store: ${store} } cannot be opened here`,
    fix: "use the command line of Leasehold, or write `log: { store: file, path: .leasehold/log }`",
  });
}

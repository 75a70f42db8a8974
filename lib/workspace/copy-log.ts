import { failure } from "../errors";
import { copyLog, openLog, type CopiedLog } from "../log";
import { tryParseSecretRef } from "../config";
import type { LogPlace } from "../model/config";
import { openStore } from "./open-store";
import type { Workspace } from "./workspace";

/** What was copied, and between which places. */
export interface CopiedBetween extends CopiedLog {
  readonly from: string;
  readonly to: string;
}

/**
 * Copies the Log of an access repository from one store to another and verifies it there; see `copyLog`. A place is `file`,
 * `file:PATH`, `git`, `git:REMOTE`, `postgres` or `postgres:REFERENCE`; what it does not say is as leasehold.yaml has it, or the
 * default. Throws E800 for a place that is none, E601 when the original is another installation's.
 */
export async function copyBetween(
  workspace: Workspace,
  places: { readonly from: string; readonly to: string; readonly holder: string },
): Promise<CopiedBetween> {
  const [fromPlace, toPlace] = [placeOf(workspace, places.from, "from"), placeOf(workspace, places.to, "to")];
  if (samePlace(fromPlace, toPlace)) throw wrong("--from and --to name one place", "name two places");
  const from = openStore(workspace.storeOwner, fromPlace);
  const to = openStore(workspace.storeOwner, toPlace);
  try {
    const { head } = await openLog({ store: from, installation: workspace.installation });
    if (head === undefined) throw nothingThere(nameOf(fromPlace));
    const copied = await copyLog({ from, to, holder: places.holder });
    return { ...copied, from: nameOf(fromPlace), to: nameOf(toPlace) };
  } finally {
    await Promise.all([from.close(), to.close()]);
  }
}

function placeOf(workspace: Workspace, text: string, option: string): LogPlace {
  const { log } = workspace.repository.config;
  const [, store, rest] = /^([a-z]+)(?::(.+))?$/s.exec(text) ?? [];
  switch (store) {
    case "file":
      return { store, path: rest ?? (log.store === store ? log.path : ".leasehold/log") };
    case "git": {
      const own = log.store === store ? log : { remote: "origin", ref: "refs/leasehold/log" };
      return { store, remote: rest ?? own.remote, ref: own.ref };
    }
    case "postgres": {
      const url = rest ?? (log.store === store ? log.url : undefined);
      if (url === undefined || tryParseSecretRef(url) === undefined) {
        const fix = `write --${option} 'postgres:\${env:LEASEHOLD_LOG_URL}', with the URL in that variable`;
        throw wrong(`--${option} postgres needs a reference of the database's URL`, fix);
      }
      return { store, url };
    }
    default:
      throw wrong(
        `--${option} names no store`,
        `write --${option} file, git or postgres, e.g. --${option} file:.leasehold/log`,
      );
  }
}

function samePlace(a: LogPlace, b: LogPlace): boolean {
  return nameOf(a) === nameOf(b);
}

function nameOf(place: LogPlace): string {
  switch (place.store) {
    case "file":
      return `file ${place.path}`;
    case "git":
      return `git ${place.remote} ${place.ref}`;
    case "postgres":
      return `postgres ${place.url}`;
  }
}

function nothingThere(name: string): Error {
  return failure("E608", {
    summary: "there is no Log to copy",
    detail: `${name} holds no record`,
    fix: "name the store that holds the Log in --from",
  });
}

function wrong(detail: string, fix: string): Error {
  return failure("E800", { detail, fix });
}

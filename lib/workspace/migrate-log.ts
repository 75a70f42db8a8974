import { failure } from "../errors";
import { tryParseSecretRef } from "../config";
import { migratePostgres, type Migrated } from "../log";
import { openDatabase } from "./open-store";
import type { Workspace } from "./workspace";

/**
 * Brings the database of the Log to this version; see `migratePostgres`. `url` is a reference of the URL to use instead of that of
 * leasehold.yaml: of the role that owns the tables. Throws E800 for no reference, E701 where the Log is in no database.
 */
export async function migrateLog(workspace: Workspace, options: { readonly url?: string }): Promise<Migrated> {
  const reference = options.url ?? urlOfConfig(workspace);
  if (tryParseSecretRef(reference) === undefined) {
    throw failure("E800", {
      detail: "--url takes a reference of the URL, never the URL itself",
      fix: "write --url '${env:LEASEHOLD_LOG_OWNER_URL}', with the URL in that variable",
    });
  }
  const sql = await openDatabase(workspace.storeOwner, reference);
  try {
    return await migratePostgres(sql);
  } finally {
    await sql.close();
  }
}

function urlOfConfig({ repository }: Workspace): string {
  const { log } = repository.config;
  if (log.store === "postgres") return log.url;
  throw failure("E701", {
    detail: `the Log of leasehold.yaml is in a store of kind ${log.store}, which needs no migration`,
    fix: "write `log: { store: postgres, url: \"${env:LEASEHOLD_LOG_URL}\" }` first, or name a database with --url '${env:NAME}'",
  });
}

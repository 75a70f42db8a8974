import { exitCodeOf, LeaseholdError } from "../errors";
import type { Actor } from "../model/actor";
import { rebuildLog, type RebuiltLog } from "../reconcile";
import { readDeclared } from "./declared";
import type { Workspace } from "./workspace";
import { worldOf } from "./world";

/** Rebuilds a lost or old Log with the working tree's requests as those that are merged; see `rebuildLog`. */
export async function rebuild(workspace: Workspace, options: { readonly by: Actor }): Promise<RebuiltLog> {
  const declared = await readDeclared(workspace.ports, workspace.repository);
  if (exitCodeOf(declared.diagnostics) !== 0) throw new LeaseholdError(declared.diagnostics);
  return rebuildLog({ ...(await worldOf(workspace)), requests: declared.requests, by: options.by });
}

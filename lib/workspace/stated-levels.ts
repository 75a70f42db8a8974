import type { Connection } from "../model/resource";
import type { Manifest } from "../model/manifest";
import { readRules } from "./declared";
import { LeaseholdError } from "../errors";
import type { Workspace } from "./workspace";

/** What the rules say of the levels of one database. */
export interface StatedLevels {
  readonly levels: readonly {
    /** The Connection's gateway name. */
    readonly connection: string;
    readonly role: string;
    readonly database: string;
    readonly serviceRole?: string;
  }[];
  /** Connections of which the rules do not say what role carries them. */
  readonly unsaid: readonly string[];
  /** No lease is longer than this. */
  readonly maxSeconds: number;
}

/** The levels of a gateway as the policy in force has them, else as the working tree does; an admin looks at them before they count. */
export async function statedLevels(workspace: Workspace, gateway: string): Promise<StatedLevels> {
  const manifest = (await workspace.tryPolicyInForce())?.manifest ?? (await manifestOfTree(workspace));
  const resources = new Set(manifest.resources.filter((one) => one.gateway === gateway).map((one) => one.name));
  const connections = manifest.connections.filter((one) => resources.has(one.resource));
  return {
    levels: connections.flatMap((one) => levelOf(one) ?? []),
    unsaid: connections.filter((one) => levelOf(one) === undefined).map((one) => one.id),
    maxSeconds: manifest.limits.maxDurationSeconds,
  };
}

function levelOf({ gatewayName, privileges, settings }: Connection): StatedLevels["levels"][number] | undefined {
  const { role: ownRole, database: ownDatabase } = settings;
  const role = privileges?.role ?? ownRole;
  const database = privileges?.database ?? ownDatabase;
  if (role === undefined || database === undefined) return undefined;
  const serviceRole = privileges?.serviceRole;
  return {
    connection: gatewayName,
    role,
    database,
    ...(serviceRole === undefined ? {} : { serviceRole }),
  };
}

async function manifestOfTree({ ports, repository }: Workspace): Promise<Manifest> {
  const { rules, diagnostics } = await readRules(ports, repository);
  if (rules === undefined) throw new LeaseholdError(diagnostics);
  return rules.manifest;
}

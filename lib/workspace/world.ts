import { isFailure } from "../errors";
import type { Log } from "../log";
import type { GatewayConfig } from "../model/config";
import type { World } from "../reconcile/input";
import { openLastSeen, type OpenedLog } from "../reconcile/out-of-reach";
import { tryReadPolicy } from "../reconcile/stored";
import type { Workspace } from "./workspace";

/** Everything that the functions of the reconciler need, with keys that can write. Throws what reading the Log throws. */
export async function worldOf(workspace: Workspace): Promise<World> {
  const log = await workspace.log();
  return { ...(await openWorldOf(workspace)), log };
}

/** The same where the Log may be out of reach: it is then what was last seen of it here, and `outage` says why. */
export async function worldAsSeen(workspace: Workspace, { log, trouble }: OpenedLog): Promise<World> {
  return { ...(await openWorldOf(workspace, log)), log, ...(trouble === undefined ? {} : { outage: trouble }) };
}

/** The Log, or what was last seen of it here where its store cannot be reached. Throws like `Workspace.log`. */
export async function logAsSeen(workspace: Workspace): Promise<OpenedLog> {
  try {
    return { log: await workspace.log() };
  } catch (trouble) {
    return openLastSeen(workspace, trouble);
  }
}

/** The same without reading the Log, for what has to work when it cannot be read; `log`: as far as it was. */
export async function openWorldOf(workspace: Workspace, log?: Log): Promise<World> {
  const { clock, random, secretsIn } = workspace.ports;
  await followReadablePolicy(workspace, log);
  const { anchors } = workspace;
  return {
    store: workspace.store,
    ...(anchors === undefined ? {} : { anchors }),
    providers: await workspace.gateways.providers("write"),
    clock,
    random,
    secrets: secretsIn(workspace.repository.root),
    ...namedIn(workspace),
  };
}

/** With approvals on GitHub the gateways are those of the policy in force, also of the one last seen: see `Workspace.followPolicy`. */
async function followReadablePolicy(workspace: Workspace, log: Log | undefined): Promise<void> {
  try {
    const { store, state } = log ?? (await logAsSeen(workspace)).log;
    const policy = await tryReadPolicy(store, state);
    if (policy?.manifest.approvals !== "github") return;
    workspace.gateways.follow(policy.manifest.gateways as Readonly<Record<string, GatewayConfig>>);
  } catch (thrown) {
    if (!isFailure(thrown)) throw thrown;
  }
}

/** The part of it that only the Log needs: no gateway is opened. */
export async function logWorldOf(workspace: Workspace): Promise<Omit<World, "providers" | "secrets">> {
  const { clock, random } = workspace.ports;
  return {
    store: workspace.store,
    log: await workspace.log(),
    clock,
    random,
    ...namedIn(workspace),
  };
}

/** What the spool needs: the Log is not read, because a freeze must not wait for it. */
export function openLogWorldOf(workspace: Workspace): Omit<World, "providers" | "secrets"> {
  const { clock, random } = workspace.ports;
  return { store: workspace.store, clock, random, ...namedIn(workspace) };
}

/** Whose Log it is, and by which name it is held. */
function namedIn({ installation, ports }: Workspace): Pick<World, "installation" | "holder"> {
  return { installation, ...(ports.holder === undefined ? {} : { holder: ports.holder }) };
}

import { isFailure } from "../errors";
import type { World } from "../reconcile/input";
import type { Workspace } from "./workspace";

/** Everything that the functions of the reconciler need, with keys that can write. Throws what reading the Log throws. */
export async function worldOf(workspace: Workspace): Promise<World> {
  const log = await workspace.log();
  return { ...(await openWorldOf(workspace)), log };
}

/** The same without reading the Log, for what has to work when it cannot be read. */
export async function openWorldOf(workspace: Workspace): Promise<World> {
  const { clock, random, secretsIn } = workspace.ports;
  await followReadablePolicy(workspace);
  const { anchors } = workspace;
  return {
    store: workspace.store,
    ...(anchors === undefined ? {} : { anchors }),
    providers: await workspace.gateways.providers("write"),
    clock,
    random,
    secrets: secretsIn(workspace.repository.root),
    installation: workspace.installation,
  };
}

async function followReadablePolicy(workspace: Workspace): Promise<void> {
  try {
    await workspace.followPolicy();
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
    installation: workspace.installation,
  };
}

/** What the spool needs: the Log is not read, because a freeze must not wait for it. */
export function openLogWorldOf(workspace: Workspace): Omit<World, "providers" | "secrets"> {
  const { clock, random } = workspace.ports;
  return { store: workspace.store, clock, random, installation: workspace.installation };
}

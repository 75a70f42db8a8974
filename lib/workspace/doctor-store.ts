import { isAbsolute, join, resolve } from "node:path";
import { tryParseSecretRef } from "../config/secrets";
import { durationWords } from "../model/duration";
import { secondsBetween } from "../model/instant";
import type { Finding } from "../model/report";
import type { Machine } from "../ports";
import { tryFindAnchorLoss } from "../reconcile";
import { judgeLastPass, judgeRights, judgeRoom, judgeSync, type GuardedPath } from "./doctor-machine";
import type { AnchorPlace, Workspace } from "./workspace";

/** The machine that Leasehold runs on: room, durability, who can use its files, versions. Throws E704 for what cannot be looked at. */
export async function lookAtMachine(workspace: Workspace): Promise<readonly Finding[]> {
  const machine = await workspace.ports.machine?.();
  if (machine === undefined) return [];
  const { log } = workspace.repository.config;
  const { root } = workspace.repository;
  const directory = log.store === "file" ? resolve(root, log.path) : root;
  const room = await machine.tryRoom(directory);
  const place = log.store === "file" && room !== undefined ? log.path : "the repository";
  const there = room ?? (await machine.tryRoom(root));
  return [
    ...(there === undefined ? [] : judgeRoom(place, there)),
    // Elsewhere it is the remote or the server that makes a record durable.
    ...(log.store === "file" && room !== undefined ? [judgeSync(place, await machine.syncMs(directory, 15))] : []),
    ...judgeRights(await guardedPaths(workspace, machine), machine.user),
    versionsOf(await machine.versions()),
  ];
}

/** When somebody was last at the Log. Throws what reading the Log throws. */
export async function lookAtLastPass(workspace: Workspace): Promise<readonly Finding[]> {
  const { clock } = workspace.ports;
  const machine = await workspace.ports.machine?.();
  const { log } = workspace.repository.config;
  const { state } = await workspace.log();
  const open = [...state.grants.values()].filter(({ phase }) => phase !== "ended" && phase !== "rejected").length;
  // Each pass takes an epoch, also one that has nothing to record.
  const epoch = log.store === "file" ? resolve(workspace.repository.root, log.path, "epoch") : undefined;
  const taken = epoch === undefined ? undefined : (await machine?.tryRights(epoch))?.modifiedAt;
  return [judgeLastPass({ now: clock.now(), lastAt: taken ?? state.lastTime, open })];
}

/** That no Head is kept outside the Log. What a machine notes for itself is no anchor: another machine knows nothing of it. */
export const noAnchors: Finding = {
  name: "anchors",
  verdict: "weak",
  sentence: "No Head is kept outside the Log: a restored copy or a cut end would not show.",
  fix: "write `anchors: { file: … }` under `log:` in leasehold.yaml; on GitHub `anchors: { checkRun: APP }`",
};

/** How old the newest anchor in one place is, and whether the Log holds it. Throws E610 for anchors that cannot be trusted, and what GitHub throws. */
export async function lookAtAnchors(
  workspace: Workspace,
  { name: place, anchors }: AnchorPlace,
): Promise<readonly Finding[]> {
  const name = "anchors";
  const newest = (await anchors.history()).at(-1);
  const log = await workspace.log();
  const { head } = await log.refresh();
  if (newest === undefined) {
    const sentence = `There is no anchor in ${place} yet.`;
    const fix = "the next pass makes one; was there one before, find out where it is";
    return [{ name, verdict: head === undefined ? "good" : "weak", sentence, ...(head === undefined ? {} : { fix }) }];
  }
  const loss = await tryFindAnchorLoss(log, newest);
  if (loss !== undefined) {
    return [{ name, verdict: "bad", sentence: `By ${place} ${loss}.`, fix: "leasehold log rebuild" }];
  }
  const age = durationWords(Math.max(0, secondsBetween(newest.time, workspace.ports.clock.now())));
  const behind = (head?.sequence ?? newest.sequence) - newest.sequence;
  const since = `${behind} ${behind === 1 ? "record was" : "records were"} written since.`;
  const words = `The newest in ${place} is ${age} old; ${since}`;
  if (newest.signature !== undefined) {
    return [{ name, verdict: "good", sentence: `${words} It is signed with key ${newest.key}.` }];
  }
  const sentence = `${words} It is not signed: it shows accidents only.`;
  return [{ name, verdict: "weak", sentence, fix: "write `key:` under `log.anchors`" }];
}

async function guardedPaths(workspace: Workspace, machine: Machine): Promise<readonly GuardedPath[]> {
  const { config, root } = workspace.repository;
  const { log } = config;
  const wanted: (readonly [name: string, holds: GuardedPath["holds"]])[] = [];
  if (log.store === "file") {
    wanted.push([log.path, "log"]);
    for (const name of ["chain.jsonl", "head.json", "epoch", "blobs", "spool"])
      wanted.push([join(log.path, name), "log"]);
  }
  for (const gateway of Object.values(config.gateways)) {
    if (gateway.provider === "embedded") wanted.push([join(gateway.directory, "keys.json"), "secret"]);
    if (gateway.provider === "memory") continue;
    for (const ref of [gateway.keys?.write, gateway.keys?.observe]) wanted.push(...fileOf(ref));
  }
  wanted.push(...fileOf(log.anchors?.key), ...fileOf(log.store === "postgres" ? log.url : undefined));
  const found: GuardedPath[] = [];
  for (const [name, holds] of wanted) {
    // oxlint-disable-next-line no-await-in-loop -- a handful of files
    const rights = await machine.tryRights(isAbsolute(name) ? name : resolve(root, name));
    if (rights !== undefined) found.push({ name, holds, rights });
  }
  return found;
}

function fileOf(ref: string | undefined): readonly (readonly [string, "secret"])[] {
  const parsed = ref === undefined ? undefined : tryParseSecretRef(ref);
  return parsed?.kind === "file" ? [[parsed.path, "secret"]] : [];
}

function versionsOf({ leasehold, node, git, system }: Awaited<ReturnType<Machine["versions"]>>): Finding {
  const sentence = `leasehold ${leasehold}, Node ${node}, ${git === undefined ? "no git" : `git ${git}`}, ${system}; leasehold.yaml leasehold/v1, Log format 1.`;
  return { name: "versions", verdict: "good", sentence };
}

import { verifyChain, type Log } from "../../../lib/log";
import type { GrantState } from "../../../lib/model/log-state";
import { tryParseCorrelation, type Correlation } from "../../../lib/model/lease";
import type { LogRecord } from "../../../lib/model/record";
import { listSessions, type SessionItem } from "../../../providers/hoop/client/sessions";
import { gateway } from "../../reconcile/support/rules";
import type { Asked, Oracle } from "./oracle";
import { installation, type Repository } from "./repository";

/** What is wrong, of which kind. */
export interface Wrong {
  /** `lost`: access that ought to be and is not. `leaked`: access that ought not to be. `unrecorded`: the Log does not say what was done. */
  readonly kind: "lost" | "leaked" | "unrecorded";
  readonly detail: string;
}

/**
 * Holds gateway, fold and oracle against each other after a whole pass that began at `since`, when nothing else goes on.
 * What ended after that is not yet due to be gone.
 */
export async function disagreements(
  repository: Repository,
  expected: { readonly oracle?: Oracle; readonly since: string },
): Promise<readonly Wrong[]> {
  const { world, api } = repository;
  await world.log.refresh();
  const records = await recordsOf(world.log);
  if ("wrong" in records) return [records.wrong];
  const rows = await listSessions(api, {});
  const seen = await world.providers.get(gateway)?.observe();
  const ours = (seen?.leases ?? []).filter((lease) => lease.correlation?.installation === installation);
  const { chain, spool } = world.log;
  const wrong = new Findings();
  if (chain.recovering !== undefined) wrong.add("lost", `the Log is recovering: ${chain.recovering.why}`);
  // Less than a second of it was left: no gateway can hold that, and it ends as never confirmed with the next pass.
  const soon = new Date(Date.now() + 2000).toISOString();
  const isNearlyOver = (grant: GrantState | undefined): boolean =>
    grant?.phase === "activating" && (grant.end ?? soon) < soon;
  for (const intent of chain.intents.values()) {
    if (isNearlyOver(chain.grants.get(intent.grant ?? ""))) continue;
    wrong.add("unrecorded", `half done: ${intent.kind} ${intent.grant ?? ""}`);
  }
  for (const { body } of spool.waiting) {
    // What keeps from starting what has not started stays, as long as it could start.
    const begun = body.kind === "end" ? body.grants.filter((id) => chain.grants.has(id)) : [body.kind];
    if (begun.length > 0) wrong.add("unrecorded", `left in the spool: ${JSON.stringify(body)}`);
  }
  const active = new Map<string, GrantState[]>();
  for (const grant of chain.grants.values()) {
    if (grant.phase === "activating" && !isNearlyOver(grant))
      wrong.add("unrecorded", `left activating: ${grant.facts.request}`);
    if (grant.phase !== "active") continue;
    active.set(pairOf(grant), [...(active.get(pairOf(grant)) ?? []), grant]);
    if ((grant.end ?? "") <= expected.since) wrong.add("leaked", `overdue: ${grant.facts.request}, ended ${grant.end}`);
  }
  const live = new Set(ours.filter((one) => one.status === "live").map((one) => `${one.person} ${one.connection}`));
  for (const [pair, grants] of active) {
    const [longest] = grants.toSorted((a, b) => ((a.end ?? "") < (b.end ?? "") ? 1 : -1));
    if ((longest?.end ?? "") > soon && !live.has(pair)) wrong.add("lost", `active and not let in: ${pair}`);
  }
  for (const lease of ours) {
    const pair = `${lease.person} ${lease.connection}`;
    const held = active.get(pair);
    if (held === undefined) wrong.add("leaked", `${lease.status} at the gateway, not active in the Log: ${pair}`);
    else if (lease.status === "waiting") wrong.add("leaked", `waits for a human at the gateway: ${pair}`);
    else if ((lease.endsAt ?? "") > latestEnd(held))
      wrong.add("leaked", `longer than granted: ${pair} ${lease.endsAt}`);
  }
  for (const detail of unrecorded(rows, records)) wrong.add("unrecorded", detail);
  for (const asked of expected.oracle?.asked.values() ?? []) {
    const found = judgement(asked, chain.grants.get(asked.id));
    if (found !== undefined && !(found.kind === "lost" && hasRunOut(asked, records)))
      wrong.add(found.kind, `${found.detail}; ${historyOf(asked, records)}`);
  }
  return wrong.all;
}

/** How many effects of ours the gateway ever carried out, revoked ones among them. */
export async function effectsOf(repository: Repository): Promise<number> {
  const rows = await listSessions(repository.api, {});
  return rows.filter((row) => oursOf(row) !== undefined && row.review !== undefined).length;
}

class Findings {
  readonly all: Wrong[] = [];

  add(kind: Wrong["kind"], detail: string): void {
    this.all.push({ kind, detail });
  }
}

async function recordsOf(log: Log): Promise<readonly LogRecord[] | { readonly wrong: Wrong }> {
  const verdict = await verifyChain(log.store.read(1));
  if (!verdict.ok) {
    const { sequence, detail } = verdict.fault;
    return { wrong: { kind: "unrecorded", detail: `the chain does not verify: record ${sequence}: ${detail}` } };
  }
  const records: LogRecord[] = [];
  for await (const lines of log.store.read(1)) for (const line of lines) records.push(JSON.parse(line) as LogRecord);
  return records;
}

/** Leases of ours at the gateway, standing or not, that no intent came before; and endings that no record tells of. */
function unrecorded(rows: readonly SessionItem[], records: readonly LogRecord[]): readonly string[] {
  // By the first intent: one that a killed process may have carried out is intended once more under the same name.
  const intended = new Map<string, string>();
  const endings = new Set<string>();
  const holds = new Map<string, number>();
  const strays = new Set<string>();
  const pairs = new Map<string, string>();
  for (const { body, time, sequence } of records) {
    if (body.type === "activation.intended") {
      const pair = `${body.facts.person} ${body.facts.gatewayName}`;
      pairs.set(body.facts.grant, pair);
      const key = `${body.facts.grant}:0`;
      intended.set(key, intended.get(key) ?? time);
      holds.set(pair, sequence);
    }
    if (body.type === "change.intended") {
      const key = `${body.grant}:${body.generation}`;
      intended.set(key, intended.get(key) ?? time);
      holds.set(pairs.get(body.grant) ?? "", sequence);
    }
    if (body.type === "ending.done") endings.add(body.grant);
    if (body.type === "stray.ended") strays.add(`${body.person} ${body.gatewayName}`);
  }
  const sequences = new Map<string, number>(
    records.flatMap(({ body, sequence }) => {
      if (body.type === "activation.intended") return [[`${body.facts.grant}:0`, sequence] as const];
      return body.type === "change.intended" ? [[`${body.grant}:${body.generation}`, sequence] as const] : [];
    }),
  );
  return rows.flatMap((row) => {
    const ours = oursOf(row);
    if (ours === undefined) return [];
    const key = `${ours.grant}:${ours.generation}`;
    const pair = `${row.user} ${row.connection}`;
    const at = intended.get(key);
    if (at === undefined) return [`a lease without an intent: ${pair} ${key}`];
    // Rows tell milliseconds with zeros cut, records milliseconds.
    if (Date.parse(at) > row.startedAt / 1000 + 1) return [`a lease before its intent: ${pair} ${key} ${at}`];
    const isOver = row.review !== undefined && row.review.status !== "APPROVED" && row.review.status !== "PENDING";
    const isTold = endings.has(ours.grant) || strays.has(pair) || (holds.get(pair) ?? 0) > (sequences.get(key) ?? 0);
    return isOver && !isTold ? [`a lease that was ended without a record: ${pair} ${key}`] : [];
  });
}

function oursOf(row: SessionItem): Correlation | undefined {
  const ours = row.correlation === undefined ? undefined : tryParseCorrelation(row.correlation);
  return ours?.installation === installation ? ours : undefined;
}

/** It was rejected because nothing was left of what was intended when somebody could ask for it again. */
function hasRunOut({ id }: Asked, records: readonly LogRecord[]): boolean {
  let end: string | undefined;
  for (const { body, time } of records) {
    if (body.type === "activation.intended" && body.facts.grant === id) end = body.end;
    if (body.type !== "grant.rejected" || body.facts.grant !== id) continue;
    return end !== undefined && Date.parse(end) <= Date.parse(time) + 1_000;
  }
  return false;
}

/** What the oracle has to say of one request. */
function judgement(asked: Asked, grant: GrantState | undefined): Wrong | undefined {
  const { name } = asked.request;
  const isStarted = grant !== undefined && grant.phase !== "pending" && grant.phase !== "rejected";
  const mayStart = !asked.needsApproval || asked.isApproved;
  if (!mayStart && isStarted) return { kind: "leaked", detail: `${name} started without approval` };
  if (asked.isTakenBack && grant?.phase === "active") return { kind: "leaked", detail: `${name} goes on, taken back` };
  const overlong = tryFindOverlong(asked, grant);
  if (overlong !== undefined) return { kind: "leaked", detail: `${name} is held for ${overlong}` };
  if (asked.isTakenBack || asked.isDoubtful || !mayStart) return undefined;
  if (!isStarted) return { kind: "lost", detail: `${name} was not started: ${grant?.rejectReason ?? "not known"}` };
  if (grant.phase !== "ended") return undefined;
  const isExpected = grant.endReason === "expired" || grant.endReason === "never confirmed";
  // Where the file was made shorter, its end moved to earlier.
  const shortestMs = Date.parse(grant.intendedAt ?? "") + asked.durationSeconds * 1000;
  const isBefore = Date.parse(grant.endedAt ?? "") < Math.min(shortestMs, Date.parse(grant.end ?? ""));
  if (isExpected && !isBefore) return undefined;
  return { kind: "lost", detail: `${name} ended: ${grant.endReason} at ${grant.endedAt}, its end was ${grant.end}` };
}

/** How long a Grant is held, where that is longer than was asked. */
function tryFindOverlong(asked: Asked, grant: GrantState | undefined): string | undefined {
  if (grant?.end === undefined || grant.intendedAt === undefined) return undefined;
  const seconds = (Date.parse(grant.end) - Date.parse(grant.intendedAt)) / 1000;
  const most = grant.phase === "ended" ? (asked.request.durationSeconds ?? 0) : asked.durationSeconds;
  return seconds > most + 0.001 && !asked.isTakenBack ? `${seconds} s, asked for were ${most}` : undefined;
}

/** What the Log says of everybody's Grants of the same pair, in short. */
function historyOf(asked: Asked, records: readonly LogRecord[]): string {
  const names = new Map<string, string>();
  const told = records.flatMap(({ sequence, time, body }) => {
    if (body.type === "activation.intended" && body.facts.person === asked.person) {
      if (body.facts.connection === asked.connection) names.set(body.facts.grant, body.facts.request);
    }
    const grant = "facts" in body ? body.facts.grant : "grant" in body ? body.grant : undefined;
    const name = grant === undefined || grant === null ? undefined : names.get(grant);
    return name === undefined
      ? []
      : [`${sequence} ${time.slice(11, 23)} ${body.type} ${name}${"detail" in body ? ` (${body.detail})` : ""}`];
  });
  return `the Log: ${told.slice(-40).join(", ")}`;
}

function pairOf(grant: GrantState): string {
  return `${grant.facts.person} ${grant.facts.gatewayName}`;
}

/** A gateway counts seconds from when it hears of a lease: a moment later than the intent. */
function latestEnd(held: readonly GrantState[]): string {
  const ends = held.map((grant) => Date.parse(grant.end ?? ""));
  return new Date(Math.max(...ends) + 1000).toISOString();
}

/** What becomes durable in the Log, held against what people did. */
import type { LogRecord } from "../../../lib/model/record";
import { Violation } from "../violation";
import type { Scene } from "./checks";

/** A record that has just become durable. */
export function checkRecord(scene: Scene, { body, time }: LogRecord): void {
  const nowMs = Date.parse(time);
  switch (body.type) {
    case "activation.intended":
      return checkIntent(scene, body.facts.grant, { nowMs, endMs: Date.parse(body.end) });
    case "activation.done":
    case "change.intended": {
      const phase = scene.chain.lives.get(body.grant)?.phase;
      if (phase === "ended" || phase === "rejected") {
        throw new Violation("returned", `${body.type} of ${wordsOf(scene, body.grant)}, which is ${phase}`);
      }
      return;
    }
    case "ending.done":
      checkCause(scene, body.grant, { reason: body.reason, nowMs });
      return body.leaseStays === true ? undefined : checkOut(scene, body.grant);
    default:
  }
}

/** The words for a Grant. */
export function wordsOf({ ledger }: Scene, id: string): string {
  const grant = ledger.grant(id);
  return grant === undefined
    ? `the unknown grant ${id}`
    : `${grant.request.asked.name} (${grant.person} on ${grant.connection})`;
}

function checkIntent(scene: Scene, id: string, at: { readonly nowMs: number; readonly endMs: number }): void {
  const { ledger, chain, world } = scene;
  const life = chain.lives.get(id);
  if (life !== undefined && life.phase !== "failed") {
    throw new Violation("returned", `${wordsOf(scene, id)} is intended again, and was ${life.phase}`);
  }
  // What was true when the oldest pass began, and what stood in the spool when the one that writes this read it last.
  // One that died right after it wrote this may have been made durable by another. Within one millisecond the entry may
  // have come after the reading.
  const writer = world.lastToAppend;
  const isThere = writer === undefined || world.programs.has(writer);
  const sinceMs = Math.max(isThere ? scene.oldestPassMs() : 0, (writer?.spoolReadMs ?? 0) - 1);
  const why = ledger.whyNot(id, sinceMs, world.turns.nowMs);
  if (why !== undefined) throw new Violation("access", `${wordsOf(scene, id)} is about to start, but ${why}`);
  const longest = ledger.longestMs(id, sinceMs);
  if (at.endMs > at.nowMs + longest) {
    throw new Violation(
      "end",
      `${wordsOf(scene, id)} is to end ${at.endMs - at.nowMs - longest} ms after what was asked`,
    );
  }
  const { startAfterMs, startBeforeMs } = ledger.grant(id)?.request.asked ?? { startAfterMs: 0, startBeforeMs: 0 };
  if (at.nowMs < startAfterMs || at.nowMs >= startBeforeMs) {
    throw new Violation("access", `${wordsOf(scene, id)} is about to start outside of what was asked`);
  }
  const aheadMs = Math.min(...world.clocks.map((clock) => at.nowMs - clock.nowMs()));
  if (aheadMs > earliestMs)
    throw new Violation("access", `${wordsOf(scene, id)} is about to start by a clock behind the Log`);
  // A clock of ours that is off is found out by the gateway's: nothing starts while the two are a minute apart.
  if (world.gateway.wall.worstMs === 0 && world.turns.nowMs < startAfterMs - earliestMs) {
    throw new Violation("access", `${wordsOf(scene, id)} is about to start before it may`);
  }
}

/** What the Log says is out is out: nothing that was let in before its ending began is still in force. */
function checkOut(scene: Scene, id: string): void {
  const { world, chain, ledger } = scene;
  const { endingAtMs, heldAtMs } = chain.lives.get(id) ?? {};
  const grant = ledger.grant(id);
  // One that nobody has recorded as held is still on its way in other hands, which read the spool when it is there.
  if (endingAtMs === undefined || heldAtMs === undefined || grant === undefined || world.gateway.wall.worstMs > 0)
    return;
  if (ledger.touchedAt(grant.person, grant.connection) !== undefined) return;
  const isIn = scene.ours.inForce().some((one) => one.grant === id && one.sinceMs < endingAtMs);
  if (isIn) throw new Violation("end", `${wordsOf(scene, id)} is recorded as ended, and still lets in`);
}

/** How much too early our clock may let something start: a minute's tolerance, and the second of a `Date` header. */
const earliestMs = 62_000;

function checkCause(scene: Scene, id: string, ended: { readonly reason: string; readonly nowMs: number }): void {
  const { ledger, chain, world } = scene;
  const life = chain.lives.get(id);
  const grant = ledger.grant(id);
  if (life === undefined || grant === undefined)
    throw new Violation("fold", `${wordsOf(scene, id)} ended and never began`);
  const now = world.turns.nowMs;
  // By whichever clock says so first, ours or the gateway's; the record has the time of ours, and that may be behind.
  const latestMs = Math.max(ended.nowMs, now) + scene.worstClockMs() + 2_000;
  const mayBeOver = latestMs >= Math.min(life.endMs, life.activatedMs + ledger.shortestMs(id, now));
  const hadToEnd =
    ledger.mayBeEndedBy(id, now) ||
    ledger.mayBeWaived(grant.person, grant.connection, now) ||
    ledger.mayBeIneligible(grant, 0, now) ||
    grant.request.removed !== undefined;
  const has = ((): boolean => {
    switch (ended.reason) {
      case "never confirmed":
        return true;
      case "expired":
        return mayBeOver;
      case "given back":
      case "revoked":
        return ledger.mayBeEndedBy(id, now);
      case "request removed":
        return grant.request.removed !== undefined;
      case "no longer eligible":
        return ledger.mayBeIneligible(grant, 0, now);
      case "opted out":
        return ledger.mayBeWaived(grant.person, grant.connection, now);
      case "ended outside":
        // A gateway whose clock jumps ahead ends what it holds by itself; and what had to end and was ended by one that could
        // not write (a full disk, another writer's epoch) is recorded from the gateway, by another one.
        return (
          ledger.touchedAt(grant.person, grant.connection) !== undefined ||
          world.gateway.wall.worstMs > 0 ||
          mayBeOver ||
          hadToEnd
        );
      default:
        return false;
    }
  })();
  if (!has) throw new Violation("cause", `${wordsOf(scene, id)} ended as \`${ended.reason}\`, and nobody did that`);
}

/** Who gets in at the gateway, and whose lines live on, held against who may. */
import { tryParseCorrelation } from "../../../lib/model/lease";
import type { Change, ReviewRow } from "../../../providers/embedded/store/rows";
import { connectionOf, gatewayNameOf } from "../oracle/rules";
import { Violation } from "../violation";
import type { Life } from "../oracle/chain";
import type { Line } from "../world/gateway";
import { installation, type World } from "../world/world";
import type { Scene } from "./checks";
import { wordsOf } from "./records";

/** A grant of ours that is open at the gateway. */
export interface OpenGrant {
  readonly grant: string;
  readonly generation: number;
  readonly review: ReviewRow;
  readonly person: string;
  /** The Connection's id. */
  readonly connection: string;
  /** When it came to be open, in true time. */
  readonly sinceMs: number;
}

/** The grants of ours that the gateway holds APPROVED, kept as they change. */
export class GrantsOfOurs {
  private readonly open = new Map<string, OpenGrant>();

  constructor(private readonly world: World) {}

  /** Hears of changes; gives what is open by them that was not there before. */
  hear(changes: readonly Change[]): readonly OpenGrant[] {
    const before = new Set(this.open.keys());
    const sessions = new Map<string, string | null>();
    for (const change of changes) {
      if ("put" in change && change.table === "sessions") sessions.set(change.put.id, change.put.correlationId);
    }
    for (const change of changes) {
      if ("put" in change && change.table === "reviews") this.put(change.put, sessions);
    }
    return [...this.open.values()].filter((one) => !before.has(one.review.id));
  }

  /** Those that are in force by the gateway's clock, on Connections that are there. */
  inForce(): readonly OpenGrant[] {
    const now = this.world.gateway.wall.nowMs() * 1000;
    return [...this.open.values()].filter(
      ({ review }) =>
        (review.revokeAt ?? 0) > now && this.world.gateway.view.connectionById(review.connectionId) !== undefined,
    );
  }

  private put(review: ReviewRow, sessions: ReadonlyMap<string, string | null>): void {
    const { world } = this;
    if (review.status !== "APPROVED" || review.type !== "jit") return void this.open.delete(review.id);
    const { view } = world.gateway;
    const text = sessions.get(review.sessionId) ?? view.table("sessions").get(review.sessionId)?.correlationId ?? "";
    const correlation = tryParseCorrelation(text);
    if (correlation?.installation !== installation) return;
    const known = this.open.get(review.id);
    const isMoved = known !== undefined && known.review.revokeAt !== review.revokeAt;
    const connection = known?.connection ?? connectionOf(view.connectionById(review.connectionId)?.name ?? "");
    this.open.set(review.id, {
      grant: correlation.grant,
      generation: correlation.generation,
      review,
      person: review.userEmail,
      connection,
      sinceMs: known === undefined || isMoved ? world.turns.nowMs : known.sinceMs,
    });
  }
}

/**
 * After a pass that went well and began at `beganMs`: of what was wrong by then, nothing is left; and what was right and
 * nobody touched since is there.
 */
export function checkAccess(
  scene: Scene,
  beganMs: number,
  pass: { readonly isAlone: boolean; readonly wasPaused: boolean },
): void {
  const { world, chain } = scene;
  const inForce = scene.ours.inForce();
  for (const [id, life] of chain.lives) {
    checkEndedByHand(scene, id, { life, beganMs });
    const overMs = life.endMs - life.activatedMs - scene.ledger.longestMs(id, beganMs);
    if (life.phase === "active" && !life.endingIntended && overMs > scene.worstClockMs() + 1_000) {
      throw new Violation("end", `${wordsOf(scene, id)} ends ${overMs} ms after what was asked, after a whole pass`);
    }
  }
  for (const one of inForce) {
    if (one.sinceMs >= beganMs) continue;
    const why = whyUnjustified(scene, one.grant, beganMs);
    if (why !== undefined) {
      throw new Violation("access", `${wordsOf(scene, one.grant)} lets in after a whole pass, but ${why}`);
    }
  }
  if (!pass.wasPaused) for (const one of inForce) checkSecondReading(scene, one, beganMs);
  for (const line of world.gateway.lines.values()) {
    if (line.sinceMs >= beganMs || !isByOurs(scene, line)) continue;
    const connection = connectionOf(line.connection);
    if (isHeldForeign(scene, line.person, line.connection)) continue;
    const isJustified = inForce.some((one) => one.person === line.person && one.connection === connection);
    // The gateway counts whole seconds: a Lease may run out a moment before its Grant, whose end cuts the lines.
    if (!isJustified && lastEndOfPair(scene, line.person, connection) < beganMs)
      throw new Violation("access", `a line of ${line.person} on ${line.connection} lives on after a whole pass`);
  }
  if (scene.lastMeddlingMs >= beganMs || !pass.isAlone) return;
  checkLeases(scene, inForce);
  const now = world.turns.nowMs + scene.worstClockMs();
  for (const [id, life] of chain.lives) {
    if (life.phase !== "active" || life.endMs <= now + 2_000 || life.endingIntended) continue;
    const grant = scene.ledger.grant(id);
    const isThere = inForce.some((one) => one.person === grant?.person && one.connection === grant?.connection);
    const isTouched = grant === undefined || scene.ledger.touchedAt(grant.person, grant.connection) !== undefined;
    if (!isThere && !isTouched)
      throw new Violation("lost", `${wordsOf(scene, id)} is active in the Log and not let in`);
  }
}

/** Who was told that something is out is told so after it: what was in force when that began is not any more. */
export function checkSaidToBeOut(scene: Scene, which: (one: Named) => boolean, beganMs: number): void {
  scene.chain.read();
  // What had run out by the gateway's clock is in force again where that was set back.
  if (scene.world.gateway.wall.worstMs > 0) return;
  const inForce = scene.ours.inForce();
  // A writer that waits for an answer has not recorded yet under which Grant the pair goes on.
  const isGoingOn = (one: OpenGrant): boolean =>
    inForce.some(
      (other) =>
        other.grant !== one.grant &&
        !which(other) &&
        isSamePair(scene, one.grant, other.grant) &&
        scene.chain.lives.get(other.grant)?.phase === "intended",
    );
  for (const one of inForce) {
    const { phase, heldAtMs = beganMs, endedAtMs = one.sinceMs } = scene.chain.lives.get(one.grant) ?? {};
    // What a late call has made of a grant that had ended is for the next whole pass, which is held to it.
    if (scene.world.network.hadFaults && phase === "ended" && endedAtMs < one.sinceMs) continue;
    const wasHeld = phase === "ended" || (phase === "active" && heldAtMs < beganMs);
    const isMeant = which(one) && one.sinceMs < beganMs && wasHeld;
    if (!isMeant || isCarriedByOther(scene, one.grant, which) || isGoingOn(one)) continue;
    throw new Violation("end", `${wordsOf(scene, one.grant)} still lets in, and somebody was told that it is out`);
  }
}

/** The spool is read again after an activation: what stood there by then, and was begun in this pass, has ended with the pass. */
function checkSecondReading(scene: Scene, { grant }: OpenGrant, beganMs: number): void {
  const { heldAtMs = 0 } = scene.chain.lives.get(grant) ?? {};
  if (heldAtMs < beganMs || isCarriedByOther(scene, grant)) return;
  if (scene.ledger.endedBy(grant, heldAtMs - secondReadingMs)) {
    throw new Violation(
      "access",
      `${wordsOf(scene, grant)} lets in, and was given back before it was recorded as held`,
    );
  }
}

/** From the second reading of the spool until what it says is durable. */
const secondReadingMs = 15;

/** What somebody ended at the gateway before a pass began is not active after it. */
function checkEndedByHand(
  { ledger }: Scene,
  id: string,
  { life, beganMs }: { readonly life: Life; readonly beganMs: number },
): void {
  const endedMs = ledger.endedByHand.get(id);
  if (endedMs === undefined || endedMs >= beganMs || life.phase !== "active" || life.endingIntended) return;
  throw new Violation("returned", `${id} was ended at the gateway and is active after a whole pass`);
}

/**
 * One Lease of a pair, and it ends with the last Grant of the pair: also where nobody is left to end it. A repeated call
 * makes a second one, and a refused revoke, or a death before it, leaves an older one: neither lets anybody in longer, and
 * both end with the pair.
 */
function checkLeases(scene: Scene, inForce: readonly OpenGrant[]): void {
  const { chain, world } = scene;
  const held = new Map<string, string>();
  for (const { grant, person, connection, review } of inForce) {
    const key = `${person} ${connection}`;
    const isExcused = world.network.hadFaults || world.halfHeld.has(`${person} ${gatewayNameOf(connection)}`);
    if (held.has(key) && !isExcused) {
      throw new Violation("lease", `${key} has two: ${wordsOf(scene, grant)}, ${held.get(key) ?? ""}`);
    }
    held.set(key, wordsOf(scene, grant));
    const ends = [...chain.lives].flatMap(([id, life]) =>
      life.phase === "active" && (id === grant || isSamePair(scene, id, grant)) ? [life.endMs] : [],
    );
    const overMs = (review.revokeAt ?? 0) / 1000 - Math.max(...ends);
    if (ends.length > 0 && overMs > scene.worstClockMs() + longerMs) {
      throw new Violation(
        "lease",
        `that of ${key} ends ${Math.round(overMs / 1000)} s after the last grant of the pair`,
      );
    }
  }
}

/** How much later than its Grants a Lease may end: the gateway counts from when it hears of it. */
const longerMs = 125_000;

/** After every step, while all is well: nobody is in who should have been out for a while. */
export function checkLines(scene: Scene): void {
  const { world, healthySinceMs } = scene;
  if (healthySinceMs === undefined) return;
  const now = world.turns.nowMs;
  // A call that is made to go wrong is waited for as long as its answer takes, also while all else is well.
  if (now < Math.max(healthySinceMs, world.network.lastSpoiltMs) + soundMs) return;
  for (const line of world.gateway.lines.values()) {
    // What a late call has made is for the next whole pass, which is held to it.
    if (!isByOurs(scene, line) || world.network.heldLate.has(`${line.person} ${line.connection}`)) continue;
    const until = lastEndOfPair(scene, line.person, connectionOf(line.connection));
    const lateMs = now - Math.max(until, line.sinceMs) - scene.worstClockMs();
    if (lateMs > latestMs) {
      throw new Violation(
        "end",
        `a line of ${line.person} on ${line.connection} lives ${Math.round(lateMs / 1000)} s after its end`,
      );
    }
  }
}

/** Whether a line was let in by a grant of ours. */
function isByOurs({ world }: Scene, { review }: Line): boolean {
  const session = review === undefined ? undefined : world.gateway.view.table("sessions").get(review.sessionId);
  return tryParseCorrelation(session?.correlationId ?? "")?.installation === installation;
}

/** How long all must have been well: longer than a reconciler rests after failures. */
const soundMs = 11 * 60_000;
/** How long an ending may take while all is well: a pass that runs, the revoke, the last sweep. */
const latestMs = 60_000;

function lastEndOfPair(scene: Scene, person: string, connection: string): number {
  let last = 0;
  for (const [id, life] of scene.chain.lives) {
    const grant = scene.ledger.grant(id);
    if (grant?.person === person && grant.connection === connection) last = Math.max(last, life.endMs);
  }
  return last;
}

function whyUnjustified(scene: Scene, id: string, beganMs: number): string | undefined {
  const { ledger, chain } = scene;
  const grant = ledger.grant(id);
  const life = chain.lives.get(id);
  if (grant === undefined) return "nobody asked for it";
  if (life === undefined) return "the Log does not know it";
  if (life.phase === "rejected" || life.phase === "ended") {
    const isCarried = [...chain.lives].some(
      ([other, of]) => other !== id && of.phase === "active" && isSamePair(scene, id, other),
    );
    return isCarried ? undefined : `it is ${life.phase}`;
  }
  if (isCarriedByOther(scene, id)) return undefined;
  if (ledger.endedBy(id, beganMs)) return "it was given back or revoked";
  if (ledger.isWaived(grant.person, grant.connection, beganMs)) return "its person opted out";
  const { removed } = grant.request;
  if (removed !== undefined && removed.sureMs < beganMs) return "its request was removed";
  const now = scene.world.turns.nowMs;
  if (!ledger.mayBeEligible(grant.person, grant.connection, grant.request.asked.for, beganMs, now)) {
    return "the policy does not let it any more";
  }
  if (life.endMs + scene.worstClockMs() < beganMs) return "its end has passed";
  return undefined;
}

/** A Lease stands under one Grant's name for all of the pair: it is right as long as another one goes on. */
function isCarriedByOther(scene: Scene, id: string, isMeant: (one: Named) => boolean = () => false): boolean {
  const now = scene.world.turns.nowMs;
  return [...scene.chain.lives].some(([other, life]) => {
    const goesOn = other !== id && life.phase === "active" && life.endMs > now && isSamePair(scene, id, other);
    const { person = "", connection = "" } = scene.ledger.grant(other) ?? {};
    return goesOn && !isMeant({ grant: other, person, connection });
  });
}

/** Which Grant of whom and where. */
export type Named = Pick<OpenGrant, "grant" | "person" | "connection">;

function isSamePair({ ledger }: Scene, one: string, other: string): boolean {
  const [a, b] = [ledger.grant(one), ledger.grant(other)];
  return a !== undefined && a.person === b?.person && a.connection === b.connection;
}

/** Whether a grant that is not ours is open for a pair: then its lines may be that one's. */
export function isHeldForeign({ world }: Scene, person: string, gatewayName: string): boolean {
  const { view } = world.gateway;
  const connection = view.table("connections").get(gatewayName);
  if (connection === undefined) return true;
  for (const review of view.reviewsOfPair(person, connection.id)) {
    const session = view.table("sessions").get(review.sessionId);
    const isOurs = tryParseCorrelation(session?.correlationId ?? "")?.installation === installation;
    if (!isOurs && review.status === "APPROVED") return true;
  }
  return false;
}

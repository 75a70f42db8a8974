/** What programs send to the gateway, held against what is durable in the Log at that moment. */
import { tryParseCorrelation } from "../../../lib/model/lease";
import { connectionOf } from "../oracle/rules";
import { Violation } from "../violation";
import type { Call } from "../world/network";
import type { Program } from "../world/program";
import type { OpenGrant } from "./access";
import type { Scene } from "./checks";
import { wordsOf } from "./records";

/** A call that was just sent. */
export function checkSent(scene: Scene, { request, path, program }: Call): void {
  if (request.method === "GET") return;
  scene.chain.read();
  if (path === "/sessions/provision") {
    const asked = JSON.parse(request.body ?? "{}") as Provision;
    const isStart = tryParseCorrelation(asked.correlation_id ?? "")?.generation === 0;
    if (isStart && !program.wasPaused) checkOrder(scene);
    return checkProvision(scene, asked, program);
  }
  if (path.startsWith("/reviews/")) return excuse(scene, path, program);
  const subject = subjectOf(request.method, path, request.body);
  if (subject !== undefined && !scene.chain.configured.has(subject)) {
    throw new Violation("intent", `${program.name} writes ${subject}, and no intent for it is durable`);
  }
}

/**
 * Who ends something ends what it finds at the pair, and no gateway can be fenced: a newer grant may go with it, which
 * another one has begun since this one read the Log right before; or at any time where it was held up in the middle, paused or
 * waiting for an answer that never came. Of pairs where nothing was ending there is no such excuse.
 */
function excuse({ world, chain, ledger }: Scene, path: string, program: Program): void {
  const { view } = world.gateway;
  const review = view.table("reviews").get(path.slice("/reviews/".length));
  if (review === undefined) return;
  const ended = tryParseCorrelation(view.table("sessions").get(review.sessionId)?.correlationId ?? "")?.grant;
  const unheard = ended === undefined ? undefined : chain.lives.get(ended);
  const isUnheard =
    unheard !== undefined &&
    unheard.intendedBy !== program.name &&
    unheard.intendedAtMs >= program.chainReadMs &&
    world.turns.nowMs - program.chainReadMs <= rightBeforeMs;
  if (!isUnheard && !program.wasPaused && !world.network.hadFaults) return;
  const connection = connectionOf(view.connectionById(review.connectionId)?.name ?? "");
  for (const [id, life] of chain.lives) {
    const grant = ledger.grant(id);
    const isOfPair = grant?.person === review.userEmail && grant.connection === connection;
    const isUnderWay = life.phase === "ended" || life.phase === "intended" || life.endingIntended;
    if (isOfPair && (isUnderWay || (isUnheard && id !== ended)))
      ledger.touch(review.userEmail, connection, world.turns.nowMs);
  }
}

/** From reading the Log to the calls of an ending, a look at the whole gateway between them. */
const rightBeforeMs = 100;

/** Nothing starts before what has to end has at least been asked for: only one pass may run for that to be told. */
function checkOrder(scene: Scene): void {
  const { ledger, chain } = scene;
  const beganMs = scene.onlyPassMs();
  if (beganMs === undefined) return;
  for (const [id, life] of chain.lives) {
    const removed = ledger.grant(id)?.request.removed?.sureMs ?? Number.POSITIVE_INFINITY;
    const isOver = Math.min(removed, life.endMs + scene.worstClockMs() + 1_000) <= beganMs;
    if (life.phase === "active" && !life.endingIntended && isOver) {
      throw new Violation("order", `a lease is asked for while ${wordsOf(scene, id)} still has to end`);
    }
  }
}

interface Provision {
  readonly correlation_id?: string;
  readonly access_duration_sec?: number;
}

function checkProvision(scene: Scene, asked: Provision, program: Program): void {
  const { chain, world } = scene;
  const correlation = tryParseCorrelation(asked.correlation_id ?? "");
  if (correlation === undefined) throw new Violation("intent", "a lease without our correlation is asked for");
  const { grant, generation } = correlation;
  const life = chain.lives.get(grant);
  const leaseEnd = life?.leaseEnds.get(generation);
  // What another one has rejected meanwhile, one that was held up right before its call still asks for: the next look ends it.
  const isIntended = life?.phase !== "rejected" || program.wasPaused;
  if (life === undefined || leaseEnd === undefined || !isIntended) {
    throw new Violation(
      "intent",
      `a lease of ${wordsOf(scene, grant)}, generation ${generation}, is asked for, and no intent for it is durable`,
    );
  }
  const byHandMs = scene.ledger.endedByHand.get(grant);
  if (byHandMs !== undefined && byHandMs < scene.oldestPassMs()) {
    throw new Violation(
      "returned",
      `a lease of ${wordsOf(scene, grant)} is asked for, which somebody ended at the gateway`,
    );
  }
  const seconds = asked.access_duration_sec ?? 0;
  const overMs = world.turns.nowMs + seconds * 1000 - leaseEnd;
  // One that was held up right before its call knows of no earlier end that another has recorded since: the next look shortens it.
  if (overMs > scene.worstClockMs() + 1_000 && !program.wasPaused) {
    throw new Violation(
      "end",
      `a lease of ${wordsOf(scene, grant)} is asked for that ends ${Math.round(overMs / 1000)} s too late`,
    );
  }
}

/** Grants that a call has just made: none with a name that the same program has made one with before. */
export function checkMadeOnce(scene: Scene, made: readonly OpenGrant[], { program, isLate, path }: Call): void {
  if (path !== "/sessions/provision" || isLate || program.wasPaused) return;
  for (const { grant, generation } of made) {
    const name = `${program.name} ${grant} ${generation}`;
    if (scene.made.has(name)) throw new Violation("once", `${wordsOf(scene, grant)} is made twice by ${program.name}`);
    scene.made.add(name);
  }
}

/** What of the configuration a call writes: `kind:name`. */
function subjectOf(method: string, path: string, body: string | undefined): string | undefined {
  const [, kind = "", ...rest] = path.split("?")[0]?.split("/") ?? [];
  const named = (JSON.parse(body ?? "{}") as { readonly name?: unknown; readonly email?: unknown }) ?? {};
  switch (kind) {
    case "connections":
      return `connection:${method === "POST" ? String(named.name) : decodeURIComponent(rest[0] ?? "")}`;
    case "access-requests":
      return "gate:leasehold-gate";
    case "users":
      return `user:${method === "POST" ? String(named.email) : decodeURIComponent(rest[0] ?? "")}`;
    default:
      return undefined;
  }
}

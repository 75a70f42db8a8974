import { tooLateToHold } from "../../lib/model/effect";
import { epochMsOf, instantOf } from "../../lib/model/instant";
import { tryParseCorrelation } from "../../lib/model/lease";
import type { ObservedLease } from "../../lib/model/observed";
import type { EffectOutcome, HoldEffect } from "../../lib/ports";
import { call, type Called, type PostgresqlContext } from "./context";
import { leaseRole } from "./lease-role";
import { newPassword, scramVerifier } from "./scram";

/** Sessions that one lease may have at once: a person with a shell and a tool or two. */
const connectionLimit = 10;
/** How long a grant id is remembered past its latest start, and at least where that is not told: a day, and over a year. */
const rememberedMs = { pastStart: 86_400_000, untold: 400 * 86_400_000 } as const;

/**
 * Holds one lease: one call, one transaction, harmless to repeat. Gives a new role a new password, sealed to its holder's
 * keys; what stands keeps the one it has.
 */
export async function hold(context: PostgresqlContext, effect: HoldEffect, database: string): Promise<EffectOutcome> {
  const args = await argumentsOf(context, effect, database);
  const late = tooLateToHold(effect, context.clock.now());
  if (late !== undefined) return { kind: "refused", effect, because: "permanent", why: late };
  const first = await call(context, "hold", args());
  // Its outcome is found by asking again: what stands is told, and nothing is made twice.
  const called = first.kind === "unknown" ? await call(context, "hold", args()) : first;
  return outcomeOf(context, effect, called, database);
}

async function argumentsOf(context: PostgresqlContext, effect: HoldEffect, database: string) {
  const { correlation, person, connection, end, startBefore } = effect;
  const secret = await newSecret(context, effect, database);
  return () => {
    const nowMs = epochMsOf(context.clock.now());
    const remembered =
      startBefore === undefined
        ? rememberedMs.untold
        : Math.max(0, epochMsOf(startBefore) - nowMs) + rememberedMs.pastStart;
    return [
      correlation.installation,
      person,
      connection,
      correlation.grant,
      correlation.generation,
      epochMsOf(end) - nowMs,
      remembered,
      secret?.verifier ?? null,
      secret?.sealed ?? null,
      connectionLimit,
    ];
  };
}

async function newSecret(
  context: PostgresqlContext,
  { correlation, person, connection, keys = [] }: HoldEffect,
  database: string,
): Promise<{ readonly verifier: string; readonly sealed: string } | undefined> {
  if (keys.length === 0) return undefined;
  const password = newPassword(context.random);
  const user = leaseRole({ installation: correlation.installation, database, person, connection });
  const [verifier, sealed] = await Promise.all([
    scramVerifier(password, context.random),
    context.seal(keys, JSON.stringify({ user, password })),
  ]);
  return sealed === undefined ? undefined : { verifier, sealed };
}

function outcomeOf(context: PostgresqlContext, effect: HoldEffect, called: Called, database: string): EffectOutcome {
  if (called.kind === "refused") return { kind: "refused", effect, because: called.because, why: called.why };
  if (called.kind === "unknown") return { kind: "unknown", effect, why: called.why };
  const answer = fieldsOf(called.value);
  const because = answer["refused"];
  if (because === "spent" || because === "permanent") {
    return { kind: "refused", effect, because, why: String(answer["why"]) };
  }
  const lease = tryLease(effect, answer);
  const role = leaseRole({ ...effect, installation: context.installation, database });
  if (lease === undefined || lease.ref !== role) {
    return { kind: "unknown", effect, why: "leasehold.hold gave an answer that makes no sense" };
  }
  return { kind: "held", effect, lease };
}

function tryLease({ person, connection, correlation }: HoldEffect, answer: Fields): ObservedLease | undefined {
  const { role, grant, generation, sealed, created_ms: created, ends_ms: ends } = answer;
  const text = `lh:${correlation.installation}:${String(grant)}:${String(generation)}`;
  const found = tryParseCorrelation(text);
  if (answer["held"] !== true || typeof role !== "string" || found === undefined) return undefined;
  if (found.grant !== correlation.grant || found.generation !== correlation.generation) return undefined;
  if (typeof created !== "number" || typeof ends !== "number") return undefined;
  return {
    ref: role,
    correlation: found,
    person,
    connection,
    status: "live",
    createdAt: instantOf(created),
    endsAt: instantOf(ends),
    ...(typeof sealed === "string" ? { sealed } : {}),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

import { isFailure } from "../../lib/errors";
import type { ApplyOptions, Effect, EffectOutcome, HoldEffect } from "../../lib/ports";
import { mapWithWidth } from "../concurrent";
import { call, type PostgresqlContext } from "./context";
import { endAll } from "./end";
import { hold } from "./hold";
import { readListing } from "./listing";

/** Leases that are held at a time: as many as the pool of `Sql` has connections. */
const width = 4;

/** Carries out effects: endings first, then leases, those of one pair one after another. Nothing is configured here. */
export async function* apply(
  context: PostgresqlContext,
  effects: readonly Effect[],
  { signal }: ApplyOptions,
): AsyncIterable<EffectOutcome> {
  const ends = effects.filter((effect) => effect.kind === "end");
  yield* await endAll(context, ends, signal);
  for (const effect of effects) if (effect.kind === "configure") yield refusedConfiguration(effect);
  yield* await holdAll(
    context,
    effects.filter((effect) => effect.kind === "hold"),
    signal,
  );
  // Whether it succeeds or not: what it drops has no login and no sessions, and the next call goes on.
  if (ends.length > 0) await call(context, "tidy", [context.installation]);
}

function refusedConfiguration(effect: Effect): EffectOutcome {
  const why =
    "roles of levels are Terraform's, and people become roles with their lease: there is nothing to configure";
  return { kind: "refused", effect, because: "permanent", why };
}

async function holdAll(
  context: PostgresqlContext,
  effects: readonly HoldEffect[],
  signal: AbortSignal | undefined,
): Promise<readonly EffectOutcome[]> {
  if (effects.length === 0) return [];
  const database = await databaseOrRefusal(context);
  const pairs = new Map<string, HoldEffect[]>();
  for (const one of effects) {
    const key = JSON.stringify([one.person, one.connection]);
    pairs.set(key, [...(pairs.get(key) ?? []), one]);
  }
  const outcomes = await mapWithWidth([...pairs.values()], width, async (ofPair) => {
    const settled: EffectOutcome[] = [];
    for (const effect of ofPair) {
      if (typeof database !== "string") settled.push({ kind: "refused", effect, ...database });
      else if (signal?.aborted === true) settled.push(interrupted(effect));
      else settled.push(await hold(context, effect, database));
    }
    return settled;
  });
  return outcomes.flat();
}

/** The database that the URL leads to, or why nothing may be held there. */
async function databaseOrRefusal(
  context: PostgresqlContext,
): Promise<string | Pick<Extract<EffectOutcome, { kind: "refused" }>, "because" | "why">> {
  try {
    return (await readListing(context)).database;
  } catch (thrown) {
    if (!isFailure(thrown)) throw thrown;
    const why = thrown.diagnostics[0]?.detail ?? thrown.message;
    if (isFailure(thrown, "credential")) return { because: "credential", why };
    // What a person has to mend may be mended by the next pass: the Grant is not given up for it.
    return { because: "passing", why };
  }
}

function interrupted(effect: Effect): EffectOutcome {
  return { kind: "refused", effect, because: "passing", why: "interrupted before it was sent" };
}

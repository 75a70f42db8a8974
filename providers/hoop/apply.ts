/**
 * Carrying out effects: endings first, then configuration in the order given, then leases. Sweeps
 * after the endings are shared and run beside the rest; what holds a pair that also ends waits for them.
 */
import { failure } from "../../lib/errors";
import type { GrantId } from "../../lib/model/grant";
import { instantOf } from "../../lib/model/instant";
import type { ApplyOptions, ConfigureEffect, Effect, EffectOutcome, EndEffect, HoldEffect } from "../../lib/ports";
import { Arrivals } from "./arrivals";
import { listRules } from "./client/rules";
import type { SessionItem } from "./client/sessions";
import { mapWithWidth } from "../concurrent";
import { configureTarget, type Obstacle, type Target } from "./configure";
import { connectionTarget, deletionTarget } from "./configure-connection";
import { gateTarget } from "./configure-gate";
import { safeguardTarget } from "./configure-safeguard";
import { userTarget } from "./configure-user";
import type { HoopContext } from "./context";
import { clear, clearingOfPair, type Cleared, type Clearing } from "./end";
import { hold } from "./hold";
import { gatewayNowMs } from "./leases";
import { refuseOtherInstallation } from "./observe";
import { grantOfRow, isOurs, makeRun, outcomeOfFailure, pairRows, type HoopRun } from "./run";

/** Applies effects; exactly one outcome for each, as they come. */
export async function* apply(
  context: HoopContext,
  effects: readonly Effect[],
  options: ApplyOptions,
): AsyncIterable<EffectOutcome> {
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, options.signal]);
  const run = makeRun(context, { secrets: options.secrets, signal });
  const arrivals = new Arrivals<EffectOutcome>();
  const working = work(run, effects, (outcome) => arrivals.push(outcome)).then(
    () => arrivals.end(),
    (thrown: unknown) => arrivals.end({ failure: thrown }),
  );
  try {
    yield* arrivals;
  } finally {
    // A reader that leaves early must not leave calls behind.
    stop.abort();
    await working;
  }
}

type Tell = (outcome: EffectOutcome) => void;

async function work(run: HoopRun, effects: readonly Effect[], tell: Tell): Promise<void> {
  const barred = await barredByRights(run);
  if (barred !== undefined) {
    for (const effect of effects) tell(outcomeOfFailure(effect, barred));
    return;
  }
  const ends = effects.filter((effect) => effect.kind === "end");
  const rest = effects.filter((effect) => effect.kind !== "end");
  const ended = await endAll(run, ends, tell);
  const swept = sweep(run, ended, tell);
  try {
    const elsewhere = rest.length === 0 ? undefined : await barredByGate(run);
    if (elsewhere !== undefined) {
      for (const effect of rest) tell(outcomeElsewhere(effect, elsewhere));
      return;
    }
    await configureAll(
      run,
      rest.filter((effect) => effect.kind === "configure"),
      tell,
    );
    await holdAll(run, { holds: rest.filter((effect) => effect.kind === "hold"), ends, swept }, tell);
  } finally {
    await swept;
  }
}

/** A key with lesser rights gets empty lists, not refusals: then an ending would look done. */
async function barredByRights(run: HoopRun): Promise<unknown> {
  try {
    const caller = await run.context.writerFacts();
    if (caller.isAdmin) return undefined;
    return failure("E501", {
      detail: `gateway ${run.context.gateway}: the key that writes is not an admin's, so it could not end sessions`,
      fix: "use a key of group admin as `keys.write`",
    });
  } catch (thrown) {
    return thrown;
  }
}

async function barredByGate(run: HoopRun): Promise<unknown> {
  try {
    refuseOtherInstallation(run.context, await listRules(run.context.writer));
    return undefined;
  } catch (thrown) {
    return thrown;
  }
}

function outcomeElsewhere(effect: Effect, thrown: unknown): EffectOutcome {
  const outcome = outcomeOfFailure(effect, thrown);
  const isOthers = thrown instanceof Error && "code" in thrown && thrown.code === "E504";
  return isOthers && outcome.kind === "unknown"
    ? { kind: "refused", effect, because: "permanent", why: outcome.why }
    : outcome;
}

/** An ending under way. */
interface Ending {
  readonly effect: EndEffect;
  cleared: Cleared;
  /** The first look is over. */
  isSwept: boolean;
  atMs: number;
  trouble: EffectOutcome | undefined;
}

async function endAll(run: HoopRun, ends: readonly EndEffect[], tell: Tell): Promise<readonly Ending[]> {
  return await mapWithWidth(ends, run.context.dialect.widths.end, async (effect) => {
    const ending: Ending = {
      effect,
      cleared: { wasThere: false, sessionsCut: 0, grants: new Set(), killed: new Set() },
      isSwept: false,
      atMs: 0,
      trouble: undefined,
    };
    await clearPair(run, ending);
    if (isSettledAtOnce(run)) tell(outcomeOf(ending));
    return ending;
  });
}

/** Without a second look to come, each ending is told when it is done: it is recorded while others still go on. */
function isSettledAtOnce({ context }: HoopRun): boolean {
  return context.dialect.sweepsMs.length === 0;
}

function outcomeOf({ effect, cleared, atMs, trouble }: Ending): EffectOutcome {
  const { wasThere, sessionsCut } = cleared;
  return trouble ?? { kind: "ended", effect, at: instantOf(atMs), sessionsCut, wasThere };
}

async function clearPair(run: HoopRun, ending: Ending): Promise<void> {
  const { effect } = ending;
  if (ending.trouble !== undefined) return;
  if (run.signal?.aborted === true) {
    ending.trouble = { kind: "unknown", effect, why: "interrupted before it was finished" };
    return;
  }
  try {
    const again = await clear(run, clearingOf(run, ending));
    const didSomething = again.wasThere || again.sessionsCut > 0;
    if (ending.atMs === 0 || didSomething) ending.atMs = gatewayNowMs(run.context);
    ending.cleared = {
      wasThere: ending.cleared.wasThere || again.wasThere,
      sessionsCut: ending.cleared.sessionsCut + again.sessionsCut,
      grants: new Set([...ending.cleared.grants, ...again.grants]),
      killed: again.killed,
    };
  } catch (thrown) {
    ending.trouble = outcomeOfFailure(effect, thrown);
  }
}

/**
 * The first look ends every lease of ours of the pair. A later one ends only what is there of the same grants, be it still
 * there or come late: all else is a newer grant, that somebody else was given in the meantime.
 */
function clearingOf(run: HoopRun, ending: Ending): Clearing {
  const { effect, cleared, isSwept } = ending;
  ending.isSwept = true;
  const clearing = clearingOfPair(run, effect.connection, () => pairRows(run, effect));
  const again = { ...clearing, again: cleared.killed };
  if (isSwept) return { ...again, isToEnd: (row) => isOfGrants(run, row, cleared.grants) };
  return effect.since === undefined ? again : { ...again, since: effect.since };
}

function isOfGrants(run: HoopRun, row: SessionItem, grants: ReadonlySet<GrantId>): boolean {
  const grant = grantOfRow(row);
  return grant !== undefined && isOurs(run.context, row) && grants.has(grant);
}

/** Looks again after a while: a connect that raced with the revoke slips past a single look (section 8). */
async function sweep(run: HoopRun, endings: readonly Ending[], tell: Tell): Promise<void> {
  if (endings.length === 0 || isSettledAtOnce(run)) return;
  const { dialect, clock } = run.context;
  const start = clock.monotonicMs();
  for (const afterMs of dialect.sweepsMs) {
    const left = afterMs - (clock.monotonicMs() - start);
    if (left > 0) await clock.sleep(left, run.signal);
    await mapWithWidth(endings, dialect.widths.end, (ending) => clearPair(run, ending));
  }
  for (const ending of endings) tell(outcomeOf(ending));
}

async function configureAll(run: HoopRun, effects: readonly ConfigureEffect[], tell: Tell): Promise<void> {
  for (const effect of effects) {
    if (run.signal?.aborted === true) tell(interrupted(effect));
    else tell(await configureOne(run, effect));
  }
}

/** What was remembered of a Connection is forgotten before it is written and after, whatever became of it. */
async function configureOne(run: HoopRun, effect: ConfigureEffect): Promise<EffectOutcome> {
  const forget = (): void => {
    if (effect.subject.kind === "connection") run.context.wholes.forget(effect.subject.name);
  };
  forget();
  try {
    return await configureTarget(run, effect, () => targetOf(run, effect));
  } finally {
    forget();
  }
}

function targetOf(run: HoopRun, effect: ConfigureEffect): Promise<Target | Obstacle> {
  const { subject, value } = effect;
  const isMixed = value !== null && (value.kind !== subject.kind || value.name !== subject.name);
  if (isMixed) return Promise.resolve({ because: "permanent", why: "the value is not of the subject named" });
  if (subject.kind === "connection" && value === null) return deletionTarget(run, subject.name);
  if (value?.kind === "connection") return connectionTarget(run, value);
  if (subject.kind === "gate") return gateTarget(run, value?.kind === "gate" ? value : null);
  if (subject.kind === "user") return userTarget(run, subject, value?.kind === "user" ? value : null);
  const { kind, name } = subject as { kind: "guardrail" | "maskingRule"; name: string };
  const isSafeguard = value?.kind === "guardrail" || value?.kind === "maskingRule";
  return safeguardTarget(run, { kind, name }, isSafeguard ? value : null);
}

/** Leases, several at a time, but those of one pair one after another in the order given. */
async function holdAll(
  run: HoopRun,
  given: { readonly holds: readonly HoldEffect[]; readonly ends: readonly EndEffect[]; readonly swept: Promise<void> },
  tell: Tell,
): Promise<void> {
  const ending = new Set(given.ends.map(pairKey));
  const pairs = groupedByPair(given.holds);
  const holdOf = async (effects: readonly HoldEffect[]): Promise<void> => {
    for (const effect of effects) tell(run.signal?.aborted === true ? interrupted(effect) : await hold(run, effect));
  };
  const { grant } = run.context.dialect.widths;
  const [later, now] = [true, false].map((isLater) =>
    [...pairs].filter(([key]) => ending.has(key) === isLater).map(([, effects]) => effects),
  );
  await mapWithWidth(now ?? [], grant, holdOf);
  if ((later ?? []).length > 0) await given.swept;
  await mapWithWidth(later ?? [], grant, holdOf);
}

function groupedByPair(holds: readonly HoldEffect[]): ReadonlyMap<string, readonly HoldEffect[]> {
  const pairs = new Map<string, HoldEffect[]>();
  for (const one of holds) pairs.set(pairKey(one), [...(pairs.get(pairKey(one)) ?? []), one]);
  return pairs;
}

function pairKey(pair: { readonly person: string; readonly connection: string }): string {
  return JSON.stringify([pair.person, pair.connection]);
}

function interrupted(effect: Effect): EffectOutcome {
  return { kind: "refused", effect, because: "passing", why: "interrupted before it was sent" };
}

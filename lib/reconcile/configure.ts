import type { ConfigurationAction } from "../model/action";
import { objectKey } from "../model/gateway-object";
import type { RecordBody } from "../model/record";
import type { ConfigureEffect, Effect, EffectOutcome } from "../ports";
import { carryOut, effectTrouble } from "./effects";
import { recordedAs } from "./outcome";
import { isInterrupted, tryProvider, type Pass } from "./pass-state";
import type { PassOutcome } from "./report";

/** How many objects are written between two looks at the Log and the spool. */
const batchSize = 100;

/**
 * Brings gateways to their declared configuration, in the order of the plan: runs of Actions of one
 * kind on one gateway go together. Each write has its intent before it and its outcome after it.
 * Gives the gateways that were written to.
 */
export async function configure(
  pass: Pass,
  actions: readonly ConfigurationAction[],
  adoptions: readonly string[],
): Promise<ReadonlySet<string>> {
  const written = new Set<string>();
  for (const run of runsOf(actions)) {
    const gateway = run[0]?.gateway ?? "";
    if (isInterrupted(pass) || !pass.journal.canRecord || !pass.observed.has(gateway)) pass.report.left += run.length;
    else if (await configureRun(pass, gateway, run, adoptions)) written.add(gateway);
  }
  return written;
}

/** Consecutive Actions that can be asked for together. */
function runsOf(actions: readonly ConfigurationAction[]): readonly (readonly ConfigurationAction[])[] {
  const runs: ConfigurationAction[][] = [];
  for (const action of actions) {
    const last = runs.at(-1);
    const first = last?.[0];
    const isAlike =
      first?.gateway === action.gateway && first.kind === action.kind && first.subject.kind === action.subject.kind;
    if (last !== undefined && isAlike && last.length < batchSize) last.push(action);
    else runs.push([action]);
  }
  return runs;
}

async function configureRun(
  pass: Pass,
  gateway: string,
  run: readonly ConfigurationAction[],
  adoptions: readonly string[],
): Promise<boolean> {
  const provider = tryProvider(pass, gateway);
  if (provider === undefined || !(await pass.journal.record(run.map(intended)))) return false;
  const work = new Map<Effect, ConfigurationAction>();
  for (const action of run) work.set(effectOf(pass, action, adoptions), action);
  pass.report.effects += work.size;
  const { secrets, signal } = pass.input;
  const settled: { readonly action: ConfigurationAction; readonly outcome: EffectOutcome }[] = [];
  for await (const outcome of carryOut(provider, [...work.keys()], { secrets, signal })) {
    const action = work.get(outcome.effect);
    if (action !== undefined) settled.push({ action, outcome });
  }
  const isRecorded = await pass.journal.record(
    settled.flatMap(({ action, outcome }) => settledBodies(action, outcome)),
  );
  for (const { action, outcome } of settled) tell(pass, action, outcome, isRecorded);
  return true;
}

function intended(action: ConfigurationAction): RecordBody {
  return {
    type: "configuration.intended",
    gateway: action.gateway,
    subject: subjectOf(action),
    value: action.after,
  };
}

function subjectOf(action: ConfigurationAction): ConfigurationAction["subject"] {
  return { kind: action.subject.kind, name: action.subject.name };
}

function effectOf(pass: Pass, action: ConfigurationAction, adoptions: readonly string[]): ConfigureEffect {
  const { kind, name } = action.subject;
  const seen = pass.observed
    .get(action.gateway)
    ?.objects.find((one) => one.value.kind === kind && one.value.name === name);
  return {
    kind: "configure",
    subject: subjectOf(action),
    value: action.after,
    ...(seen === undefined ? {} : { ref: seen.ref }),
    adopt: adoptions.includes(objectKey(action.gateway, action.subject)),
  };
}

/** What is recorded: nothing while it is unknown, so that the intent stays and the next pass looks. */
function settledBodies(action: ConfigurationAction, outcome: EffectOutcome): readonly RecordBody[] {
  const about = { gateway: action.gateway, subject: subjectOf(action) };
  if (outcome.kind === "refused") return [{ type: "configuration.failed", ...about, detail: outcome.why }];
  if (outcome.kind !== "configured") return [];
  const { ref, secretsUpdatedAt } = outcome;
  return [
    {
      type: "configuration.done",
      ...about,
      value: action.after,
      ...(ref === undefined ? {} : { ref }),
      ...(secretsUpdatedAt === undefined ? {} : { secretsUpdatedAt }),
    },
  ];
}

function tell(pass: Pass, action: ConfigurationAction, outcome: EffectOutcome, isRecorded: boolean): void {
  const about = {
    kind: "configured",
    gateway: action.gateway,
    subject: subjectOf(action),
    reason: action.reason,
  } as const;
  if (outcome.kind === "refused" || outcome.kind === "unknown") {
    if (outcome.kind === "unknown") pass.doubtful.add(action.gateway);
    if (isInterrupted(pass)) pass.report.left += 1;
    else pass.report.trouble(effectTrouble(outcome, action.gateway));
    return pass.report.outcome({ ...about, result: outcome.kind, detail: outcome.why });
  }
  const result: PassOutcome["result"] = recordedAs(isRecorded);
  pass.report.outcome({ ...about, result });
}

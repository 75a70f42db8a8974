import { durationWords } from "../model/duration";
import type { Action } from "../model/action";
import type { LapsedRequest } from "../model/desired";
import type { PlanNote } from "../model/plan";
import { countWords, lint } from "../policy";
import { compareText, type PlanContext } from "./context";

/** The remarks that decide nothing: lapsed requests, lint, gateways that could not be asked, slow endings. */
export function planNotes(context: PlanContext, actions: readonly Action[]): readonly PlanNote[] {
  return [
    ...recoveringNote(context),
    ...unreachableNotes(context),
    ...drainNotes(context, actions),
    ...lapsedNotes(context.desired.lapsed ?? []),
    ...lint(context.manifest),
  ];
}

/** So many lapsed requests are named; more are counted. */
const lapsedNamed = 20;
/** Endings that take longer than this together are worth a word. */
const drainSeconds = 30;

function recoveringNote({ state }: PlanContext): PlanNote[] {
  if (state.recovering === undefined) return [];
  const sentence = `The Log is recovering (${state.recovering.why}): nothing new is granted until \`leasehold log rebuild\`.`;
  return [{ kind: "recovering", subject: "log", sentence }];
}

function unreachableNotes(context: PlanContext): PlanNote[] {
  if (context.observed === "log") return [];
  const { observed } = context;
  return Object.keys(context.desired.objects)
    .filter((gateway) => !observed.has(gateway))
    .sort()
    .map((gateway) => ({
      kind: "unreachable",
      subject: gateway,
      sentence: `Gateway ${gateway} could not be asked: nothing new is planned on it, endings are.`,
    }));
}

function drainNotes(context: PlanContext, actions: readonly Action[]): PlanNote[] {
  const endings = new Map<string, number>();
  for (const action of actions) {
    if (action.family === "lease" && action.kind === "end") {
      endings.set(action.gateway, (endings.get(action.gateway) ?? 0) + 1);
    }
  }
  return [...endings]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([gateway, count]): PlanNote[] => {
      const perSecond = context.descriptions.get(gateway)?.endingsPerSecond;
      if (perSecond === undefined || perSecond <= 0 || count / perSecond < drainSeconds) return [];
      const sentence = `${countWords(count, "ending")} on gateway ${gateway} take about ${durationWords(count / perSecond)} at ${perSecond} per second.`;
      return [{ kind: "drain", subject: gateway, sentence }];
    });
}

function lapsedNotes(lapsed: readonly LapsedRequest[]): PlanNote[] {
  const named = lapsed.slice(0, lapsedNamed).map(({ request, sentence }): PlanNote => ({
    kind: "lapsed",
    subject: request,
    sentence,
  }));
  const more = lapsed.length - named.length;
  if (more <= 0) return named;
  return [...named, { kind: "lapsed", subject: "requests", sentence: `${countWords(more, "more request")} lapsed.` }];
}

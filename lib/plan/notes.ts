import { durationWords } from "../model/duration";
import type { Action, LeaseAction } from "../model/action";
import type { LapsedRequest } from "../model/desired";
import type { ProviderDescription } from "../model/gateway";
import type { PlanNote } from "../model/plan";
import { countWords, levelSentence, lint } from "../policy";
import { compareText, type PlanContext } from "./context";

/** The remarks that decide nothing: lapsed requests, lint, gateways that could not be asked, slow endings. */
export function planNotes(context: PlanContext, actions: readonly Action[]): readonly PlanNote[] {
  return [
    ...recoveringNote(context),
    ...unreachableNotes(context),
    ...drainNotes(context, actions),
    ...levelNotes(context, actions),
    ...lapsedNotes(context.desired.lapsed ?? []),
    ...lint(context.manifest),
  ];
}

/** What the levels carry that this plan lets somebody have, in words, once each. */
function levelNotes({ index }: PlanContext, actions: readonly Action[]): PlanNote[] {
  const gained = actions.flatMap((action) =>
    action.family === "lease" && action.kind === "activate" ? [action.subject.connection] : [],
  );
  const notes = [...new Set(gained)].sort(compareText).flatMap((id): PlanNote[] => {
    const privileges = index.connections.get(id)?.privileges;
    return privileges === undefined ? [] : [{ kind: "level", subject: id, sentence: levelSentence(id, privileges) }];
  });
  const more = notes.length - levelsTold;
  if (more <= 0) return notes;
  const sentence = `${countWords(more, "more level")}: \`leasehold synth --format json\` has what each carries.`;
  return [...notes.slice(0, levelsTold), { kind: "lint", subject: "levels", sentence }];
}

/** So many lapsed requests are named; more are counted. */
const lapsedNamed = 20;
/** So many levels are told in words; more are counted. */
const levelsTold = 100;
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
  const leases = actions.filter((action) => action.family === "lease");
  const gateways = [...new Set(leases.map((action) => action.gateway))].sort(compareText);
  return gateways.flatMap((gateway): PlanNote[] => {
    const description = context.descriptions.get(gateway);
    if (description === undefined || description.endingsPerSecond <= 0) return [];
    const there = leases.filter((action) => action.gateway === gateway);
    const sentences = [...endingsDrain(description, there), ...deadlineDrain(description, there)];
    return sentences.map((sentence) => ({ kind: "drain", subject: gateway, sentence }));
  });
}

/** How long the endings of this plan take. */
function endingsDrain(description: ProviderDescription, actions: readonly LeaseAction[]): readonly string[] {
  const count = actions.filter((action) => action.kind === "end").length;
  if (count / description.endingsPerSecond < drainSeconds) return [];
  const { gateway } = description;
  return [
    `${countWords(count, "ending")} on gateway ${gateway} take ${drainWords(description, count)}; the last of them can be used until then.`,
  ];
}

/** How late the last of the greatest number of leases ends that this plan lets end together; no lateness where the gateway ends them by itself. */
function deadlineDrain(description: ProviderDescription, actions: readonly LeaseAction[]): readonly string[] {
  const { gateway, holds } = description;
  if (holds.entry && holds.sessions) return [];
  const together = new Map<string, number>();
  for (const { kind, after } of actions) {
    if (after === null || (kind !== "activate" && kind !== "change")) continue;
    const when = after.endsAt ?? (after.durationSeconds === undefined ? undefined : inWords(after.durationSeconds));
    if (when !== undefined) together.set(when, (together.get(when) ?? 0) + 1);
  }
  const [greatest] = [...together].sort(([a, x], [b, y]) => y - x || compareText(a, b));
  if (greatest === undefined || greatest[1] / description.endingsPerSecond < drainSeconds) return [];
  const [when, count] = greatest;
  const late = holds.entry
    ? "Nobody new gets in after the end, but the last live session can stay that much longer."
    : "The last of them can be used that much longer.";
  return [
    `${countWords(count, "lease")} on gateway ${gateway} end together (${when}): that takes ${drainWords(description, count)}. ${late}`,
  ];
}

function inWords(durationSeconds: number): string {
  return `${durationWords(durationSeconds)} after they start`;
}

function drainWords({ endingsPerSecond }: ProviderDescription, count: number): string {
  return `about ${durationWords(count / endingsPerSecond)} at ${endingsPerSecond} per second`;
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

import type { DriftItem, Plan } from "../model/plan";
import type { RecordBody } from "../model/record";
import type { Pass } from "./pass-state";
import type { PassOutcome } from "./report";

/** How many sentences of one gateway's drift go into the Log; the plan has them all. */
const mostSentences = 200;

/** Records the drift that stays on each gateway after this pass, when it is not what was recorded last. */
export async function recordDrift(pass: Pass, plan: Plan): Promise<void> {
  const { outcomes } = pass.report.build({ recorded: 0 });
  const bodies: RecordBody[] = [];
  for (const gateway of pass.observed.keys()) {
    const mended = mendedOn(gateway, outcomes);
    const stays = plan.drift.filter((item) => item.gateway === gateway && !isMended(item, mended));
    const sentences = [...new Set(stays.map((item) => item.sentence))].toSorted().slice(0, mostSentences);
    const before = pass.journal.state.drift.get(gateway) ?? [];
    const isSame =
      before.length === sentences.length && before.every((sentence, index) => sentence === sentences[index]);
    if (!isSame) bodies.push({ type: "drift.seen", gateway, sentences });
  }
  await pass.journal.record(bodies);
}

/** What a pass has done on one gateway, as far as it mends drift. */
interface Mended {
  readonly isGateWritten: boolean;
  /** Names of the objects that were written. */
  readonly written: readonly string[];
  readonly areLeasesChanged: boolean;
}

function mendedOn(gateway: string, outcomes: readonly PassOutcome[]): Mended {
  const done = outcomes.filter((outcome) => outcome.result === "done" && outcome.gateway === gateway);
  const subjects = done.flatMap((outcome) => (outcome.kind === "configured" ? (outcome.subject ?? []) : []));
  return {
    isGateWritten: subjects.some((subject) => subject.kind === "gate"),
    written: subjects.map((subject) => subject.name),
    areLeasesChanged: done.some((outcome) => outcome.kind === "changed" || outcome.kind === "ended"),
  };
}

/** Whether this pass has put it right, so that the next one will not see it. */
function isMended(item: DriftItem, mended: Mended): boolean {
  switch (item.kind) {
    case "ended outside":
    case "held without a record":
      return true;
    case "open way":
    case "gate weakness":
      return mended.isGateWritten;
    case "changed object":
    case "missing object":
      return mended.written.some((name) => item.subject.includes(name));
    case "altered lease":
      return mended.areLeasesChanged;
    case "foreign lease":
    case "foreign object":
      return false;
  }
}

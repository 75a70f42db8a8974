import type { DriftItem, Plan } from "../model/plan";
import type { RecordBody } from "../model/record";
import type { Pass } from "./pass-state";
import type { PassOutcome } from "./report";

/** How many sentences of one gateway's drift go into the Log; the plan has them all. */
const mostSentences = 200;

/** Records the drift that stays on each gateway after this pass, when it is not what was recorded last. */
export async function recordDrift(pass: Pass, plan: Plan): Promise<void> {
  const { outcomes } = pass.report.build({ recorded: 0 });
  const done = outcomes.filter((outcome) => outcome.result === "done");
  const bodies: RecordBody[] = [];
  for (const gateway of pass.observed.keys()) {
    const stays = plan.drift.filter((item) => item.gateway === gateway && !isMended(item, done));
    const sentences = [...new Set(stays.map((item) => item.sentence))].toSorted().slice(0, mostSentences);
    const before = pass.journal.state.drift.get(gateway) ?? [];
    const isSame =
      before.length === sentences.length && before.every((sentence, index) => sentence === sentences[index]);
    if (!isSame) bodies.push({ type: "drift.seen", gateway, sentences });
  }
  await pass.journal.record(bodies);
}

/** Whether this pass has put it right, so that the next one will not see it. */
function isMended(item: DriftItem, done: readonly PassOutcome[]): boolean {
  const here = done.filter((outcome) => outcome.gateway === item.gateway);
  const configured = here.filter((outcome) => outcome.kind === "configured");
  switch (item.kind) {
    case "ended outside":
    case "held without a record":
      return true;
    case "open way":
    case "gate weakness":
      return configured.some(({ subject }) => subject?.kind === "gate");
    case "changed object":
    case "missing object":
      return configured.some(({ subject }) => subject !== undefined && item.subject.includes(subject.name));
    case "altered lease":
      return here.some((outcome) => outcome.kind === "changed" || outcome.kind === "ended");
    case "foreign lease":
    case "foreign object":
      return false;
  }
}

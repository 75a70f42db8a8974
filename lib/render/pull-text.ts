import { capital, someOf } from "./counts";
import { nodeLines } from "./decision";
import { renderDiagnostics } from "./diagnostics";
import { peopleSentences } from "./plan-sentences";
import { leaseLists } from "./plan-view";
import type { PullInput } from "./pull-input";
import { pullLeases } from "./pull-leases";
import { cannotApproveClauses, policyName, reviewerName, short } from "./pull-names";
import { pullVerdict } from "./pull-verdict";
import { utcWords } from "./times";
import { terminalVoice, type Paint, type Voice } from "./voice";

/** How a pull request is told on a terminal. */
export interface PullTextOptions {
  readonly colour?: boolean;
  /** Logins whose approval was only supposed. */
  readonly whatIfApprovedBy?: readonly string[];
}

/** What `pr show` prints: the verdict, who gains what, what counts and what does not, and why; no line break at the end. */
export function pullText(input: PullInput, options: PullTextOptions = {}): string {
  const { decision, now } = input;
  const colour = options.colour ?? false;
  const voice = terminalVoice({ colour });
  const leases = pullLeases(decision, input.plan);
  const sections = [
    headline(input, voice, options),
    peopleSentences(leaseLists([...leases.widening, ...leases.narrowing]), voice, { now, begins: "on merge" }),
    narrowing(input, voice),
    refusals(input, voice),
    [renderDiagnostics([...(input.trouble ?? []), ...decision.diagnostics], { format: "text", colour }).trimEnd()],
    nodeLines(decision.tree, voice, 0),
    reviews(input, voice),
    cannotApprove(input, voice),
    [`${capital(pullVerdict(input, voice))}.`],
  ];
  return sections
    .map((lines) => lines.filter((line) => line !== ""))
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

type Painted = Voice & { readonly paint: Paint };

function headline(
  { snapshot, now }: PullInput,
  voice: Painted,
  { whatIfApprovedBy = [] }: PullTextOptions,
): readonly string[] {
  const name = snapshot.pull === undefined ? voice.text(snapshot.base.branch) : `#${snapshot.pull.number}`;
  const parts = [
    `${voice.text(snapshot.repository)} ${name}`,
    `${snapshot.kind} ${short(snapshot.subject.sha)}`,
    `policy ${voice.text(policyName(snapshot))}`,
    utcWords(now),
  ];
  const supposed = whatIfApprovedBy.map(voice.strong);
  return [
    voice.paint("quiet", parts.join(" · ")),
    ...(supposed.length === 0 ? [] : [`~ If ${someOf(supposed, 10)} approved ${short(snapshot.subject.sha)}:`]),
  ];
}

function narrowing({ decision }: PullInput, voice: Painted): readonly string[] {
  return decision.narrowing.map(({ sentence }) => `${voice.paint("bad", "-")} ${voice.text(sentence)}`);
}

function refusals({ decision }: PullInput, voice: Painted): readonly string[] {
  return [...decision.refused, ...decision.refusals].flatMap(({ sentence, fix }) => [
    `${voice.paint("loud", "!")} ${voice.text(sentence)}`,
    `  fix: ${voice.text(fix)}`,
  ]);
}

function reviews({ decision }: PullInput, voice: Painted): readonly string[] {
  return decision.reviews.flatMap((review) => {
    const { verdict } = review;
    const where = review.commit === undefined ? "" : ` at ${short(review.commit)}`;
    const who = `${voice.strong(reviewerName(review))}${where}`;
    if (verdict.kind === "no approval") return [];
    if (verdict.kind === "counts") return [`${voice.paint("good", "+")} the approval of ${who} counts`];
    return [`${voice.paint("bad", "x")} the approval of ${who} does not count: ${voice.text(verdict.why)}`];
  });
}

function cannotApprove(input: PullInput, voice: Painted): readonly string[] {
  const clauses = cannotApproveClauses(input, voice);
  return clauses.length === 0 ? [] : [`Cannot approve: ${clauses.join(", ")}.`];
}

/**
 * What becomes of a commit of a pull request, written as plainly as possible from THREATS.md, DESIGN.md
 * and SEMANTICS.md over a small world of its own. It imports nothing of Leasehold: lib/approval has to
 * agree with it on every history. Times are whole hours; now is `asOf`.
 */
import { createHash } from "node:crypto";
import { approversOf, members, namesOf, pinsOf, whoIs } from "./people";
import { changedPaths, commitOf, governedOf, mergeBase, treeOf } from "./world";
import type { History, Policy, Review, Step, Tree } from "./world";
import { isGovernedEdit, isIn, nameOf, requestChange, wideningOf, type Item, type Widening } from "./widening";

/** What becomes of a commit. */
export type Verdict = "approved" | "nothing to approve" | "waiting" | "refused" | "invalid";

/** What the reference says of a history. */
export interface Answer {
  readonly verdict: Verdict;
  /** `<request> <person> <connection>` of every Grant that is approved, sorted. */
  readonly approved: readonly string[];
  /** For each review whether it counts; undefined where its author is in no group that is asked. */
  readonly counts: readonly (boolean | undefined)[];
  readonly why: readonly string[];
}

/** Decides the subject of a history. */
export function referenceAnswer(h: History): Answer {
  const [tree, before] = [treeOf(h, h.subject), treeOf(h, baseOf(h))];
  const change = requestChange(h, tree, before);
  const edits = isGovernedEdit(tree, before);
  const nobody = (h.pull?.reviews ?? []).map(() => false);
  const answer = (verdict: Verdict, why: readonly string[]): Answer => ({ verdict, approved: [], counts: nobody, why });

  const policy = h.accepted.at(-1)?.policy;
  const isWider = change.added.length > 0 || edits;
  const whole = [...(isWider ? wholeRefusals(h, { tree, before, edits }) : []), ...change.rowless];
  if (change.broken) return answer("invalid", ["a file is broken"]);
  if (whole.length > 0 || policy === undefined) {
    if (isWider || whole.length > 0 || change.faults.length > 0) return answer("refused", [...whole, ...change.faults]);
    return answer("nothing to approve", []);
  }
  const claim = edits && tree.claim !== undefined && "policy" in tree.claim ? tree.claim.policy : undefined;
  const widening = wideningOf(h, { tree, before, policy, isShownMerged: true });
  if (widening.items.some((item) => item.isByEdit) && !hasRequestsOf(h, before)) whole.push("requests moved");
  if (whole.length > 0) return answer("refused", [...whole, ...change.faults]);
  const faults = [...change.faults, ...widening.refusals];
  if (widening.items.length === 0 && widening.others.length === 0) {
    return faults.length > 0 ? answer("refused", faults) : answer("nothing to approve", []);
  }

  const judged = [policy, ...(claim === undefined ? [] : [claim])].map((rules, index) =>
    judge(h, rules, { widening, index, edits }),
  );
  if (judged.some((one) => one.isTeamUnreadable)) return answer("refused", ["team unreadable", ...faults]);
  const isEditApproved = judged.every((one) => one.edit === "approved");
  const verdicts = widening.items.map((_, index) => worst(judged.map((one) => one.grants[index] ?? "refused")));
  const approved = isEditApproved ? widening.items.filter((_, index) => verdicts[index] === "approved") : [];
  const all = worst([faults.length > 0 ? "refused" : "approved", isEditApproved ? "approved" : "waiting", ...verdicts]);
  const counts = judged[0]?.counts ?? nobody;
  return { verdict: all, approved: approved.map(nameOf).sort(), counts, why: faults };
}

/** Promises 7, 9, 13, and the rows "fork PR", "policy pushed straight to main", "direct push". */
function wholeRefusals(
  h: History,
  { tree, before, edits }: { readonly tree: Tree; readonly before: Tree; readonly edits: boolean },
): readonly string[] {
  const last = h.accepted.at(-1);
  if (last === undefined) return ["no policy in force"];
  const why: string[] = [];
  if (governedOf(treeOf(h, h.base)) !== acceptedTree(h, last)) why.push("base is not the accepted policy");
  if (h.log.recovering) why.push("recovering");
  if (h.pull === undefined) why.push("direct push");
  if (h.pull?.isFork === true) why.push("fork");
  if (h.pull?.targetsDefault === false) why.push("not the default branch");
  if (!edits) return why;
  if (tree.claim === undefined) why.push("manifest missing");
  else if (!("policy" in tree.claim)) why.push("manifest invalid");
  if (governedOf(before) !== governedOf(treeOf(h, h.base))) why.push("rules moved");
  return why;
}

interface Judgement {
  readonly grants: readonly Verdict[];
  readonly edit: Verdict;
  readonly counts: readonly (boolean | undefined)[];
  readonly isTeamUnreadable: boolean;
}

/** What the reviews come to under one policy. */
function judge(
  h: History,
  p: Policy,
  { widening, index: which, edits }: { readonly widening: Widening; readonly index: number; readonly edits: boolean },
): Judgement {
  const reviews = h.pull?.reviews ?? [];
  const commits = (h.pull?.commits ?? []).map((sha) => commitOf(h, sha));
  // Whoever GitHub does not know can't be kept out by name: no better than a commit that is not verified (promises 8, 14).
  const isUnverified = commits.some((one) => !one.verified || one.unknownPeople > 0);
  const extra = isUnverified && !h.lastPushApproved ? 1 : 0;
  const gaining = [...widening.items.map((item) => item.person), ...widening.gaining].flatMap((person) => [
    person,
    ...p.services.flatMap((one) => (`service:${one.name}` === person && one.owner !== undefined ? [one.owner] : [])),
  ]);
  const makers = [h.pull?.author, ...commits.flatMap((one) => [one.author, one.committer, ...one.coAuthors])];
  const excluded = new Set([...gaining, ...makers.flatMap((one) => (one === undefined ? [] : namesOf(h, p, one)))]);
  const areGainingPinned = gaining.every((person) => pinsOf(h, p).some((pin) => pin.person === person));
  const counted = reviews.map((review, index) => {
    const who = whoIs(h, p, review.by);
    const isLatest = !reviews.some(
      (one, at) => at > index && one.state !== "commented" && one.by?.id === review.by?.id,
    );
    const counts =
      who !== undefined &&
      (areGainingPinned || !who.startsWith("github:")) &&
      !namesOf(h, p, review.by).some((name) => excluded.has(name)) &&
      review.state === "approved" &&
      isLatest &&
      review.mayPush &&
      review.at + p.approvalValidHours > h.asOf &&
      covers(h, review.commit, widening);
    return counts ? who : undefined;
  });
  const asked = new Set<string>();
  let isTeamUnreadable = false;
  const fills = (steps: readonly Step[], beneficiary?: string): boolean => {
    const last = steps.at(-1);
    const places = [
      ...steps.flatMap((step) => Array.from({ length: step.count }, () => step)),
      ...(last && extra ? [last] : []),
    ];
    for (const step of steps) for (const one of approversOf(h, p, step, beneficiary).people) asked.add(one);
    isTeamUnreadable ||= steps.some((step) => approversOf(h, p, step, beneficiary).isUnreadable);
    return canFill(
      places.map((step) => approversOf(h, p, step, beneficiary).people),
      [...new Set(counted.flatMap((who) => who ?? []))],
    );
  };
  const used = h.log.usage.map((one) => ({ ...one }));
  const verdicts = new Map<Item, Verdict>();
  for (const wanted of widening.items.toSorted((a, b) => (grantId(h, a) < grantId(h, b) ? -1 : 1))) {
    const item = wanted.under[which] ?? wanted;
    const { automatic } = item.rule;
    const budget = automatic?.budget;
    const uses = used.filter((one) => one.rule === item.rule.name && one.person === item.person);
    const isAutomatic =
      automatic !== undefined &&
      !isUnverified &&
      wanted.isMadeByEdit !== true &&
      members(p, automatic.memberOf).includes(item.person) &&
      !automatic.never.includes(p.ways.find((way) => way.id === item.way)?.class ?? "") &&
      (budget === undefined ||
        uses.filter((one) => one.at > h.asOf - budget.hours && one.at <= h.asOf).length < budget.grants);
    const steps = item.rule.steps.filter((step) => step.longerThan === undefined || item.hours > step.longerThan);
    const isWaived = h.log.optOuts.some((one) => one.person === item.person && one.rule === item.rule.name);
    let verdict: Verdict = "approved";
    if (which === 0 && wanted.isByNewRule === true) verdict = "approved";
    else if (!isAutomatic && item.rule.steps.length === 0) verdict = "refused";
    else if (!isAutomatic && !fills(steps, item.person)) verdict = "waiting";
    if (verdict === "approved" && isWaived) verdict = "waiting";
    if (verdict === "approved") used.push({ rule: item.rule.name, person: item.person, at: h.asOf });
    verdicts.set(wanted, verdict);
  }
  const edit = !edits || fills(p.policyApproval) ? "approved" : "waiting";
  const isAsked = (review: Review): boolean => asked.has(whoIs(h, p, review.by) ?? "");
  return {
    grants: widening.items.map((item) => verdicts.get(item) ?? "refused"),
    edit,
    counts: counted.map((who, index) =>
      who !== undefined && !isAsked(reviews[index] as Review) ? undefined : who !== undefined,
    ),
    isTeamUnreadable,
  };
}

/** Promise 6: a review covers the widening of its own commit, against that one's own base, under the policy accepted there. */
function covers(h: History, sha: string | undefined, subject: Widening): boolean {
  const known = covering.get(subject)?.get(sha);
  if (known !== undefined) return known;
  const answer = coversAll(h, sha, subject);
  covering.set(subject, (covering.get(subject) ?? new Map<string | undefined, boolean>()).set(sha, answer));
  return answer;
}

const covering = new WeakMap<Widening, Map<string | undefined, boolean>>();

function coversAll(h: History, sha: string | undefined, subject: Widening): boolean {
  if (sha === undefined || h.gone.includes(sha) || h.commits[sha] === undefined) return false;
  const base = sha === h.subject ? baseOf(h) : mergeBase(h, sha);
  const [tree, before] = [treeOf(h, sha), treeOf(h, base)];
  const policy = h.accepted.findLast((one) => acceptedTree(h, one) === governedOf(before))?.policy;
  if (policy === undefined) return false;
  const there = wideningOf(h, { tree, before, policy, isShownMerged: hasRequestsOf(h, before) });
  return (
    subject.items.every((item) => there.items.some((one) => isIn(item, one))) &&
    subject.others.every((item) => there.others.includes(item))
  );
}

/** Whether a tree has the request files of the base branch: then whoever saw it was shown the same merged requests. */
const hasRequestsOf = (h: History, tree: Tree): boolean =>
  changedPaths(tree.requests, treeOf(h, h.base).requests).length === 0;

/** What the subject's changes are counted from: its merge base, or where it is on the base branch its first parent. */
const baseOf = (h: History): string => (h.kind === "head" ? mergeBase(h, h.subject) : h.base);

/** Whether distinct people can fill all places: brute force. */
function canFill(places: readonly (readonly string[])[], people: readonly string[]): boolean {
  const [place, ...rest] = places;
  if (place === undefined) return true;
  return people.some(
    (one) =>
      place.includes(one) &&
      canFill(
        rest,
        people.filter((other) => other !== one),
      ),
  );
}

const acceptedTree = (h: History, one: History["accepted"][number]): string | undefined =>
  one.commit === undefined ? undefined : governedOf(treeOf(h, one.commit));

const order: readonly Verdict[] = ["approved", "waiting", "refused"];

function worst(verdicts: readonly Verdict[]): Verdict {
  return order[Math.max(...verdicts.map((one) => order.indexOf(one)))] ?? "refused";
}

/** The id of a Grant, which says in what order budgets are used up (SEMANTICS.md, "Identity"). */
function grantId(h: History, { ask, person, way }: Item): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([h.installation, ask.name, person, way]))
    .digest();
  const bits = [...digest].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const letters = bits.match(/.{5}/g) ?? [];
  return letters
    .map((five) => "abcdefghijklmnopqrstuvwxyz234567".charAt(Number.parseInt(five, 2)))
    .join("")
    .slice(0, 26);
}

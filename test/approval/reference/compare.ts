/** Holds lib/approval against the reference on histories, and makes a history that they disagree on small. */
import type { PullDecision } from "../../../lib/approval/pull/pull-decision";
import type { Snapshot } from "../../../lib/model/snapshot";
import { referenceAnswer } from "./reference";
import { snapshotOf } from "./to-snapshot";
import type { History, Tree } from "./world";

/** What is held against the reference. */
export type Decide = (snapshot: Snapshot) => PullDecision;

/** What both say of one history, and where they differ: an empty list means that they agree. */
export interface Comparison {
  readonly verdict: string;
  /** How many single statements were compared: the verdict, each Grant, each review. */
  readonly decisions: number;
  readonly differences: readonly string[];
}

/** Compares the verdict, the Grants that are approved, and the reviews that count. */
export function compare(history: History, decide: Decide): Comparison {
  const expected = referenceAnswer(history);
  const actual = decide(snapshotOf(history));
  const differences: string[] = [];
  const hold = (what: string, theirs: unknown, ours: unknown): void => {
    if (JSON.stringify(theirs) !== JSON.stringify(ours)) {
      differences.push(`${what}: lib/approval ${JSON.stringify(theirs)}, reference ${JSON.stringify(ours)}`);
    }
  };
  const isFinal = history.kind !== "head";
  hold("verdict", verdictOf(actual.verdict, isFinal), verdictOf(expected.verdict, isFinal));
  hold("approved grants", approvedGrants(actual), expected.approved);
  const reviews = history.pull?.reviews ?? [];
  const isJudged = ["approved", "waiting"].includes(expected.verdict);
  if (isJudged) hold("reviews", actual.reviews.length, reviews.length);
  reviews.forEach((review, index) => {
    const counts = expected.counts[index];
    if (!isJudged || counts === undefined) return;
    const theirs = actual.reviews[index]?.verdict.kind === "counts";
    hold(`review ${index + 1} by ${review.by?.login ?? "a deleted account"} counts`, theirs, counts);
  });
  return { verdict: expected.verdict, decisions: 1 + actual.grants.length + reviews.length, differences };
}

/** What is merged is not asked again: there waiting and refused come to the same. */
function verdictOf(verdict: string, isFinal: boolean): string {
  return isFinal && verdict === "waiting" ? "refused" : verdict;
}

function approvedGrants(decision: PullDecision): readonly string[] {
  return decision.grants
    .filter((one) => one.decision.verdict === "approved" && (one.underNewRules?.verdict ?? "approved") === "approved")
    .map(({ item }) => `${item.request} ${item.person} ${item.connection}`)
    .toSorted();
}

/** Drops parts of a history, one after the other, as long as both sides still disagree about it. */
export function shrink(history: History, decide: Decide): History {
  const disagrees = (one: History): boolean => {
    try {
      return compare(one, decide).differences.length > 0;
    } catch {
      return false;
    }
  };
  let smallest = history;
  for (let isSmaller = true; isSmaller;) {
    const next = withoutOnePart(smallest).find(disagrees);
    isSmaller = next !== undefined;
    smallest = next ?? smallest;
  }
  return smallest;
}

/** A history as text: each policy once, and by its number from then on. */
export function historyText(history: History): string {
  const policies: string[] = [];
  const text = JSON.stringify(
    history,
    (key, value: unknown) => {
      if (key !== "policy") return value;
      const policy = JSON.stringify(value);
      const known = policies.indexOf(policy);
      if (known >= 0) return `policy ${known + 1}`;
      policies.push(policy);
      return `policy ${policies.length}`;
    },
    1,
  );
  const list = policies.map((policy, index) => `policy ${index + 1}: ${policy}`);
  return [text.replace(/\n\s+(?=[^\n]{0,40}\n)/g, " "), ...list].join("\n");
}

function withoutOnePart(h: History): readonly History[] {
  const { pull } = h;
  const pulls =
    pull === undefined
      ? []
      : [
          ...pull.reviews.map((_, index) => ({ ...pull, reviews: pull.reviews.toSpliced(index, 1) })),
          ...pull.commits.slice(0, -1).map((_, index) => ({ ...pull, commits: pull.commits.toSpliced(index, 1) })),
        ];
  const { usage, optOuts } = h.log;
  const paths = new Set(Object.values(h.commits).flatMap(({ tree }) => Object.keys(tree.requests)));
  return [
    ...pulls.map((one) => ({ ...h, pull: one })),
    ...[...paths].map((path) => withoutPath(h, path)),
    ...h.accepted.slice(1).map((_, index) => ({ ...h, accepted: h.accepted.toSpliced(index, 1) })),
    ...usage.map((_, index) => ({ ...h, log: { ...h.log, usage: usage.toSpliced(index, 1) } })),
    ...optOuts.map((_, index) => ({ ...h, log: { ...h.log, optOuts: optOuts.toSpliced(index, 1) } })),
    ...h.pins.map((_, index) => ({ ...h, pins: h.pins.toSpliced(index, 1) })),
    ...Object.entries(h.commits).flatMap(([sha, commit]) =>
      commit.coAuthors.map((_, index) => ({
        ...h,
        commits: { ...h.commits, [sha]: { ...commit, coAuthors: commit.coAuthors.toSpliced(index, 1) } },
      })),
    ),
    ...Object.entries(h.commits).flatMap(([sha, commit]) =>
      commit.verified ? [] : [{ ...h, commits: { ...h.commits, [sha]: { ...commit, verified: true } } }],
    ),
  ];
}

/** The names of a file go with it: what is merged has a file on the base branch. */
function withoutPath(h: History, path: string): History {
  const rest = mapTrees(h, (tree) => ({ ...tree, requests: without(tree.requests, path) }));
  const files = Object.values(h.commits).flatMap(({ tree }) => tree.requests[path] ?? []);
  const gone = new Set(files.flatMap((file) => ("ask" in file ? [file.ask.name] : [])));
  const names = Object.entries(h.log.names).filter(([name]) => !gone.has(name));
  return { ...rest, log: { ...h.log, names: Object.fromEntries(names) } };
}

function mapTrees(h: History, change: (tree: Tree) => Tree): History {
  const commits = Object.entries(h.commits).map(([sha, one]) => [sha, { ...one, tree: change(one.tree) }] as const);
  return { ...h, commits: Object.fromEntries(commits) };
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

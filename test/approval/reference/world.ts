/** The small world of the reference: a history of a pull request as plain values. Times are whole hours. */

export interface Account {
  readonly id: number;
  readonly login: string;
  readonly kind: "user" | "bot" | "organization" | "mannequin";
}

export interface Step {
  readonly count: number;
  readonly from: readonly string[] | "manager";
  readonly longerThan?: number;
}

export interface Rule {
  readonly name: string;
  readonly who: readonly string[];
  readonly may: readonly string[];
  readonly defaultHours: number;
  readonly maxHours: number;
  readonly ticket: boolean;
  readonly automatic?: {
    readonly memberOf: string;
    readonly never: readonly string[];
    readonly budget?: { readonly grants: number; readonly hours: number };
  };
  readonly steps: readonly Step[];
}

export interface Policy {
  readonly users: readonly { readonly email: string; readonly login?: string; readonly manager?: string }[];
  readonly services: readonly { readonly name: string; readonly owner?: string }[];
  readonly groups: readonly {
    readonly name: string;
    readonly members: readonly string[];
    readonly groups: readonly string[];
    readonly team?: string;
  }[];
  readonly ways: readonly { readonly id: string; readonly class: string; readonly safeguards: readonly string[] }[];
  readonly rules: readonly Rule[];
  readonly policyApproval: readonly Step[];
  readonly maxHours: number;
  readonly startWithinHours: number;
  readonly approvalValidHours: number;
}

export interface Ask {
  readonly name: string;
  readonly for: readonly string[];
  readonly access: readonly string[];
  readonly hours?: number;
  readonly startBefore: number;
  readonly startAfter?: number;
  readonly reason: string;
  readonly ticket?: string;
  readonly rule?: string;
}

/** A request file: what it asks and how it is laid out, or why it can't be read. */
export type RequestFile = { readonly ask: Ask; readonly layout: number } | { readonly broken: string };

/** A tree: contents of governed files, the Manifest committed with them, and the request files by path. */
export interface Tree {
  readonly governed: Readonly<Record<string, string>>;
  readonly claim?: { readonly policy: Policy } | { readonly garbage: string };
  readonly requests: Readonly<Record<string, RequestFile>>;
}

export interface Commit {
  readonly parents: readonly string[];
  readonly tree: Tree;
  readonly author?: Account;
  readonly committer?: Account;
  readonly coAuthors: readonly Account[];
  readonly unknownPeople: number;
  readonly verified: boolean;
}

export interface Review {
  readonly by?: Account;
  readonly state: "approved" | "changes requested" | "commented" | "dismissed";
  readonly commit?: string;
  readonly at: number;
  readonly mayPush: boolean;
}

export interface Pull {
  readonly author?: Account;
  readonly isFork: boolean;
  readonly isDraft: boolean;
  readonly targetsDefault: boolean;
  /** Oldest first. */
  readonly commits: readonly string[];
  readonly reviews: readonly Review[];
}

/** A name that the Log knows: what was merged, and whether its Grants have started (and perhaps ended) or still wait. */
export interface KnownName {
  readonly ask: Ask;
  readonly state: "merged" | "removed" | "spent";
  readonly grants?: "active" | "ended";
}

/** A pull request with all around it that matters. */
export interface History {
  readonly asOf: number;
  readonly installation: string;
  readonly kind: "head" | "merge" | "queue";
  readonly subject: string;
  /** The tip of the base branch before the subject. */
  readonly base: string;
  readonly commits: Readonly<Record<string, Commit>>;
  readonly pull?: Pull;
  /** Commits that GitHub no longer has. */
  readonly gone: readonly string[];
  /** Policies in the order accepted, the last in force; each with the commit whose tree it was accepted with. */
  readonly accepted: readonly { readonly policy: Policy; readonly commit?: string }[];
  readonly pins: readonly { readonly person: string; readonly login: string; readonly id: number }[];
  readonly teams: Readonly<Record<string, readonly Account[] | null>>;
  readonly lastPushApproved: boolean;
  readonly log: {
    readonly recovering: boolean;
    readonly frozen: boolean;
    /** Every name that the Log knows. */
    readonly names: Readonly<Record<string, KnownName>>;
    readonly usage: readonly { readonly rule: string; readonly person: string; readonly at: number }[];
    readonly optOuts: readonly { readonly person: string; readonly rule: string }[];
  };
}

/** The nearest commit of the base branch that a commit comes from. */
export function mergeBase(h: History, sha: string): string {
  const reach = (from: string, seen = new Set<string>()): Set<string> => {
    if (!seen.has(from)) commitOf(h, (seen.add(from), from)).parents.forEach((parent) => reach(parent, seen));
    return seen;
  };
  const own = reach(sha);
  const common = [...reach(h.base)].filter((one) => own.has(one));
  return common.find((one) => common.every((other) => reach(one).has(other))) ?? h.base;
}

/** Paths whose contents differ between two trees. */
export function changedPaths(
  after: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, unknown>>,
): readonly string[] {
  const paths = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  return paths.filter((path) => !same(after[path], before[path]));
}

/** All governed files of a tree and the Manifest committed with them, as one text. */
export function governedOf(tree: Tree): string {
  const known = governedTexts.get(tree);
  if (known !== undefined) return known;
  const text = JSON.stringify([Object.entries(tree.governed).sort(([a], [b]) => (a < b ? -1 : 1)), tree.claim]);
  governedTexts.set(tree, text);
  return text;
}

const governedTexts = new WeakMap<Tree, string>();

/** A commit of a history. */
export function commitOf(h: History, sha: string): Commit {
  const commit = h.commits[sha];
  if (commit === undefined) throw new Error(`no commit ${sha}`);
  return commit;
}

/** The tree of a commit. */
export const treeOf = (h: History, sha: string): Tree => commitOf(h, sha).tree;

/** Whether two plain values say the same. */
export const same = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === "object" && JSON.stringify(a) === JSON.stringify(b));

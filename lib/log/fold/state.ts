import type { ApprovalGiven, OptOut } from "../../model/approval";
import type { Digest } from "../../model/canonical";
import type { GrantId } from "../../model/grant";
import type { Instant } from "../../model/instant";
import type { GrantState, LogState, ObjectState, PendingIntent, RequestState } from "../../model/log-state";
import type { MergeFacts } from "../../model/merge";
import type { Head } from "../../model/record";
import { GrantMap } from "../held-grants";

/** Who approved a Grant, and under which policy; kept until its activation is intended. */
export type MadeDecision = NonNullable<ReturnType<NonNullable<LogState["decisions"]>["get"]>>;

/** The state of a fold on its way: a LogState that `foldRecord` moves on. Values in its maps never change, they are replaced. */
export interface FoldState extends LogState {
  installation?: string;
  head?: Head;
  epoch: number;
  lastTime?: Instant;
  policy?: NonNullable<LogState["policy"]>;
  readonly policies: Map<Digest, { readonly manifest: Digest; readonly commit: string }>;
  readonly merges: Map<string, MergeFacts>;
  readonly untold: Map<string, MergeFacts>;
  decidedCommit?: string;
  requests?: NonNullable<LogState["requests"]>;
  readonly names: Map<string, RequestState>;
  readonly grants: Map<GrantId, GrantState>;
  readonly approvals: Map<string, readonly ApprovalGiven[]>;
  readonly objects: Map<string, ObjectState>;
  readonly intents: Map<string, PendingIntent>;
  readonly optOuts: Map<string, OptOut>;
  readonly folded: Set<string>;
  frozen?: NonNullable<LogState["frozen"]>;
  recovering?: NonNullable<LogState["recovering"]>;
  readonly drift: Map<string, readonly string[]>;
  readonly decisions: Map<GrantId, MadeDecision>;
  /** Words that repeat from Grant to Grant, kept once. */
  readonly words: Map<string, string>;
  /** While a rehearsal runs: how to take back each step. */
  undo?: (() => void)[];
}

/** The state of an empty Log. */
export function emptyState(): FoldState {
  return {
    epoch: 0,
    policies: new Map(),
    merges: new Map(),
    untold: new Map(),
    names: new Map(),
    grants: new GrantMap(),
    approvals: new Map(),
    objects: new Map(),
    intents: new Map(),
    optOuts: new Map(),
    folded: new Set(),
    drift: new Map(),
    decisions: new Map(),
    words: new Map(),
  };
}

/** Sets an entry of one of the state's maps. */
export function put<K, V>(state: FoldState, map: Map<K, V>, key: K, value: V): void {
  if (state.undo !== undefined) noteUndo(state.undo, map, key);
  map.set(key, value);
}

/** Removes an entry of one of the state's maps, if it is there. */
export function drop<K, V>(state: FoldState, map: Map<K, V>, key: K): void {
  if (state.undo !== undefined && map.has(key)) noteUndo(state.undo, map, key);
  map.delete(key);
}

/** Adds to the ids of spool entries that are in the chain. */
export function putFolded(state: FoldState, id: string): void {
  if (state.folded.has(id)) return;
  state.undo?.push(() => state.folded.delete(id));
  state.folded.add(id);
}

type Scalars = Pick<
  FoldState,
  "installation" | "head" | "lastTime" | "policy" | "decidedCommit" | "requests" | "frozen" | "recovering"
>;

/** Runs steps on the state and takes them all back, also when they throw. */
export function rehearsed<T>(state: FoldState, steps: () => T): T {
  const { installation, head, lastTime, policy, decidedCommit, requests, frozen, recovering } = state;
  const before = { installation, head, lastTime, policy, decidedCommit, requests, frozen, recovering };
  const { epoch } = state;
  const undo: (() => void)[] = [];
  const outer = state.undo;
  state.undo = undo;
  try {
    return steps();
  } finally {
    if (outer === undefined) delete state.undo;
    else state.undo = outer;
    for (const step of undo.reverse()) step();
    for (const name of Object.keys(before) as (keyof Scalars)[]) delete state[name];
    Object.assign(state, Object.fromEntries(Object.entries(before).filter(([, value]) => value !== undefined)));
    state.epoch = epoch;
  }
}

function noteUndo<K, V>(undo: (() => void)[], map: Map<K, V>, key: K): void {
  const before = map.get(key);
  const was = map.has(key);
  undo.push(() => {
    if (was) map.set(key, before as V);
    else map.delete(key);
  });
}

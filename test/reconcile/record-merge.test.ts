/** A merge that was decided is recorded whole, once, or not yet. */
import { memoryStore } from "../../lib/log";
import { desiredState, grantItem } from "../../lib/policy";
import type { ApprovalGiven } from "../../lib/model/approval";
import type { LogState } from "../../lib/model/log-state";
import type { AccessRequest } from "../../lib/model/request";
import { acceptPolicy, isHalfRecorded, mergeBasis, recordMerge, type RecordMergeInput } from "../../lib/reconcile";
import { recordTold } from "../../lib/reconcile/record-told";
import { House, installation, operator } from "./support/house";
import { request, rules } from "./support/rules";

const commit = "c".repeat(40);
const writing = { access: ["orders/write"] };
const good = request("good", writing);
const bad = request("bad", { ...writing, for: ["bob@x.test"] });

test("a merge brings its approvals, its requests, what is refused of it, and last that it was decided", async () => {
  const house = await githubHouse();
  expect(await recordMerge(await merge(house))).toEqual({ kind: "recorded", refused: [] });
  const types = house.types();
  expect(types.slice(types.indexOf("approval.given"))).toEqual([
    "approval.given",
    "requests.merged",
    "grant.rejected",
    "request.refused",
    "merge.decided",
  ]);
  const state = await house.state();
  expect(state.decidedCommit).toBe(commit);
  expect(state.merges?.get("good")).toMatchObject({ commit, authors: ["dora@x.test"] });
  expect(state.names.get("bad")?.spent).toBe(true);
  expect(state.grants.get(house.id("bad", "bob@x.test", "orders/write"))).toMatchObject({
    phase: "rejected",
    rejectReason: "unapproved merge",
  });
});

test("what was refused at a merge never starts, whatever is approved afterwards", async () => {
  const house = await githubHouse();
  const input = await merge(house);
  await recordMerge(input);
  const late: ApprovalGiven = { ...approvalOf(house, await house.state(), bad), commit: "d".repeat(40) };
  const basis = mergeBasis(await house.state());
  const next = { ...input, basis, merge: { ...input.merge, commit: "d".repeat(40), requests: [] } };
  await recordMerge({ ...next, approvals: [late], unapproved: [], refused: [] });
  await house.apply();
  expect(house.isIn("bob@x.test", "orders-write")).toBe(false);
});

test("a merge that another writer recorded meanwhile is not recorded again", async () => {
  const house = await githubHouse();
  const input = await merge(house);
  await recordMerge(input);
  const lines = house.store.lines.length;
  expect(await recordMerge(input)).toEqual({ kind: "moved" });
  // Only the epoch of who came second; nothing of the merge.
  expect(house.types().slice(lines)).not.toContain("merge.decided");
});

test("a merge whose batch was cut by a crash anywhere is recorded by the next run as if nothing had been", async () => {
  const whole = await githubHouse();
  const before = whole.store.lines.length;
  const input = await merge(whole, { policy: true });
  await recordMerge(input);
  const expected = seen(await whole.state());
  const types = whole.types();
  const first = types.indexOf("approval.given");
  for (let kept = first; kept < types.length; kept += 1) {
    const house = await whole.copy();
    house.store = memoryStore({ clock: house.clock, lines: whole.store.lines.slice(0, kept) });
    for (const [digest, text] of whole.store.blobs) house.store.blobs.set(digest, text);
    const state = await house.state();
    expect(state.decidedCommit).toBe("a".repeat(40));
    expect(isHalfRecorded(state, commit)).toBe(house.types().slice(before).some(isOfMerge));
    expect(await recordMerge({ ...input, ...house.parts(), basis: mergeBasis(state) })).toMatchObject({
      kind: "recorded",
    });
    expect(seen(await house.state())).toEqual(expected);
    expect(house.types().filter((type) => type === "approval.given")).toHaveLength(1);
    expect(house.types().filter((type) => type === "grant.rejected")).toHaveLength(1);
  }
});

test("a request keeps the merge that it came with", async () => {
  const house = await githubHouse();
  const input = await merge(house);
  await recordMerge(input);
  const basis = mergeBasis(await house.state());
  const other = { ...input.merge, commit: "d".repeat(40), authors: ["erin@x.test"] };
  await recordMerge({ ...input, approvals: [], unapproved: [], refused: [], merge: other, basis });
  expect((await house.state()).merges?.get("good")?.authors).toEqual(["dora@x.test"]);
});

test("a merge is untold until it is recorded as told, also by two runs at once; what no run holds open is left out", async () => {
  const house = await githubHouse();
  const input = await merge(house);
  const refused = { requests: ["bad"], edit: "not accepted", diagnostics: "0".repeat(64) } as const;
  await recordMerge({ ...input, merge: { ...input.merge, refused, untold: true } });
  expect([...((await house.state()).untold ?? [])]).toMatchObject([[commit, { refused, pull: 7 }]]);
  const lines = house.store.lines.length;
  await recordTold({ ...house.parts(), commits: [] });
  expect(house.store.lines).toHaveLength(lines);
  await recordTold({ ...house.parts(), commits: [commit, "d".repeat(40)] });
  await recordTold({ ...house.parts(), commits: [commit] });
  expect([...((await house.state()).untold ?? [])]).toEqual([]);
  expect(house.types().filter((type) => type === "merge.told")).toHaveLength(1);
});

test("of a Log of before this was kept nothing is to be told", async () => {
  const house = await githubHouse();
  await recordMerge(await merge(house));
  expect((await house.state()).untold?.size).toBe(0);
});

test("accepting a commit by hand decides the branch up to it: what came unseen is spent, what went is gone", async () => {
  const house = await githubHouse();
  await recordMerge(await merge(house));
  const head = "e".repeat(40);
  const unseen = request("unseen", writing);
  const input = { ...house.parts(), manifest: house.manifest, by: operator, commit: head, governed: "[]", pinned: [] };
  await acceptPolicy({ ...input, requestsInCommit: ["unseen"], requests: { requests: [unseen] } });
  const state = await house.state();
  expect(state.decidedCommit).toBe(head);
  expect(state.names.get("unseen")).toMatchObject({ spent: true });
  expect(state.names.get("good")?.removedAt).toBeDefined();
});

async function githubHouse(): Promise<House> {
  const house = new House();
  house.manifest = rules({ approvals: "github" });
  const input = { ...house.parts(), manifest: house.manifest, by: operator, commit: "a".repeat(40), governed: "[]" };
  await acceptPolicy({ ...input, pinned: [{ person: "carol@x.test", login: "carol", id: 3 }] });
  return house;
}

/** The merge of two requests: one was approved, the other was not. */
async function merge(house: House, parts: { readonly policy?: boolean } = {}): Promise<RecordMergeInput> {
  const state = await house.state();
  const [unapproved] = desired(house, state, bad);
  const policy = { manifest: { ...house.manifest, policyApproval: [] }, governed: '[["x","100644","y"]]', pinned: [] };
  return {
    ...house.parts(),
    by: operator,
    verdict: "waiting",
    requests: { requests: [bad, good] },
    merge: {
      commit,
      pull: 7,
      authors: ["dora@x.test"],
      unverified: false,
      widening: "0".repeat(64),
      policy: state.policy?.manifest ?? "",
      rosters: [],
      requests: ["bad", "good"],
    },
    approvals: [approvalOf(house, state, good)],
    automatic: [],
    unapproved: unapproved === undefined ? [] : [{ desired: unapproved, detail: "merged without approval" }],
    refused: [{ request: "bad", why: "merged without approval" }],
    ...(parts.policy === true ? { policy } : {}),
    basis: mergeBasis(state),
  };
}

function approvalOf(house: House, state: LogState, of: AccessRequest): ApprovalGiven {
  return {
    request: of.name,
    person: "carol@x.test",
    by: { id: "carol", githubId: 3, authenticatedBy: "github" },
    at: "2026-03-01T07:00:00.000Z",
    source: "github",
    items: desired(house, state, of).map(grantItem),
    policy: state.policy?.manifest ?? "",
    commit: "b".repeat(40),
  };
}

function desired(house: House, state: LogState, of: AccessRequest) {
  const asOf = house.clock.now();
  return desiredState({ installation, manifest: house.manifest, requests: { requests: [of] }, asOf, state }).grants;
}

/** A record by which a half merge is known. */
function isOfMerge(type: string): boolean {
  return type === "requests.merged" || type === "policy.accepted";
}

/** What of the state a merge makes, without times and sequences. */
function seen(state: LogState): unknown {
  return {
    decided: state.decidedCommit,
    policy: [state.policy?.manifest, state.policy?.commit, state.policy?.governed],
    requests: state.requests?.set,
    merges: [...(state.merges ?? [])],
    names: [...state.names].map(([name, { digest, spent }]) => [name, digest, spent]),
    grants: [...state.grants].map(([id, { phase, rejectReason }]) => [id, phase, rejectReason]),
    approvals: [...state.approvals],
  };
}

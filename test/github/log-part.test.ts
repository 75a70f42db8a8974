import type { AccessRequest } from "../../lib/model/request";
import type { CommitContent } from "../../lib/model/snapshot";
import { earlierPolicies, logPart, policyPart } from "../../lib/github/log-part";
import { emptyLogState } from "../../lib/testing/empty-log-state";
import { grantState } from "./support/log-states";
import { logView, manifest, requestText } from "./support/scene";

const content = (changes: Partial<CommitContent> = {}): CommitContent => ({
  sha: "a".repeat(40),
  base: "b".repeat(40),
  governed: "1",
  baseGoverned: "1",
  governedChanges: [],
  requestChanges: [],
  changedFiles: 0,
  ...changes,
});

const changed = (before: string | null, after: string | null) =>
  content({ requestChanges: [{ path: "requests/x.yaml", before, after }] });

const request = (name: string): AccessRequest => ({
  name,
  for: ["ana@example.com"],
  access: ["orders-db/read"],
  startBefore: "2026-11-30T00:00:00.000Z",
  reason: "INC-1",
});

const known = { digest: "d", mergedAt: "2026-11-01T00:00:00.000Z", spent: false };
const state = {
  ...emptyLogState,
  names: new Map(["a", "b", "c", "constructor"].map((name) => [name, known])),
  grants: new Map(["a", "b", "c"].map((name) => [name, grantState(name, name === "c" ? "ended" : "active")])),
};
const log = logView({ state, merged: { requests: ["a", "b", "c"].map(request) } });

test("holds what the names before and after touch, of all commits, and no more", () => {
  const part = logPart(log, [changed(requestText({ name: "a" }), null), changed(null, requestText({ name: "new" }))]);
  expect(part.merged.map((one) => one.name)).toEqual(["a"]);
  expect(Object.keys(part.names)).toEqual(["a"]);
  expect(part.grants.map((one) => one.facts.request)).toEqual(["a"]);
  expect(part).toMatchObject({ activeGrants: 2, isRecovering: false, isFrozen: false });
});

test("holds the request that another extends", () => {
  const part = logPart(log, [changed(null, requestText({ name: "more", extends: "b" }))]);
  expect(part.merged.map((one) => one.name)).toEqual(["b"]);
});

test("holds all merged requests where a governed file changes", () => {
  const part = logPart(log, [content({ governedChanges: [{ path: "access.ts", before: null, after: "x" }] })]);
  expect(part.merged).toHaveLength(3);
  expect(part.grants).toHaveLength(3);
});

test("a request called constructor is a request, and one that is no request is nothing", () => {
  expect(logPart(log, [changed(null, requestText({ name: "constructor" }))]).names).toEqual({ constructor: known });
  expect(logPart(log, [changed("{", "[]")]).merged).toEqual([]);
});

test("says that the Log is frozen or recovering", () => {
  const stopped = {
    ...state,
    frozen: { by: { kind: "system" }, at: known.mergedAt, note: "x" } as never,
    recovering: { since: known.mergedAt, why: "x" },
  };
  expect(logPart(logView({ state: stopped }), [])).toMatchObject({ isFrozen: true, isRecovering: true });
});

test("the policy in force has its commit, governed files and pinned accounts; without one there is none", () => {
  const pinned = [{ person: "ana@example.com", login: "ana", id: 1 }];
  const accepted = {
    manifest: "m",
    at: known.mergedAt,
    by: { kind: "system" } as never,
    sequence: 1,
    governed: "g",
    pinned,
  };
  const view = logView({ state: { ...state, policy: { ...accepted, commit: "c" } } });
  expect(policyPart(view)).toEqual({
    policy: { digest: "0".repeat(64), manifest, governed: "g", commit: "c", pinned },
  });
  const { policy: _, ...none } = logView();
  expect(policyPart(none)).toEqual({});
});

test("earlier policies are asked for once each, and never the one in force", async () => {
  const asked: string[] = [];
  const policy = { manifest: "m", at: known.mergedAt, by: { kind: "system" } as never, sequence: 1, governed: "now" };
  const view = logView({
    state: { ...state, policy },
    readPolicy: async (governed) => {
      asked.push(governed);
      return governed === "before" ? { digest: "e", manifest, governed } : undefined;
    },
  });
  expect(await earlierPolicies(view, ["now", "before", "unknown", "before"])).toMatchObject([{ governed: "before" }]);
  expect(asked).toEqual(["before", "unknown"]);
});

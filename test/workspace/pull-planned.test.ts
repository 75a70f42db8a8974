import type { PullDecision } from "../../lib/approval/pull/pull-decision";
import type { AccessRequest } from "../../lib/model/request";
import type { Snapshot } from "../../lib/model/snapshot";
import { mergedWith } from "../../lib/workspace/pull-planned";
import { request } from "../reconcile/support/rules";

const [a, b, c] = ["a", "b", "c"].map((name) => request(name)) as [AccessRequest, AccessRequest, AccessRequest];

test("a commit that adds a request leaves those alone that it does not touch", () => {
  expect(names([a, b], { touched: [], stand: [c] })).toEqual(["a", "b", "c"]);
});

test("a commit that removes or narrows a request does that to no other", () => {
  expect(names([a, b, c], { touched: [b], stand: [] })).toEqual(["a", "c"]);
  const shorter = { ...b, durationSeconds: 60 };
  expect(merged([a, b], { touched: [b], stand: [shorter] }).requests).toEqual([a, shorter]);
});

interface Commit {
  readonly touched: readonly AccessRequest[];
  readonly stand: readonly AccessRequest[];
}

function merged(before: readonly AccessRequest[], { touched, stand }: Commit) {
  const snapshot = { log: { merged: touched } } as unknown as Snapshot;
  return mergedWith({ requests: before }, { snapshot, decision: { requests: stand } as unknown as PullDecision });
}

function names(before: readonly AccessRequest[], commit: Commit): readonly string[] {
  return merged(before, commit).requests.map(({ name }) => name);
}

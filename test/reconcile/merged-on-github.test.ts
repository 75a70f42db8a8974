/** With approvals on GitHub, a pass decides a request as the merge was decided that brought it. */
import { acceptPolicy, mergeBasis, recordMerge, recordMergedRequests } from "../../lib/reconcile";
import type { MergeFacts } from "../../lib/model/merge";
import { desiredState, grantItem } from "../../lib/policy";
import { failure } from "../../lib/errors";
import { House, installation, operator } from "./support/house";
import { request, rules } from "./support/rules";

const reading = request("read");
const writing = request("write", { access: ["orders/write"] });
const at = "2026-03-01T07:00:00.000Z";

test("what a verified merge brought is approved by its rule, what no merge brought by nobody", async () => {
  const house = await githubHouse();
  await recordMergedRequests({ ...house.parts(), requests: { requests: [reading] }, by: operator });
  await house.apply();
  expect(house.isIn()).toBe(false);
  const other = await githubHouse();
  await merge(other, {});
  await other.apply();
  expect(other.isIn()).toBe(true);
});

test.each([
  ["not verified", { unverified: true }],
  ["not verified, on a branch that asks for approval of the last push", { noAutomatic: true }],
])("a merge that was %s brings nothing automatically", async (_, facts) => {
  const house = await githubHouse();
  await merge(house, facts);
  await house.apply();
  expect(house.isIn()).toBe(false);
});

test("the approval of who made the merge does not count in a later pass either", async () => {
  for (const [authors, isIn] of [
    [["carol@x.test"], false],
    [["dora@x.test"], true],
  ] as const) {
    const house = await githubHouse();
    await merge(house, { authors });
    await house.apply();
    expect(house.isIn("alice@x.test", "orders-write")).toBe(isIn);
  }
});

test("a pass that may widen nothing still takes away", async () => {
  const house = await githubHouse();
  await merge(house, {});
  await house.apply();
  await recordMergedRequests({ ...house.parts(), requests: { requests: [writing] }, by: operator });
  const why = failure("E301", { detail: "main says something else", fix: "take it back" });
  const report = await house.apply({ widensNothing: why });
  expect(report.errors.map(({ code }) => code)).toEqual(["E301"]);
  expect([house.isIn(), house.isIn("alice@x.test", "orders-write")]).toEqual([false, true]);
});

async function githubHouse(): Promise<House> {
  const house = new House();
  house.manifest = rules({ approvals: "github" });
  const commit = "a".repeat(40);
  await acceptPolicy({ ...house.parts(), manifest: house.manifest, by: operator, commit, governed: "[]", pinned: [] });
  return house;
}

/** The merge of both requests; Carol approved the one that people have to approve. */
async function merge(house: House, facts: Partial<MergeFacts>): Promise<void> {
  const state = await house.state();
  const policy = state.policy?.manifest ?? "";
  const requests = { requests: [reading, writing] };
  const { grants } = desiredState({ installation, manifest: house.manifest, requests, asOf: at, state });
  await recordMerge({
    ...house.parts(),
    verdict: "approved",
    requests,
    merge: {
      commit: "c".repeat(40),
      authors: ["dora@x.test"],
      unverified: false,
      widening: "0".repeat(64),
      policy,
      rosters: [],
      requests: ["read", "write"],
      ...facts,
    },
    approvals: [
      {
        request: "write",
        person: "carol@x.test",
        by: { id: "carol", githubId: 3, authenticatedBy: "github" },
        at,
        source: "github",
        items: grants.filter(({ request: name }) => name === "write").map(grantItem),
        policy,
        commit: "b".repeat(40),
      },
    ],
    automatic: [],
    unapproved: [],
    refused: [],
    by: operator,
    basis: mergeBasis(state),
  });
}

/** With approvals on GitHub a pass decides a request as the merge that it came with was decided, without GitHub. */
import type { ApprovalGiven } from "../../lib/model/approval";
import type { Manifest } from "../../lib/model/manifest";
import type { MergeFacts } from "../../lib/model/merge";
import type { AccessRequest } from "../../lib/model/request";
import { desiredState, grantItem } from "../../lib/policy";
import { acceptPolicy, mergeBasis, recordMerge } from "../../lib/reconcile";
import { House, installation, operator } from "./support/house";
import { automatic, oneLead, request, rule, rules } from "./support/rules";

const writing = request("first", { access: ["orders/write"] });
const reading = request("first");
const crew = { name: "crew", members: [], groups: [], githubTeam: "acme/crew" };

test("a request that came with a merge starts with the approvals that were recorded", async () => {
  const house = await githubHouse();
  await record(house, writing, { people: ["carol@x.test"] });
  await house.apply();
  const grant = await house.grant(house.id("first", "alice@x.test", "orders/write"));
  expect(grant).toMatchObject({ phase: "active", approvedBy: "people", approvers: ["carol@x.test"] });
});

test.each([
  ["that people approve", writing],
  ["that a rule approves by itself", reading],
])("a request %s and that came with no merge is not approved", async (_, asked) => {
  const house = await githubHouse();
  await house.merge(asked);
  const report = await house.apply();
  expect(house.world.leases).toHaveLength(0);
  expect(report.exitCodes).toEqual([5]);
  expect(house.types()).not.toContain("decision.made");
});

test.each<[string, Partial<MergeFacts>, readonly string[], boolean]>([
  ["who made it does not count", { authors: ["dora@x.test", "carol@x.test"] }, ["carol@x.test"], false],
  ["one more is needed where a commit was not verified", { unverified: true }, ["carol@x.test"], false],
  ["and two are enough there", { unverified: true }, ["carol@x.test", "erin@x.test"], true],
  [
    "a member of a team counts as it was read",
    { rosters: [{ group: "crew", people: ["github:9"] }] },
    ["github:9"],
    true,
  ],
  ["nobody else of a team counts", { rosters: [{ group: "crew", people: ["github:9"] }] }, ["github:8"], false],
])("%s", async (_, facts, people, starts) => {
  const usesTeam = people.some((person) => person.startsWith("github:"));
  const steps = [{ approvals: 1, from: { kind: "groups", groups: [usesTeam ? "crew" : "leads"] } } as const];
  const house = await githubHouse({
    groups: [...rules().groups, crew].sort((a, b) => (a.name < b.name ? -1 : 1)),
    rules: [rule("writing", ["orders/write"], { steps })],
  });
  await record(house, writing, { people, facts });
  await house.apply();
  expect(house.isIn("alice@x.test", "orders-write")).toBe(starts);
});

test.each<[string, Partial<MergeFacts>, boolean]>([
  ["is approved by its rule", {}, true],
  ["with a commit that was not verified is not", { unverified: true }, false],
  ["nor where the branch asks for approval of the last push", { noAutomatic: true }, false],
])("a request that a rule approves by itself %s", async (_, facts, starts) => {
  const house = await githubHouse({
    rules: [rule("reading", ["orders/read"], { ...automatic, steps: oneLead.steps })],
  });
  await record(house, reading, { people: [], facts });
  await house.apply();
  expect(house.isIn()).toBe(starts);
});

async function githubHouse(parts: Partial<Manifest> = {}): Promise<House> {
  const house = new House();
  house.manifest = rules({ approvals: "github", ...parts });
  const input = { ...house.parts(), manifest: house.manifest, by: operator, commit: "a".repeat(40), governed: "[]" };
  await acceptPolicy({ ...input, pinned: [] });
  return house;
}

/** Records a merge that brought one request, approved by some people. */
async function record(
  house: House,
  asked: AccessRequest,
  of: { readonly people: readonly string[]; readonly facts?: Partial<MergeFacts> },
): Promise<void> {
  const state = await house.state();
  const policy = state.policy?.manifest ?? "";
  const requests = { requests: [asked] };
  const asOf = house.clock.now();
  const items = desiredState({ installation, manifest: house.manifest, requests, asOf, state }).grants.map(grantItem);
  const recorded = await recordMerge({
    ...house.parts(),
    by: operator,
    verdict: "approved",
    requests,
    merge: {
      commit: "c".repeat(40),
      pull: 7,
      authors: ["dora@x.test"],
      unverified: false,
      widening: "0".repeat(64),
      policy,
      rosters: [],
      requests: [asked.name],
      ...of.facts,
    },
    approvals: of.people.map((person): ApprovalGiven => ({
      request: asked.name,
      person,
      by: { id: person, githubId: 1, authenticatedBy: "github" },
      at: asOf,
      source: "github",
      items,
      policy,
      commit: "b".repeat(40),
    })),
    automatic: [],
    unapproved: [],
    refused: [],
    basis: mergeBasis(state),
  });
  expect(recorded).toEqual({ kind: "recorded", refused: [] });
}

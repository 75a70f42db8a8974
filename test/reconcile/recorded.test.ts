/** What is recorded beside passes: policies, requests, confirmations. */
import { acceptPolicy, confirmRemovals, readRequests, recordMergedRequests } from "../../lib/reconcile";
import type { AccessRequest } from "../../lib/model/request";
import { House, operator } from "./support/house";
import { request, rules } from "./support/rules";

function merge(house: House, ...requests: readonly AccessRequest[]) {
  return recordMergedRequests({ ...house.parts(), requests: { requests }, by: operator });
}

test("the first acceptance is a bootstrap, the same again records nothing, another one is no bootstrap", async () => {
  const house = new House();
  const accept = (parts = {}) => acceptPolicy({ ...house.parts(), manifest: house.manifest, by: operator, ...parts });
  expect(await accept()).toMatchObject({ bootstrap: true, changed: true });
  const records = house.store.lines.length;
  expect(await accept()).toMatchObject({ changed: false });
  expect(house.store.lines).toHaveLength(records);
  expect(await accept({ manifest: rules({ protected: ["group:leads"] }) })).toMatchObject({
    bootstrap: false,
    changed: true,
  });
});

test("requests that are in the accepted commit and not in the Log are spent, also with an automatic rule", async () => {
  const house = new House();
  await acceptPolicy({
    ...house.parts(),
    manifest: house.manifest,
    by: operator,
    commit: "c".repeat(40),
    requestsInCommit: ["old"],
  });
  const merged = await merge(house, request("new"), request("old", { for: ["bob@x.test"] }));
  expect(merged.refused.map((one) => one.code)).toEqual(["E113"]);
  await house.apply();
  expect([house.isIn("alice@x.test"), house.isIn("bob@x.test")]).toEqual([true, false]);
});

test("the same set again records nothing; what is new, narrower and gone is named", async () => {
  const house = await House.open();
  expect(await merge(house, request("a"), request("b"))).toMatchObject({ added: ["a", "b"], changed: true });
  const records = house.store.lines.length;
  expect(await merge(house, request("a"), request("b"))).toMatchObject({ changed: false });
  expect(house.store.lines).toHaveLength(records);
  const next = await merge(house, request("b", { durationSeconds: 60 }), request("c"));
  expect(next).toMatchObject({ added: ["c"], narrowed: ["b"], removed: ["a"], refused: [] });
});

test.each<[string, Partial<AccessRequest>]>([
  ["it got longer", { durationSeconds: 3601 }],
  ["cache/read was added", { access: ["cache/read", "orders/read"] }],
  ["bob@x.test was added", { for: ["alice@x.test", "bob@x.test"] }],
  ["its reason changed", { reason: "another one" }],
  ["its ticket changed", { ticket: "T-1" }],
  ["startBefore moved to later", { startBefore: "2026-03-03T00:00:00.000Z" }],
])("an edit that is no narrowing (%s) is refused, and holds up no removal of another file", async (words, edit) => {
  const house = await House.open();
  await merge(house, request("a"), request("b", { for: ["bob@x.test"] }));
  await house.apply();
  const merged = await merge(house, request("a", edit));
  expect(merged.refused).toMatchObject([
    { code: "E112", detail: `a is merged, but ${words}; it goes on as it was merged` },
  ]);
  await house.apply();
  expect([house.isIn("alice@x.test"), house.isIn("bob@x.test")]).toEqual([true, false]);
});

test("a name that was removed cannot be used again", async () => {
  const house = await House.open();
  await merge(house, request("a"));
  await merge(house);
  const again = await merge(house, request("a", { for: ["bob@x.test"] }));
  expect(again.refused).toMatchObject([{ code: "E113" }]);
  expect(await readRequests(house.store, await house.state())).toEqual({ requests: [] });
  await house.apply();
  expect(house.isIn("bob@x.test")).toBe(false);
});

test("a confirmation is on record", async () => {
  const house = await House.open();
  await confirmRemovals({ ...house.parts(), count: 7, by: operator });
  expect(house.bodies().at(-1)).toEqual({ type: "removals.confirmed", count: 7, by: operator });
});

test("while another writer holds the Log, what widens is refused with E605", async () => {
  const house = await House.open();
  await house.store.takeEpoch({ holder: "another", waitMs: 0 });
  await expect(merge(house, request("a"))).rejects.toMatchObject({ code: "E605" });
  await expect(house.accept()).rejects.toMatchObject({ code: "E605" });
});

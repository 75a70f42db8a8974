/** What is approved before it starts, and what is recorded of it. */
import { plusSeconds } from "../../lib/model/instant";
import type { ApprovalGiven } from "../../lib/model/approval";
import { House } from "./support/house";
import { automatic, gateway, oneLead, request, rule, rules } from "./support/rules";

const writing = { access: ["orders/write"] };

test("a grant that people have to approve waits, and starts with the pass after the approval", async () => {
  const house = await House.open();
  await house.merge(request("first", writing));
  const waiting = await house.apply();
  expect(waiting.approvals.map((one) => one.request)).toEqual(["first"]);
  expect(waiting.exitCodes).toEqual([5]);
  expect((await house.pass()).exitCodes).toEqual([]);
  await house.approve("first");
  await house.pass();
  const grant = await house.grant(house.id("first", "alice@x.test", "orders/write"));
  expect(grant).toMatchObject({ phase: "active", approvedBy: "people", approvers: ["carol@x.test"] });
});

test("an approval is given on requests that are not merged yet, and given twice it is recorded once", async () => {
  const house = await House.open();
  const first = request("first", writing);
  await house.approve("first", "carol@x.test", [first]);
  await house.approve("first", "carol@x.test", [first]);
  expect(house.types().filter((type) => type === "approval.given")).toHaveLength(1);
  await house.merge(first);
  await house.apply();
  expect(house.isIn("alice@x.test", "orders-write")).toBe(true);
});

test.each([
  ["alice@x.test", "gains access"],
  ["bob@x.test", "is in no group that is asked; carol@x.test, erin@x.test could"],
  ["nobody@x.test", "carol@x.test, erin@x.test could"],
])("%s cannot approve: %s", async (person, words) => {
  const house = await House.open({
    manifest: rules({
      groups: [
        ...rules().groups.filter((one) => one.name === "devs"),
        { name: "leads", members: ["carol@x.test", "erin@x.test", "alice@x.test"], groups: [] },
      ],
    }),
  });
  await house.merge(request("first", writing));
  const refused = house.approve("first", person);
  await expect(refused).rejects.toMatchObject({ code: "E401" });
  await expect(refused).rejects.toThrow(words);
});

test("local approvals are refused for a real gateway, and where the policy takes them from GitHub", async () => {
  const real = rules({ gateways: { [gateway]: { provider: "hoop", url: "http://127.0.0.1:1", users: "existing" } } });
  for (const manifest of [real, rules({ approvals: "github" })]) {
    const house = await House.open({ manifest });
    await house.merge(request("first", writing));
    await expect(house.approve("first")).rejects.toMatchObject({ code: "E402" });
  }
});

test("without a policy, without the request and after it has started there is nothing to approve", async () => {
  const bare = new House();
  await expect(bare.approve("first")).rejects.toMatchObject({ code: "E305" });
  const house = await House.open();
  await expect(house.approve("first")).rejects.toMatchObject({ code: "E107" });
  await house.withAlice();
  await expect(house.approve("first")).rejects.toMatchObject({ code: "E400" });
});

test("an automatic approval is decided once: a budget does not count it again while it waits for its gateway", async () => {
  const budget = { grants: 1, perSeconds: 86_400 };
  const house = await House.open({
    manifest: rules({
      rules: [
        rule("reading", ["orders/read", "cache/read"], {
          ...automatic,
          automatic: { ...automatic.automatic!, budget },
        }),
      ],
    }),
  });
  await house.apply();
  await house.merge(request("first"));
  house.faults = (call) => (call.name === "findSpent" ? { kind: "drop" } : undefined);
  await house.pass();
  expect(house.types().filter((type) => type === "decision.made")).toHaveLength(1);
  house.faults = undefined;
  await house.pass();
  await house.pass();
  expect(house.isIn()).toBe(true);
  expect(house.types().filter((type) => type === "decision.made")).toHaveLength(1);
  await house.merge(request("first"), request("second", { access: ["cache/read"] }));
  await house.pass();
  expect(await house.grant(house.id("second", "alice@x.test", "cache/read"))).toMatchObject({
    phase: "rejected",
    rejectReason: "refused by a rule",
  });
});

test("what was approved before keeps its place in a budget, also against a later request that sorts before it", async () => {
  const budget = { grants: 1, perSeconds: 86_400 };
  const house = await House.open({
    manifest: rules({
      rules: [
        rule("reading", ["orders/read", "cache/read"], {
          ...automatic,
          automatic: { ...automatic.automatic!, budget },
        }),
      ],
    }),
  });
  await house.apply();
  await house.merge(request("first"));
  house.faults = (call) => (call.name === "findSpent" ? { kind: "drop" } : undefined);
  await house.pass();
  house.faults = undefined;
  const earlier = Array.from({ length: 50 }, (_, index) => `r${index}`).find(
    (name) => house.id(name, "alice@x.test", "cache/read") < house.id("first"),
  )!;
  await house.merge(request("first"), request(earlier, { access: ["cache/read"] }));
  await house.pass();
  expect((await house.grant(house.id("first")))?.phase).toBe("active");
  expect((await house.grant(house.id(earlier, "alice@x.test", "cache/read")))?.phase).toBe("rejected");
});

test("two requests in one pass share a budget", async () => {
  const budget = { grants: 1, perSeconds: 86_400 };
  const house = await House.open({
    manifest: rules({
      rules: [
        rule("reading", ["orders/read", "cache/read"], {
          ...automatic,
          automatic: { ...automatic.automatic!, budget },
        }),
      ],
    }),
  });
  await house.merge(request("first"), request("second", { access: ["cache/read"] }));
  await house.apply();
  const phases = [...(await house.state()).grants.values()].map((grant) => grant.phase);
  expect(phases.toSorted()).toEqual(["active", "rejected"]);
});

test("an automatic approval of a rule that was edited since is decided anew", async () => {
  const house = await House.open();
  await house.apply();
  await house.merge(request("first"));
  house.faults = (call) => (call.name === "findSpent" ? { kind: "drop" } : undefined);
  await house.pass();
  house.faults = undefined;
  house.manifest = rules({ rules: [rule("reading", ["cache/read", "orders/read"], oneLead)] });
  await house.accept();
  const report = await house.apply();
  expect(house.isIn()).toBe(false);
  expect(report.approvals.map((one) => one.request)).toEqual(["first"]);
});

test("approvals of a source are recorded before anything starts on them, and a source is asked only for what waits", async () => {
  const house = await House.open();
  await house.merge(request("first", writing), request("second"));
  await house.apply();
  const asked: (readonly string[])[] = [];
  const wanted = (await house.apply()).approvals;
  expect(wanted).toHaveLength(1);
  const approval: ApprovalGiven = {
    ...(await approvalBy("carol@x.test", house)),
    at: plusSeconds(house.clock.now(), -1),
  };
  const approvalSource = {
    approvalsFor: (requests: readonly string[]) => {
      asked.push(requests);
      return Promise.resolve([approval]);
    },
  };
  await house.pass({ approvalSource });
  expect(asked).toEqual([["first"]]);
  const types = house.types();
  expect(types.lastIndexOf("approval.given")).toBeLessThan(types.lastIndexOf("activation.intended"));
  expect(house.isIn("alice@x.test", "orders-write")).toBe(true);
});

/** What carol would record of the first request, without recording it. */
async function approvalBy(person: string, house: House): Promise<ApprovalGiven> {
  const copy = await house.copy();
  await copy.approve("first", person);
  const body = copy.bodies().findLast((one) => one.type === "approval.given");
  if (body?.type !== "approval.given") throw new Error("nothing was approved");
  return body.approval;
}

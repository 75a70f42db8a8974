import { Duration } from "leasehold";
import { Testing } from "leasehold/testing";
import app from "./access";

// What Harbourlight wants its rules to mean. Run with jest: `npx jest examples/company`.
const rules = Testing.synth(app, { limits: { maxDurationSeconds: Duration.hours(12).seconds } });

const at = (name: string) => `${name}@harbourlight.example`;
const ben = at("ben.carter");
const marek = at("marek.novak");
const jonas = at("jonas.weber");
const priya = at("priya.raman");
const tomas = at("tomas.lindqvist");
const grace = at("grace.kim");
const anna = at("anna.kowalska");
const iris = at("iris.vogel");
const mei = at("mei.chen");
const sofia = at("sofia.greco");
const mateo = at("mateo.rivera");

// A Wednesday, 11:00 in Berlin, and the night after it.
const morning = "2026-11-25T10:00:00Z";
const midnight = "2026-11-25T23:00:00Z";

describe("orders", () => {
  test("an hour on the orders takes one lead; more takes security too", () => {
    const hour = rules.approvalFor({ person: ben, connection: "orders-db/read", duration: Duration.hours(1) });
    expect(hour.steps.map((step) => step.words)).toEqual(["1 of orders-leads"]);

    const night = rules.approvalFor({ person: ben, connection: "orders-db/read", duration: Duration.hours(3) });
    expect(night.steps.map((step) => step.words)).toEqual([
      "1 of orders-leads",
      expect.stringContaining("1 of security"),
    ]);
  });

  test("nobody but backend may ask for them", () => {
    expect(rules.whoMayAsk("orders-db/write")).toEqual(expect.arrayContaining([ben, marek]));
    for (const person of [priya, mei, sofia, mateo, iris]) {
      expect(rules.mayAsk({ person, connection: "orders-db/write" })).toBe(false);
    }
  });

  test("writing takes a lead and security: two people, neither of them who asks", () => {
    const asked = { person: marek, connection: "orders-db/write", duration: Duration.hours(1) };
    expect(rules.decisionFor(asked, { approvedBy: [jonas] }).verdict).toBe("waiting");
    expect(rules.decisionFor(asked, { approvedBy: [jonas, tomas] }).verdict).toBe("waiting");
    expect(rules.decisionFor(asked, { approvedBy: [jonas, marek] }).verdict).toBe("waiting");
    expect(rules.decisionFor(asked, { approvedBy: [jonas, grace] }).verdict).toBe("approved");
    expect(rules.decisionFor(asked, { approvedBy: [jonas, grace], author: jonas }).verdict).toBe("waiting");
  });

  test("writing is two hours at most, and wants a ticket", () => {
    const asked = { person: marek, connection: "orders-db/write" };
    expect(rules.mayAsk({ ...asked, duration: Duration.hours(2) })).toBe(true);
    expect(rules.whyRefused({ ...asked, duration: Duration.hours(3) })).toContain("2 h");
    expect(rules.tryFindRule(asked)).toMatchObject({ name: "orders-write", ticketRequired: true });
  });

  test("a migration runs early on Tuesday or Thursday, and is over when the window closes", () => {
    const asked = {
      person: marek,
      connection: "orders-db/write",
      rule: "orders-migration",
      duration: Duration.hours(6),
    };
    expect(rules.endOf({ ...asked, at: "2026-11-26T05:00:00Z" })).toBe("2026-11-26T08:00:00.000Z");
    expect(rules.endOf({ ...asked, at: morning })).toBeUndefined();
  });
});

describe("what needs nobody", () => {
  const printers = { person: mei, connection: "label-printers/write" };

  test("logistics fixes its printers without asking, five times a day", () => {
    expect(rules.approvalFor({ ...printers, at: morning }).by).toBe("automatic");
    const today = ["07:00", "07:30", "08:00", "08:30", "09:00"].map((time) => `2026-11-25T${time}:00Z`);
    expect(rules.approvalFor({ ...printers, at: morning }, { activations: today.slice(1) }).by).toBe("automatic");
    expect(rules.approvalFor({ ...printers, at: morning }, { activations: today }).by).toBe("people");
  });

  test("support works by day; at night their manager is asked", () => {
    const asked = { person: mateo, connection: "search/read" };
    expect(rules.approvalFor({ ...asked, at: morning }).by).toBe("automatic");
    const [step] = rules.approvalFor({ ...asked, at: midnight }).steps;
    expect(step?.people).toEqual([at("diego.fuentes")]);
  });

  test("nothing critical is ever given without people", () => {
    const critical = rules.manifest.resources.filter((one) => one.class === "critical").map((one) => one.name);
    const connections = rules.manifest.connections.filter((one) => critical.includes(one.resource));
    expect(connections.length).toBeGreaterThan(5);
    for (const { id } of connections) {
      for (const person of rules.whoMayAsk(id)) {
        if (person.startsWith("service:")) continue;
        expect({ person, id, by: rules.approvalFor({ person, connection: id, at: morning }).by }).toMatchObject({
          by: "people",
        });
      }
    }
  });
});

describe("the house", () => {
  test("on call for the cluster: platform, and security for more than an hour", () => {
    const asked = { person: anna, connection: "cluster/admin" };
    expect(rules.approvalFor({ ...asked, duration: Duration.hours(1) }).steps).toHaveLength(1);
    expect(rules.approvalFor({ ...asked, duration: Duration.hours(2) }).steps).toHaveLength(2);
  });

  test("everybody may ask for staging, and for nothing else that has no rule with them in it", () => {
    expect(rules.whatMayBeAskedBy(iris)).toEqual(
      expect.arrayContaining(["staging-cache/write", "staging-cluster/admin"]),
    );
    expect(rules.whatMayBeAskedBy(sofia)).not.toContain("payments-db/read");
  });

  test("the rules have nothing odd that we do not know", () => {
    expect(rules.notes).toEqual([]);
  });
});

import * as fc from "fast-check";
import { canonicalJson } from "../../lib/model/canonical";
import type { Refusal } from "../../lib/model/desired";
import { grantId } from "../../lib/model/grant";
import type { LogState } from "../../lib/model/log-state";
import type { Manifest } from "../../lib/model/manifest";
import type { AccessRequest } from "../../lib/model/request";
import { desiredState } from "../../lib/policy";
import {
  activeGrant,
  connection,
  grantsById,
  hours,
  installation,
  manifest,
  merged,
  now,
  request,
  resource,
  rule,
  state,
} from "../support/core";

function desired(
  requests: readonly AccessRequest[],
  more: { rules?: Manifest; log?: LogState; before?: readonly AccessRequest[]; asOf?: string } = {},
): ReturnType<typeof desiredState> {
  return desiredState({
    installation,
    manifest: more.rules ?? manifest(),
    requests: { requests },
    asOf: more.asOf ?? now,
    state: more.log ?? state(),
    ...(more.before === undefined ? {} : { merged: { requests: more.before } }),
  });
}

function onlyRefusal(result: ReturnType<typeof desiredState>): Refusal {
  expect(result.refusals).toHaveLength(1);
  return result.refusals[0]!;
}

describe("the grants of a request", () => {
  it("are one per person and Connection, under the id that installation, name, person and Connection give", () => {
    const { grants, refusals } = desired([
      request("r1", { for: ["group:backend"], access: ["orders-db/read", "orders-db/write"] }),
    ]);
    expect(refusals).toEqual([]);
    expect(grants.map((one) => `${one.person} ${one.connection} ${one.rule} ${one.via}`).sort()).toEqual([
      "alice@example.com orders-db/read orders-read backend",
      "alice@example.com orders-db/write orders-write backend",
      "bob@example.com orders-db/read orders-read backend",
      "bob@example.com orders-db/write orders-write backend",
    ]);
    for (const { id, person, connection: way } of grants) {
      expect(id).toBe(grantId({ installation, request: "r1", person, connection: way }));
    }
  });

  it("name a person once, also when a group and a line of the request do", () => {
    const { grants } = desired([request("r1", { for: ["alice@example.com", "group:backend"] })]);
    expect(grants.map((one) => [one.person, one.via])).toEqual(
      expect.arrayContaining([
        ["alice@example.com", undefined],
        ["bob@example.com", "backend"],
      ]),
    );
    expect(grants).toHaveLength(2);
  });

  it("last for the rule's default where the request says nothing, and never longer than the organisation allows", () => {
    const { durationSeconds: _, ...silent } = request("r1");
    expect(desired([silent]).grants[0]!.durationSeconds).toBe(3600);
    const capped = manifest({ limits: { ...manifest().limits, maxDurationSeconds: 600 } });
    expect(desired([silent], { rules: capped }).grants[0]!.durationSeconds).toBe(600);
  });

  it("expand nested groups, also when they go in a circle", () => {
    const rules = manifest({
      groups: [
        { name: "backend", members: ["alice@example.com"], groups: ["more"] },
        { name: "more", members: ["bob@example.com"], groups: ["backend"] },
        ...manifest().groups.filter((one) => one.name !== "backend"),
      ],
    });
    expect(desired([request("r1", { for: ["group:backend"] })], { rules }).grants).toHaveLength(2);
  });

  it("are left out once they have ended or were rejected", () => {
    const first = desired([request("r1")]).grants[0]!;
    const log = state({
      names: merged(request("r1")),
      grants: grantsById(activeGrant(first, hours(-3), { phase: "ended" })),
    });
    expect(desired([request("r1")], { log })).toMatchObject({ grants: [], refusals: [], lapsed: [] });
  });
});

describe("the deciding rule", () => {
  const rules = manifest({
    rules: [
      rule("short", { maxDurationSeconds: 1800, defaultDurationSeconds: 900 }),
      rule("long", { maxDurationSeconds: 12 * 3600 }),
    ],
  });

  it("is the first that matches, also when its maximum refuses", () => {
    const refusal = onlyRefusal(desired([request("r1", { durationSeconds: 3600 })], { rules }));
    expect(refusal.reason).toBe("longer than the rule allows");
    expect(refusal.sentence).toBe("1 h is longer than rule short allows: at most 30 min.");
    expect(refusal.fix).toBe("ask for 30m or less, or ask for rule long (up to 12 h, 1 approval)");
  });

  it("is another matching one when the request names it", () => {
    const { grants } = desired([request("r1", { rule: "long" })], { rules });
    expect(grants.map((one) => one.rule)).toEqual(["long"]);
  });

  it("is refused when the named one does not match or does not exist", () => {
    expect(onlyRefusal(desired([request("r1", { rule: "orders-write" })])).sentence).toBe(
      "Rule orders-write does not let alice@example.com ask for orders-db/read.",
    );
    const unknown = onlyRefusal(desired([request("r1", { rule: "orders-raed" })]));
    expect(unknown.sentence).toBe("There is no rule orders-raed, did you mean orders-read?");
    expect(unknown.fix).toBe("write `rule: orders-read`, or leave `rule` out");
  });
});

describe("what is refused", () => {
  it("says whom it meant when a person is unknown", () => {
    const refusal = onlyRefusal(desired([request("r1", { for: ["alise@example.com"] })]));
    expect(refusal.sentence).toBe("The rules do not know alise@example.com, did you mean alice@example.com?");
  });

  it("says which Connection it meant, and which there are", () => {
    const refusal = onlyRefusal(desired([request("r1", { access: ["orders-db/raed"] })]));
    expect(refusal.sentence).toBe("The rules have no connection orders-db/raed, did you mean orders-db/read?");
    expect(refusal.fix).toBe("ask for orders-db/read or orders-db/write");
  });

  it("is a pair that no rule matches, with what this person may ask for instead", () => {
    const rules = manifest({
      rules: [rule("orders-read", { who: ["frank@example.com"] }), rule("orders-write", { may: ["orders-db/write"] })],
    });
    const frank = onlyRefusal(desired([request("r1", { for: ["alice@example.com"] })], { rules }));
    expect(frank.sentence).toBe("No rule lets alice@example.com ask for orders-db/read.");
    expect(frank.fix).toBe("ask for orders-db/write (rule orders-write)");
  });

  it("is an unknown group, and a group whose members are on GitHub", () => {
    expect(onlyRefusal(desired([request("r1", { for: ["group:backnd"] })])).sentence).toBe(
      "The rules have no group backnd, did you mean backend?",
    );
    const rules = manifest({ groups: [{ name: "team", members: [], groups: [], githubTeam: "acme/team" }] });
    expect(onlyRefusal(desired([request("r1", { for: ["group:team"] })], { rules })).reason).toBe(
      "group may only approve",
    );
  });

  it("is a request without a ticket where the rule wants one", () => {
    const rules = manifest({ rules: [rule("orders-read", { ticketRequired: true })] });
    expect(onlyRefusal(desired([request("r1")], { rules })).reason).toBe("ticket required");
    expect(desired([request("r1", { ticket: "INC-1" })], { rules }).refusals).toEqual([]);
  });

  it("is a start too far ahead, for a new request only", () => {
    const far = request("r1", { startBefore: hours(31 * 24) });
    expect(onlyRefusal(desired([far])).reason).toBe("start too far ahead");
    expect(desired([far]).grants).toEqual([]);
    expect(desired([far], { log: state({ names: merged(far) }) }).grants).toHaveLength(1);
  });

  it("is more than the organisation allows", () => {
    const rules = manifest({ limits: { ...manifest().limits, maxDurationSeconds: 1800 } });
    const refusal = onlyRefusal(desired([request("r1")], { rules }));
    expect(refusal.sentence).toBe("1 h is longer than the organisation allows: at most 30 min.");
  });

  it("is a request for too many pairs", () => {
    const people = Array.from({ length: 51 }, (_, index) => ({ email: `p${index}@example.com` }));
    const ways = Array.from({ length: 100 }, (_, index) => connection("orders-db", `level-${index}`));
    const rules = manifest({
      users: people,
      groups: [{ name: "backend", members: people.map((one) => one.email), groups: [] }],
      connections: ways,
      rules: [rule("all", { may: ways.map((one) => one.id) })],
    });
    const wide = request("r1", { for: ["group:backend"], access: ways.map((one) => one.id) });
    const result = desired([wide], { rules });
    expect(onlyRefusal(result).reason).toBe("too many pairs");
    expect(result.grants).toEqual([]);
  });

  it("is a name that was removed and came back", () => {
    const old = request("r1");
    const names = new Map([["r1", { digest: "d", mergedAt: hours(-5), removedAt: hours(-2), spent: false }]]);
    expect(onlyRefusal(desired([old], { log: state({ names }) })).reason).toBe("name is spent");
  });

  it("is nothing that can no longer start: an old request is noted as lapsed", () => {
    const old = request("r1", { for: ["gone@example.com"], startBefore: hours(-1) });
    const result = desired([old], { log: state({ names: merged(old) }) });
    expect(result.refusals).toEqual([]);
    expect(result.lapsed).toEqual([
      {
        request: "r1",
        sentence: `Request r1 could start until ${hours(-1)} and no longer counts. The rules do not know gone@example.com.`,
      },
    ]);
  });
});

describe("a merged request", () => {
  const before = request("r1", { for: ["alice@example.com", "bob@example.com"], startAfter: hours(1) });
  const log = state({ names: merged(before) });

  it.each<[string, Partial<AccessRequest>]>([
    ["fewer people", { for: ["alice@example.com"] }],
    ["a shorter duration", { durationSeconds: 60 }],
    ["a start window inside", { startAfter: hours(2), startBefore: hours(3) }],
  ])("may be narrowed by %s", (_, edit) => {
    const result = desired([{ ...before, ...edit }], { log, before: [before] });
    expect(result.refusals).toEqual([]);
    expect(result.grants.length).toBeGreaterThan(0);
  });

  it.each<[string, Partial<AccessRequest>, string]>([
    ["a longer duration", { durationSeconds: 7200 }, "it got longer"],
    ["another Connection", { access: ["orders-db/write"] }, "orders-db/write was added"],
    ["another person", { for: ["frank@example.com"] }, "frank@example.com was added"],
    ["a later start", { startBefore: hours(30) }, "startBefore moved to later"],
    ["an earlier start", { startAfter: hours(0.5) }, "startAfter moved to earlier"],
    ["another reason", { reason: "other" }, "its reason changed"],
    ["a ticket", { ticket: "INC-9" }, "its ticket changed"],
    ["a rule", { rule: "orders-read" }, "its rule changed"],
  ])("may not be changed by %s", (_, edit, why) => {
    const rules = manifest({
      rules: [
        rule("orders-read", {
          who: ["group:backend", "frank@example.com"],
          may: ["orders-db/read", "orders-db/write"],
        }),
      ],
    });
    const result = desired([{ ...before, ...edit }], { log, before: [before], rules });
    expect(result.grants).toEqual([]);
    expect(result.refusals[0]!.sentence).toBe(`Request r1 is merged and may only be narrowed, but ${why}.`);
  });

  it("that is only new to the Log may still be edited", () => {
    expect(desired([{ ...before, durationSeconds: 7200 }], { before: [before] }).refusals).toEqual([]);
  });
});

describe("an active grant", () => {
  const asked = request("r1", { durationSeconds: 7200 });
  const granted = desired([asked]).grants[0]!;
  const log = state({ names: merged(asked), grants: grantsById(activeGrant(granted, hours(-1))) });

  it("stays when the rule's maximum is shortened", () => {
    const rules = manifest({ rules: [rule("orders-read", { maxDurationSeconds: 60, defaultDurationSeconds: 60 })] });
    expect(desired([asked], { rules, log }).grants[0]).toMatchObject({ id: granted.id, durationSeconds: 7200 });
  });

  it("keeps its length when a new default is shorter and the request says none", () => {
    const { durationSeconds: _, ...silent } = asked;
    const rules = manifest({ rules: [rule("orders-read", { defaultDurationSeconds: 60 })] });
    expect(desired([silent], { rules, log }).grants[0]!.durationSeconds).toBe(7200);
  });

  it("stays under its own rule when another one decides now", () => {
    const rules = manifest({ rules: [rule("newer"), rule("orders-read")] });
    expect(desired([asked], { rules, log }).grants[0]!.rule).toBe("orders-read");
  });

  it.each<[string, Manifest]>([
    ["its rule", manifest({ rules: [rule("other")] })],
    ["its person", manifest({ users: manifest().users.slice(1) })],
    ["its Connection", manifest({ connections: [connection("orders-db", "write")] })],
    ["its person from the rule", manifest({ rules: [rule("orders-read", { who: ["frank@example.com"] })] })],
  ])("is no longer desired without %s, and that is not a refusal", (_, rules) => {
    expect(desired([asked], { rules, log })).toMatchObject({ grants: [], refusals: [] });
  });

  it("is shortened by a narrowed request and untouched by a refused edit", () => {
    const shorter = { ...asked, durationSeconds: 3600 };
    expect(desired([shorter], { log, before: [asked] }).grants[0]!.durationSeconds).toBe(3600);
    const longer = { ...asked, durationSeconds: 9000 };
    expect(desired([longer], { log, before: [asked] }).grants[0]!.durationSeconds).toBe(7200);
  });
});

describe("the objects of a gateway", () => {
  const rules = manifest({
    resources: [
      resource("orders-db", { host: "orders.internal", port: 5432 }),
      resource("tools", { gateway: "other" }),
    ],
    connections: [
      connection("orders-db", "read", { guardrails: ["no-delete"], maskingRules: ["pii"], adopt: true }),
      connection("tools", "admin"),
    ],
    guardrails: [
      { name: "no-delete", input: [{ type: "denyWords", words: ["DELETE"] }], output: [], adopt: true },
      { name: "unused", input: [], output: [] },
    ],
    maskingRules: [{ name: "pii", entityTypes: ["EMAIL_ADDRESS"] }],
    rules: [rule("orders-read", { who: ["group:backend", "service:ci"] })],
    gateways: { main: { provider: "memory", users: "declared" }, other: { provider: "memory", users: "existing" } },
  });
  const { objects, adoptions } = desired([], { rules });

  it("are the gate over all its Connections, what hangs on them, and who may ask there", () => {
    expect(objects["main"]!.map((one) => `${one.kind} ${one.name}`)).toEqual([
      "gate leasehold-gate",
      "guardrail no-delete",
      "maskingRule pii",
      "connection orders-db-read",
      "user alice@example.com",
      "user bob@example.com",
      "user service:ci",
    ]);
    expect(objects["main"]![0]).toMatchObject({ connections: ["orders-db-read"] });
    expect(objects["main"]![3]).toMatchObject({ host: "orders.internal", port: 5432, resourceKind: "postgresql" });
  });

  it("have no users where those are the gateway's own business", () => {
    expect(objects["other"]!.map((one) => one.kind)).toEqual(["gate", "connection"]);
  });

  it("are adopted only where the rules say so, and never carry that word to the gateway", () => {
    expect(adoptions).toEqual(["main:connection:orders-db-read", "main:guardrail:no-delete"]);
    expect(canonicalJson(objects)).not.toContain("adopt");
  });
});

it("does not depend on the order of requests", () => {
  const requests = ["r1", "r2", "r3", "r4"].map((name) => request(name, { for: ["group:backend"] }));
  const expected = canonicalJson(desired(requests));
  fc.assert(
    fc.property(fc.shuffledSubarray(requests, { minLength: 4 }), (some) => {
      expect(canonicalJson(desired(some))).toBe(expected);
    }),
  );
});

it("decides 50,000 pairs against 40,000 people without comparing each with each", () => {
  const users = Array.from({ length: 40_000 }, (_, index) => ({ email: `p${index}@example.com` }));
  const rules = manifest({
    users,
    groups: [{ name: "backend", members: users.map((one) => one.email), groups: [] }],
  });
  const requests = Array.from({ length: 50_000 }, (_, index) =>
    request(`r-${index}`, { for: [`p${index % 40_000}@example.com`] }),
  );
  expect(desired(requests, { rules }).grants).toHaveLength(50_000);
});

/** Who and what random histories are about: accounts, policies, requests, and how they are changed. */
import type { Dice } from "./dice";
import type { Account, Ask, Policy, Rule, Step } from "./world";

interface CastAccount extends Account {
  /** The declared User whose login this account had when it was pinned. */
  readonly pinnedAs?: string;
}

const user = (id: number, login: string, pinnedAs?: string): CastAccount => ({
  id,
  login,
  kind: "user",
  ...(pinnedAs === undefined ? {} : { pinnedAs: `${pinnedAs}@example.com` }),
});

/** Accounts as GitHub shows them now: Cat writes herself with a capital, gil has a new login, and somebody has the old one. */
export const accounts = {
  ann: user(101, "ann", "ann"),
  ben: user(102, "ben", "ben"),
  cat: user(103, "Cat", "cat"),
  dan: user(104, "dan", "dan"),
  eve: user(105, "eve", "eve"),
  fay: user(106, "fay", "fay"),
  gil: user(107, "gil-new", "gil"),
  impostor: user(901, "GIL"),
  tom: user(201, "tom"),
  uma: user(202, "uma"),
  outsider: user(203, "zed"),
  bot: { ...user(301, "robo", "rob"), kind: "bot" },
  organization: { ...user(302, "acme"), kind: "organization" },
  mannequin: { ...user(303, "dan-mannequin"), kind: "mannequin" },
  web: user(19_864_447, "web-flow"),
} satisfies Record<string, CastAccount>;

/** Somebody who reviews or pushes, mostly somebody who should not. */
export function anyReviewer(dice: Dice): CastAccount {
  return dice.pick(Object.values(accounts));
}

const mail = (name: string): string => `${name}@example.com`;
const groupsStep = (count: number, ...groups: string[]): Step => ({ count, from: groups });

/** The first policy of a history: always the same company, with other steps and bounds. */
export function firstPolicy(dice: Dice): Policy {
  const people = ["ann", "ben", "cat", "dan", "eve", "fay", "gil"].map((name) => ({
    email: mail(name),
    login: name,
    manager: mail(name === "cat" || name === "eve" ? "dan" : "cat"),
  }));
  const lead = groupsStep(1, "leads");
  const ordersClass = dice.pick(["medium", "high"]);
  const write: Step[] = dice.pick([
    [lead, groupsStep(1, "security")],
    [{ count: 1, from: "manager" }, groupsStep(1, "security", "leads")],
    [{ ...lead, longerThan: 2 }, groupsStep(1, "approvers")],
    [groupsStep(2, "approvers")],
  ]);
  return {
    users: [
      ...people,
      { email: mail("hal"), manager: mail("dan") },
      { email: mail("rob"), login: "robo", manager: mail("cat") },
    ],
    services: [{ name: "ci", owner: mail("ben") }],
    groups: [
      { name: "approvers", members: [], groups: ["leads", "sre"] },
      {
        name: "backend",
        members: [mail("ann"), mail("ben"), ...(dice.chance(0.4) ? [mail("gil")] : [])],
        groups: ["juniors"],
      },
      { name: "empty", members: [], groups: [] },
      { name: "juniors", members: [mail("hal"), ...(dice.chance(0.5) ? ["service:ci"] : [])], groups: [] },
      { name: "leads", members: [mail("ben"), mail("cat"), mail("dan"), mail("gil"), mail("rob")], groups: [] },
      { name: "security", members: [mail("eve"), mail("fay"), mail("gil")], groups: dice.chance(0.3) ? ["sre"] : [] },
      { name: "sre", members: [], groups: [], team: "acme/sre" },
    ],
    ways: [
      { id: "logs/read", class: "low", safeguards: [] },
      { id: "orders-db/read", class: ordersClass, safeguards: ["guardrail:no-drop"] },
      { id: "orders-db/write", class: ordersClass, safeguards: dice.chance(0.5) ? ["masking:pan"] : [] },
    ],
    rules: [
      logsRule(dice),
      { ...rule("orders-read", "orders-db/read", dice.pick([[lead], [groupsStep(1, "approvers")]])) },
      { ...rule("orders-write", "orders-db/write", write), ticket: dice.chance(0.2) },
      { ...rule("orders-oncall", "orders-db/read", [groupsStep(1, "security")]), maxHours: 12 },
    ],
    policyApproval: dice.pick([
      [groupsStep(1, "security")],
      [groupsStep(1, "leads"), groupsStep(1, "security")],
      [groupsStep(1, "approvers")],
    ]),
    maxHours: 24,
    startWithinHours: 720,
    approvalValidHours: dice.pick([12, 720, 720, 720]),
  };
}

function rule(name: string, way: string, steps: readonly Step[]): Rule {
  return {
    name,
    who: ["group:backend"],
    may: [way],
    defaultHours: 1,
    maxHours: 4,
    ticket: false,
    steps,
  };
}

function logsRule(dice: Dice): Rule {
  const steps = dice.pick([[], [groupsStep(1, "leads")]]);
  const budget = dice.chance(0.6) ? { budget: { grants: dice.int(1, 3), hours: 24 } } : {};
  const base = rule("logs", "logs/read", steps);
  const may = dice.chance(0.4) ? ["logs/read", "orders-db/write"] : ["logs/read"];
  const automatic = {
    memberOf: dice.pick(["backend", "juniors"]),
    never: dice.pick([["critical"], ["high", "critical"]]),
  };
  return { ...base, may, automatic: { ...automatic, ...budget } };
}

/** A request; a merged one is always within the rules. */
export function newAsk(dice: Dice, name: string, isMerged = false): Ask {
  const wrong = !isMerged && dice.chance(0.06);
  const people = [mail("ann"), mail("ann"), mail("ann"), mail("ben"), mail("hal"), "group:backend", "group:juniors"];
  const strange = [mail("gil"), "group:sre", "group:nowhere", mail("nobody"), mail("cat"), "service:ci"];
  const person = dice.pick(isMerged ? [...people.slice(0, 6), "group:juniors"] : wrong ? strange : people);
  const second = dice.chance(0.15) && !isMerged ? [mail("ben")] : [];
  const ways = ["logs/read", "orders-db/read", "orders-db/read", "orders-db/write"];
  const access = [...new Set([dice.pick(ways), ...(dice.chance(0.2) ? [dice.pick(ways)] : [])])];
  const isTooLong = !isMerged && dice.chance(0.04);
  const startAfter = dice.chance(0.2) ? dice.int(60, 70) : undefined;
  return {
    name,
    for: [...new Set([person, ...second])].sort(),
    access: access.sort(),
    ...(dice.chance(0.15) ? {} : { hours: isTooLong ? dice.pick([5, 30]) : dice.int(1, 4) }),
    startBefore: !isMerged && dice.chance(0.02) ? 5_000 : dice.int(100, 120),
    ...(startAfter === undefined ? {} : { startAfter }),
    reason: dice.pick(["INC-1: stuck orders", "INC-2: audit"]),
    ...(dice.chance(0.85) || isMerged ? { ticket: dice.pick(["T-1", "T-2"]) } : {}),
    ...(dice.chance(0.06) && access.join() === "orders-db/read" ? { rule: "orders-oncall" } : {}),
  };
}

/** The same request asking for more, or for something else. */
export function widened(dice: Dice, ask: Ask): Ask {
  const { startAfter: _, ...always } = ask;
  return dice.pick<Ask>([
    { ...ask, hours: (ask.hours ?? 1) + 1 },
    { ...ask, startBefore: ask.startBefore + 10 },
    { ...ask, access: [...new Set([...ask.access, "orders-db/write"])].sort() },
    { ...ask, for: [...new Set([...ask.for, mail("ben")])].sort() },
    { ...ask, for: [...new Set([...ask.for, "group:juniors"])].sort() },
    { ...ask, reason: "INC-3: something else" },
    { ...ask, ticket: "T-9" },
    always,
    ...(ask.access.join() === "orders-db/read" ? [{ ...ask, rule: "orders-oncall" }] : []),
  ]);
}

/** The same request asking for less. */
export function narrowed(dice: Dice, ask: Ask): Ask {
  const [person, ...others] = ask.for;
  return dice.pick<Ask>([
    { ...ask, hours: Math.max(1, (ask.hours ?? 1) - 1) },
    { ...ask, startBefore: ask.startBefore - 10 },
    { ...ask, startAfter: Math.max(ask.startAfter ?? 0, 65) },
    { ...ask, access: ask.access.slice(0, 1) },
    ...(others.length > 0 && person !== undefined ? [{ ...ask, for: [person] }] : []),
  ]);
}

/** Edits of rules. */
export const policyEdits = [
  "workflow",
  "config",
  "unrelated",
  "maximum",
  "approvers",
  "class",
  "add member",
  "weaker",
  "stronger",
  "login",
  "new rule",
  "safeguard",
] as const;

/** See `policyEdits`. */
export type PolicyEdit = (typeof policyEdits)[number];

/** A policy after an edit; edits of files that the Manifest does not hold leave it as it is. */
export function editPolicy(dice: Dice, p: Policy, edit: PolicyEdit): Policy {
  const rules = (name: string, change: (one: Rule) => Rule): Policy => ({
    ...p,
    rules: p.rules.map((one) => (one.name === name ? change(one) : one)),
  });
  const join = (group: string, person: string): Policy => ({
    ...p,
    groups: p.groups.map((one) =>
      one.name === group ? { ...one, members: [...new Set([...one.members, person])].sort() } : one,
    ),
  });
  const some = dice.pick(["orders-read", "orders-write", "logs"]);
  switch (edit) {
    case "workflow":
    case "config":
      return p;
    case "unrelated":
      return rules("orders-oncall", (one) => ({ ...one, maxHours: one.maxHours + 1 }));
    case "maximum":
      return rules(some, (one) => ({ ...one, maxHours: one.maxHours + 2 }));
    case "approvers":
      return join(dice.pick(["leads", "security"]), mail(dice.pick(["ann", "ben", "eve", "fay"])));
    case "class":
      return { ...p, ways: p.ways.map((one) => ({ ...one, class: "low" })) };
    case "add member":
      return join(dice.pick(["backend", "juniors"]), mail(dice.pick(["fay", "cat", "gil"])));
    case "weaker":
      return rules(some, (one) => ({ ...one, steps: [groupsStep(1, "approvers")] }));
    case "stronger":
      return dice.chance(0.5)
        ? rules(some, (one) => ({ ...one, steps: [groupsStep(2, "approvers")] }))
        : { ...p, policyApproval: [groupsStep(2, "approvers"), groupsStep(1, "security")] };
    case "login":
      return { ...p, users: p.users.map((one) => (one.email === mail("eve") ? { ...one, login: "zed" } : one)) };
    case "safeguard": {
      const other = dice.pick([[], ["guardrail:no-drop"], ["guardrail:no-drop", "masking:pan"]]);
      return { ...p, ways: p.ways.map((one) => (one.id === "logs/read" ? one : { ...one, safeguards: other })) };
    }
    case "new rule":
      return {
        ...p,
        rules: [
          ...p.rules,
          { ...rule(`new-${p.rules.length}`, "orders-db/write", [groupsStep(1, "leads")]), who: [mail("cat")] },
        ],
      };
  }
}

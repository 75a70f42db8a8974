import {
  AccessApp,
  AccessRule,
  AccessStack,
  Approval,
  Duration,
  Group,
  Resource,
  ServiceAccount,
  User,
} from "../../lib";
import { renderDiagnostics } from "../../lib/render/diagnostics";
import { parseRequest } from "../../lib/request";
import { synthesize } from "../../lib/synth";
import { checkRequests, type CheckInput } from "../../lib/validate";
import { governed } from "../support/governed";
import { requestText } from "../support/request-text";

const manifest = synthesize(rules(), {
  ...governed,
  limits: { ...governed.limits, maxDurationSeconds: 12 * 3_600 },
}).manifest;

function rules(): AccessApp {
  const app = new AccessApp({ policyApproval: Approval.of(1, Group.named("platform")) });
  const company = new AccessStack(app, "company");
  const user = (name: string) => new User(company, name, { email: `${name}@example.com` });
  const [dev, lead, chief, eve] = [user("dev"), user("lead"), user("chief"), user("eve")];
  new ServiceAccount(company, "ci-migrations");
  const backend = new Group(company, "backend", { members: [dev, lead] });
  new Group(company, "everybody-here", { members: [dev, lead, chief, eve] });
  const platform = new Group(company, "platform", { members: [lead, chief] });
  new Group(company, "auditors", { githubTeam: "example/auditors" });
  const stack = new AccessStack(app, "production");
  const orders = new Resource(stack, "orders-db", { kind: "postgresql", class: "critical" });
  const [read, write] = [orders.connection("read"), orders.connection("write")];
  new AccessRule(stack, "orders-readonly", {
    who: [backend],
    may: [read],
    duration: { max: Duration.hours(4) },
    approval: Approval.of(1, platform),
  });
  new AccessRule(stack, "orders-migration", {
    who: [backend],
    may: [read, write],
    duration: { max: Duration.hours(12) },
    approval: Approval.of(2, platform),
    ticketRequired: true,
  });
  return app;
}

function check(fields: Readonly<Record<string, string | undefined>>, options: Partial<CheckInput> = {}) {
  const text = requestText(fields);
  const parsing = parseRequest({ file: "requests/a.yaml", text });
  if (parsing.kind === "problems") throw new Error(renderDiagnostics(parsing.diagnostics, { format: "text" }));
  return checkRequests({
    requests: [{ request: parsing.request, file: "requests/a.yaml", text }],
    manifest,
    asOf: "2026-11-25T12:00:00.000Z",
    isNew: () => true,
    app: "access.ts",
    ...options,
  });
}

/** `line:column severity code detail` */
function told(
  fields: Readonly<Record<string, string | undefined>>,
  options: Partial<CheckInput> = {},
): readonly string[] {
  return check(fields, options).map(
    (one) => `${one.where?.line}:${one.where?.column} ${one.severity} ${one.code} ${one.detail}`,
  );
}

test("a request that the rules let be asked has no problem", () => {
  expect(told({})).toEqual([]);
  expect(told({ for: "group:backend", access: "[orders-db/write]", ticket: "INC-1" })).toEqual([]);
});

test("a duration over the rule is told as in the documentation", () => {
  expect(renderDiagnostics(check({ duration: "9h" }), { format: "text" }))
    .toBe(`requests/a.yaml:8:13 error E103: duration is longer than rule orders-readonly allows
  8 |   duration: 9h
    |             ^^ 9 h asked, at most 4 h (access.ts, rule orders-readonly)
  fix: ask for 4h or less, or ask for rule orders-migration (up to 12 h, 2 approvals)
`);
});

test.each([
  [
    "an unknown person",
    { for: "deb@example.com" },
    "6:8 error E107 The rules do not know deb@example.com, did you mean dev@example.com?",
  ],
  ["an unknown person in a list", { for: "[dev@example.com, deb@example.com]" }, "6:26 error E107"],
  [
    "an unknown group",
    { for: "group:backedn" },
    "6:8 error E107 The rules have no group backedn, did you mean backend?",
  ],
  ["an unknown service", { for: "service:ci-migration" }, "6:8 error E107"],
  [
    "an unknown connection",
    { access: "[ordres-db/read]" },
    "7:12 error E107 The rules have no connection ordres-db/read, did you mean orders-db/read?",
  ],
  ["an unknown level", { access: "[orders-db/read, orders-db/admin]" }, "7:28 error E107"],
  [
    "an unknown rule",
    { rule: "orders-readonyl" },
    "11:9 error E107 There is no rule orders-readonyl, did you mean orders-readonly?",
  ],
  [
    "a rule that does not match",
    { access: "[orders-db/write]", rule: "orders-readonly", ticket: "X" },
    "11:9 error E114",
  ],
  [
    "a person whom no rule lets ask",
    { for: "eve@example.com" },
    "7:12 error E114 No rule lets eve@example.com ask for orders-db/read",
  ],
  ["a group that may only approve", { for: "group:auditors" }, "6:8 error E114"],
  [
    "a duration over the named rule",
    { duration: "13h", rule: "orders-migration", ticket: "X" },
    "8:13 error E103 13 h asked, at most 12 h (access.ts, rule orders-migration)",
  ],
  [
    "no ticket where one is wanted",
    { access: "[orders-db/write]" },
    "10:11 error E102 Rule orders-migration wants a ticket",
  ],
  [
    "a start in the past",
    { startBefore: "2026-11-25T12:00:00Z" },
    "9:16 error E105 2026-11-25T12:00:00Z has passed, it is 2026-11-25T12:00:00Z",
  ],
  ["a start too far ahead", { startBefore: "2026-12-25T12:00:01Z" }, "9:16 error E105"],
])("%s is told at its place", (_what, fields, expected) => {
  expect(told(fields)).toEqual([expect.stringContaining(expected)]);
});

test("what holds for several people of a group is told once", () => {
  expect(told({ for: "group:everybody-here" })).toEqual([
    expect.stringMatching(
      /7:12 error E114 No rule lets \w+@example\.com ask for orders-db\/read \(and 1 more person\)/,
    ),
  ]);
});

test("all problems of all requests are told in one go", () => {
  const found = told({
    for: "deb@example.com",
    access: "[orders-db/read, ordres-db/read]",
    startBefore: "2026-11-24T12:00:00Z",
  });
  expect(found.map((one) => one.slice(0, one.indexOf(" The") > 0 ? one.indexOf(" The") : 18))).toEqual(
    expect.arrayContaining(["9:16 error E105 20", "6:8 error E107"]),
  );
});

describe("a request that is merged already", () => {
  const old = { isNew: () => false };

  test("lapses: what could no longer be asked is a note, and decides nothing", () => {
    for (const fields of [{ duration: "9h" }, { for: "eve@example.com" }]) {
      const found = check(fields, old);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({ severity: "note", summary: expect.stringMatching(/^lapsed: /) });
    }
  });

  test("shares one note with all others whose latest start has passed, whatever else the rules say of it today", () => {
    const past = (name: string, for_: string) => {
      const parsing = parseRequest({
        file: "a",
        text: requestText({ startBefore: "2026-11-24T12:00:00Z", for: for_ }, name),
      });
      if (parsing.kind === "problems") throw new Error("not a request");
      return { request: parsing.request, file: `requests/${name}.yaml`, text: "" };
    };
    const requests = ["a", "b", "c", "d", "e"].map((name) =>
      past(name, name === "a" ? "eve@example.com" : "dev@example.com"),
    );
    const found = checkRequests({ requests, manifest, asOf: "2026-11-25T12:00:00.000Z", app: "access.ts", ...old });
    expect(found).toMatchObject([
      {
        severity: "note",
        code: "E105",
        summary: "lapsed: startBefore of 5 merged requests has passed",
        detail: "a, b, c and 2 more",
      },
    ]);
  });

  test("may have a start that would be too far ahead today", () => {
    expect(told({ startBefore: "2027-11-25T12:00:00Z" }, old)).toEqual([]);
  });

  test("is told apart from a new one by its name", () => {
    const isNew = (name: string) => name !== "orders-inc-4711";
    expect(check({ duration: "9h" }, { isNew }).map((one) => one.severity)).toEqual(["note"]);
  });
});

test("a request from the rules program has no place but the same words", () => {
  const parsing = parseRequest({ file: "a", text: requestText({ duration: "9h" }) });
  if (parsing.kind === "problems") throw new Error("not a request");
  const found = checkRequests({
    requests: [{ request: parsing.request }],
    manifest,
    asOf: "2026-11-25T12:00:00.000Z",
    isNew: () => true,
    app: "access.ts",
  });
  expect(found).toMatchObject([{ code: "E103" }]);
  expect(found[0]).not.toHaveProperty("where");
});

import type { CatalogGrant, CatalogRole, DatabaseCatalog } from "../../lib/import/catalog";
import { describeDatabase } from "../../lib/import/describe";
import type { LoginDebt } from "../../lib/import/description";

const reads: CatalogGrant = {
  object: { on: "tables", schema: "s", name: "t", kind: "table" },
  grantee: "reader",
  privileges: ["SELECT"],
  grantable: [],
  grantors: [],
};

test("a person's login that is a member of a level is replaced by a rule for that level", () => {
  const [debt] = debtsOf({ memberships: [{ role: "reader", member: "ana@example.com", options: [] }] });
  expect(debt).toEqual({
    login: "ana@example.com",
    of: "person",
    has: ['it is a member of "reader", which is a level'],
    pullRequest: {
      title: 'Replace the standing login "ana@example.com" by leases of shop/reader',
      rule: [
        'new AccessRule(app, "instead-of-ana-example.com-8e43ca37", {',
        '  who: [new User(app, "ana-example.com-8e43ca37", { email: "ana@example.com" })],',
        '  may: [Connection.named("shop/reader")],',
        "  duration: { default: Duration.hours(1), max: Duration.hours(8) },",
        '  approval: Approval.of(1, Group.named("platform")),',
        "});",
      ].join("\n"),
      request:
        'leasehold request --for ana@example.com --access shop/reader --duration 1h --reason "instead of a standing login"',
      afterwards: 'ALTER ROLE "ana@example.com" NOLOGIN;',
    },
  });
});

test("a program's login is one only where somebody says so, and gets a service account", () => {
  const memberships = [{ role: "reader", member: "etl", options: [] }];
  const [asPerson] = debtsOf({ login: "etl", memberships });
  expect([asPerson?.of, asPerson?.pullRequest?.request]).toEqual([
    "person",
    expect.stringContaining("etl@example.com"),
  ]);
  const [asService] = debtsOf({ login: "etl", memberships, services: ["etl"] });
  expect(asService?.pullRequest?.rule).toContain('who: [new ServiceAccount(app, "etl")]');
  expect(asService?.pullRequest?.request).toContain("--for service:etl ");
});

test("privileges of a login's own become a level of its own, which is a member of what is no level", () => {
  const [debt] = debtsOf({
    login: "ana",
    grants: [{ ...reads, grantee: "ana" }],
    memberships: [{ role: "pg_monitor", member: "ana", options: [] }],
  });
  expect(debt?.has).toEqual(['it is a member of "pg_monitor", which is no level', "it has privileges of its own"]);
  expect(debt?.pullRequest?.rule).toContain(`app.findResource("shop").connection("from-ana", {
  privileges: PostgresqlLevel.custom({
    database: "shop",
    role: "shop-from-ana",
    privileges: [
      { on: "tables", schema: "s", objects: ["t"], privileges: ["SELECT"] },
    ],
    memberOf: ["pg_monitor"],
  }),
});`);
});

test("membership of what is no level alone becomes a level of its own too, which connects", () => {
  const [debt] = debtsOf({ login: "ana", memberships: [{ role: "pg_monitor", member: "ana", options: [] }] });
  expect(debt?.pullRequest?.rule).toContain('{ on: "database", privileges: ["CONNECT"] }');
  expect(debt?.pullRequest?.rule).toContain('memberOf: ["pg_monitor"]');
});

test("a superuser, and who has nothing, has no pull request, and is told why", () => {
  const [superuser] = debtsOf({
    login: "root",
    more: { isSuperuser: true },
    memberships: [{ role: "reader", member: "root", options: [] }],
  });
  expect([superuser?.pullRequest, superuser?.has[0]]).toEqual([undefined, expect.stringContaining("superuser")]);
  const [nothing] = debtsOf({});
  expect([nothing?.pullRequest, nothing?.has]).toEqual([undefined, []]);
});

test("what no rule replaces is said: attributes, what it owns, what it has elsewhere", () => {
  const [debt] = debtsOf({ more: { attributes: ["CREATEROLE"], owns: 1, elsewhere: ["other"] } });
  expect(debt?.has).toEqual([
    "it has CREATEROLE",
    "it owns an object: give them to a role that nobody logs in as",
    'it has something in "other" too, which was not imported',
  ]);
});

test("a lease role is no debt: it ends by itself", () => {
  expect(debtsOf({ login: "lh_abc" })).toEqual([]);
});

function debtsOf(facts: {
  readonly login?: string;
  readonly more?: Partial<CatalogRole>;
  readonly services?: readonly string[];
  readonly grants?: readonly CatalogGrant[];
  readonly memberships?: DatabaseCatalog["memberships"];
}): readonly LoginDebt[] {
  const { login = "ana@example.com", more = {}, services = [], grants = [], memberships = [] } = facts;
  const plain = { isSuperuser: false, attributes: [], settings: [], owns: 0, elsewhere: [] };
  return describeDatabase(
    {
      database: "shop",
      version: "15.18",
      readBy: "postgres",
      roles: [
        { name: "reader", canLogin: false, ...plain },
        { name: login, canLogin: true, ...plain, ...more },
      ],
      memberships,
      grants: [reads, ...grants],
      defaults: [],
      counts: [],
    },
    { resource: "shop", services },
  ).debts;
}

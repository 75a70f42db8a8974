import { gateName } from "../../../lib/model/gateway-object";
import type { ConnectionItem } from "../../../providers/hoop/client/connections";
import type { RuleItem } from "../../../providers/hoop/client/rules";
import { embeddedDialect, hoopDialect } from "../../../providers/hoop/dialect";
import { openWaysOf, weaknessesOf, type Surroundings } from "../../../providers/hoop/open-ways";

const ours = "inst-aaaaaaaa0001";

function connection(over: Partial<ConnectionItem> = {}): ConnectionItem {
  return {
    id: "1",
    name: "orders-db-read",
    resource: "orders-db",
    type: "application",
    subtype: "tcp",
    agentId: "a",
    command: [],
    secret: {},
    secretsUpdatedAt: undefined,
    tags: { leasehold: ours },
    attributes: [],
    reviewers: [gateName],
    forcing: [],
    isConnectEnabled: true,
    isMoreEnabled: false,
    mandatoryMetadata: [],
    raw: {},
    ...over,
  };
}

function rule(over: Partial<RuleItem> = {}): RuleItem {
  return {
    id: "r",
    name: gateName,
    description: "",
    accessType: "jit_command",
    connections: ["orders-db-read"],
    attributes: [],
    askedGroups: [],
    skippingGroups: [],
    reviewers: [gateName],
    forcing: [],
    allMustApprove: true,
    minApprovals: 1,
    raw: {},
    ...over,
  };
}

function around(over: Partial<Surroundings> = {}): Surroundings {
  return {
    installation: ours,
    url: "https://hoop.example.com",
    dialect: hoopDialect,
    users: [],
    skewMs: 0,
    connections: [connection()],
    rules: [rule()],
    accessLists: new Map(),
    keys: undefined,
    caller: {
      email: "k",
      name: "leasehold",
      groups: ["admin"],
      isAdmin: true,
    },
    ...over,
  };
}

describe("open ways", () => {
  it("finds none behind the gate, behind reviewers, or behind either alone", () => {
    expect(openWaysOf(around())).toEqual([]);
    expect(openWaysOf(around({ rules: [] }))).toEqual([]);
    expect(openWaysOf(around({ connections: [connection({ reviewers: [] })] }))).toEqual([]);
  });

  it.each<[string, Partial<Surroundings>, RegExp]>([
    [
      "neither gate nor reviewers",
      { rules: [], connections: [connection({ reviewers: [] })] },
      /no rule and no reviewers/,
    ],
    [
      "a gate for commands only",
      { rules: [rule({ accessType: "command" })], connections: [connection({ reviewers: [] })] },
      /no rule/,
    ],
    ["a rule that asks some groups only", { rules: [rule({ askedGroups: ["dba"] })] }, /asks only dba: everybody else/],
    ["a rule that lets a group pass", { rules: [rule({ skippingGroups: ["vip"] })] }, /lets vip pass/],
    [
      "a rule by attribute that lets pass",
      {
        rules: [rule(), rule({ name: "x", connections: [], attributes: ["pii"], askedGroups: ["dba"] })],
        connections: [connection({ attributes: ["pii"] })],
      },
      /rule x asks only dba/,
    ],
  ])("finds a managed connection with %s", (_, over, why) => {
    expect(openWaysOf(around(over))).toEqual([
      { connection: "orders-db-read", managed: true, why: expect.stringMatching(why) as string },
    ]);
  });

  it("finds somebody else's open connection too, but not one that is switched off", () => {
    const theirs = connection({ name: "theirs", tags: {}, reviewers: [] });
    expect(openWaysOf(around({ connections: [theirs] }))).toMatchObject([{ connection: "theirs", managed: false }]);
    expect(openWaysOf(around({ connections: [{ ...theirs, isConnectEnabled: false }] }))).toEqual([]);
  });

  it("finds none on a gateway that lets nobody in without a lease", () => {
    const bare = { rules: [], connections: [connection({ reviewers: [] })] };
    expect(openWaysOf(around({ ...bare, dialect: embeddedDialect }))).toEqual([]);
  });
});

describe("weaknesses", () => {
  it("are none where all is as it should be", () => {
    expect(weaknessesOf(around())).toEqual([]);
  });

  const stray = { email: "eve@example.com", subject: "e", name: "Eve", isActive: true, groups: [gateName] };
  const key = { name: "ci\u202e-bot", groups: ["deploy"] };
  it.each<[string, Partial<Surroundings>, RegExp]>([
    ["a stray member of the gate's group", { users: [stray] }, /eve@example.com is in group leasehold-gate/],
    ["a key in the gate's group", { keys: [{ name: "k2", groups: [gateName] }] }, /the key k2 is in group/],
    [
      "keys that can grant",
      { keys: [key, { name: "aud", groups: ["auditor"] }] },
      /^these API keys can grant.*: ci\?-bot$/,
    ],
    [
      "a second lock that is off",
      { connections: [connection({ reviewers: [] })] },
      /orders-db-read: its second lock is off/,
    ],
    ["somebody who may force", { rules: [rule({ forcing: ["sre"] })] }, /somebody may force an approval/],
    ["a gate that others may open", { rules: [rule({ reviewers: ["dba"] })] }, /somebody else may approve/],
    ["no access control", { accessLists: undefined }, /access_control is not enabled/],
    ["keys in the clear", { url: "http://hoop.internal:8009" }, /travel unencrypted/],
    ["clocks apart", { skewMs: -65_000 }, /-65 s off ours/],
  ])("tell of %s, in printable words", (_, over, why) => {
    const found = weaknessesOf(around(over));
    expect(found.some((sentence) => why.test(sentence))).toBe(true);
    expect(found.join("")).toMatch(/^[\x20-\x7e]*$/);
  });

  it.each(["http://127.0.0.1:8009", "http://localhost:8009/", "http://[::1]:8009"])(
    "take %s for this machine",
    (url) => {
      expect(weaknessesOf(around({ url }))).toEqual([]);
    },
  );
});

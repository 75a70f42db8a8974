import type { Manifest } from "../../lib/model/manifest";
import type { GitHubAccount } from "../../lib/model/snapshot";
import { pinAccounts } from "../../lib/workspace/pin-accounts";
import { rules } from "../reconcile/support/rules";

const alice = "alice@x.test";
const bob = "bob@x.test";

test("a new login is pinned by the numeric id that it has now", async () => {
  const pins = await pinAccounts({ manifest: declared({ [alice]: "al" }), before: [], resolve: github({ al: 11 }) });
  expect(pins).toEqual({ pinned: [{ person: alice, login: "al", id: 11 }], notices: [] });
});

test("a pin stays while person and login stay, and is not asked for again, whoever has the login now", async () => {
  const before = [{ person: alice, login: "al", id: 11 }];
  const resolve = (): never => {
    throw new Error("nobody is to be asked");
  };
  const pins = await pinAccounts({ manifest: declared({ [alice]: "al" }), before, resolve });
  expect(pins.pinned).toEqual(before);
});

test("another account of a person is told, and the login of another person carries nothing over", async () => {
  const before = [{ person: alice, login: "al", id: 11 }];
  const manifest = declared({ [alice]: "al2", [bob]: "al" });
  const pins = await pinAccounts({ manifest, before, resolve: github({ al2: 12, al: 13 }) });
  expect(pins.pinned).toEqual([
    { person: alice, login: "al2", id: 12 },
    { person: bob, login: "al", id: 13 },
  ]);
  expect(pins.notices).toEqual([`${alice} is another account now: al2 (12), was al (11).`]);
});

test("without a token nothing new is pinned, and that is said by name", async () => {
  const pins = await pinAccounts({ manifest: declared({ [alice]: "al" }), before: [] });
  expect(pins.pinned).toEqual([]);
  expect(pins.notices[0]).toMatch(/^Accepted without GitHub: al have no numeric user id pinned/);
});

test("a bot, an organization and a login that nobody has are not pinned", async () => {
  const manifest = declared({ [alice]: "robot", [bob]: "gone" });
  const robot: GitHubAccount = { id: 5, login: "robot", kind: "bot" };
  const pins = await pinAccounts({ manifest, before: [], resolve: async () => new Map([["robot", robot]]) });
  expect(pins.pinned).toEqual([]);
  expect(pins.notices).toHaveLength(2);
});

test("one account that two people declare, also in other case, is nobody's", async () => {
  const manifest = declared({ [alice]: "al", [bob]: "AL" });
  const pins = await pinAccounts({ manifest, before: [], resolve: github({ al: 11, AL: 11 }) });
  expect(pins.pinned).toEqual([]);
  expect(pins.notices).toHaveLength(2);
});

function declared(logins: Readonly<Record<string, string>>): Manifest {
  return rules({ users: Object.entries(logins).map(([email, login]) => ({ email, github: { login } })) });
}

function github(ids: Readonly<Record<string, number>>) {
  return async (logins: readonly string[]) =>
    new Map(logins.map((login): [string, GitHubAccount] => [login, { id: ids[login] ?? 0, login, kind: "user" }]));
}

import { accessRepository, email, Lanternworks, login, requestFile } from "../support/lanternworks";

/**
 * THREATS.md, "self-approval by proxy", "the beneficiary approves", "forged commit identity" and "renamed
 * login": whoever gains, wrote, pushed, is no person, or is not the one whom the rules name does not count.
 */
describe("nobody approves for themselves", () => {
  let house: Lanternworks;
  let count = 0;

  beforeAll(async () => {
    house = await Lanternworks.open({ isHere: true });
    await house.github.createApp({ slug: "rubber-stamp" });
    await house.github.setPermission({
      repository: accessRepository,
      to: "rubber-stamp[bot]",
      permission: "write",
    });
  });
  afterAll(() => house.close());

  /** A pull request of ana's that asks for orders-db/read, which one of ben and dev has to approve. */
  const asked = async (
    more: { readonly isUnsigned?: boolean; readonly for?: string } = {},
  ): Promise<{
    readonly number: number;
    readonly branch: string;
  }> => {
    const branch = `ask-${++count}`;
    const text = requestFile(branch, more.for === undefined ? {} : { for: more.for });
    return { number: await house.propose(branch, { [`requests/${branch}.yaml`]: text }, "ana", more), branch };
  };

  /** Waiting, whatever was approved, and merged all the same it gives nothing. */
  const expectNothing = async (number: number, why: RegExp): Promise<void> => {
    const planned = await house.plan(number);
    expect(planned).toMatchObject({ conclusion: "action_required", ran: { exitCode: 0 } });
    expect(planned.comment).toMatch(why);
    await house.github.merge({ repository: accessRepository, number });
    expect(await house.apply()).toMatchObject({ exitCode: 5 });
    expect(await house.access()).toEqual([]);
  };

  test("a bot's approval does not count", async () => {
    const { number } = await asked();
    await house.github.review({ repository: accessRepository, number, by: "rubber-stamp[bot]" });
    await expectNothing(number, /rubber-stamp.*bot/);
  });

  test("a second account that no rule names does not count", async () => {
    const { number } = await asked();
    await house.approve(number, "mallory");
    await expectNothing(number, /mallory/);
  });

  test("who pushed to my pull request does not approve it", async () => {
    const { number, branch } = await asked();
    await house.push(branch, { "requests/notes.md": "a word\n" }, "dev");
    await house.approve(number, "dev");
    await expectNothing(number, /dev.*(author|committer)/);
  });

  test("a co-author does not approve", async () => {
    const { number, branch } = await asked();
    await house.github.pushCommit({
      repository: accessRepository,
      branch,
      files: { "requests/notes.md": "a word\n" },
      by: login("ana"),
      coAuthors: [login("dev")],
      signature: "VALID",
    });
    await house.approve(number, "dev");
    await expectNothing(number, /dev.*author/);
  });

  test("who gains does not approve, also when somebody else asks for them", async () => {
    const { number } = await asked({ for: email("ben") });
    await house.approve(number, "ben");
    await expectNothing(number, /ben.*gains access/);
  });

  test("who gains through a group does not approve for anybody in it", async () => {
    const { number } = await asked({ for: "group:backend" });
    await house.approve(number, "ben");
    await expectNothing(number, /ben.*gains access/);
  });

  test("a commit under somebody else's e-mail takes that person out, and asks one more", async () => {
    const branch = `ask-${++count}`;
    await house.github.pushCommit({
      repository: accessRepository,
      branch,
      files: { [`requests/${branch}.yaml`]: requestFile(branch) },
      by: login("mallory"),
      author: { name: "Dev Anand", email: email("dev") },
    });
    const { number } = await house.github.openPull({ repository: accessRepository, head: branch, by: login("ana") });
    await house.approve(number, "ben");
    await expectNothing(number, /not verified/);
  });

  test("a login that somebody else took over is nobody's", async () => {
    await house.github.renameAccount({ from: login("dev"), to: "dev-moved" });
    await house.github.createUser({ login: login("dev"), id: 90_210, emails: ["impostor@example.net"] });
    await house.github.setPermission({ repository: accessRepository, to: login("dev"), permission: "write" });
    const { number } = await asked();
    await house.approve(number, "dev");
    await expectNothing(number, /dev-lanternworks/);
  });

  test("the one whom the rules pinned counts under a new login", async () => {
    const { number } = await asked();
    await house.github.review({ repository: accessRepository, number, by: "dev-moved" });
    expect(await house.plan(number)).toMatchObject({ conclusion: "success" });
    await house.github.merge({ repository: accessRepository, number });
    expect(await house.apply()).toMatchObject({ exitCode: 0 });
    expect(await house.access()).toEqual(["ana orders-db/read"]);
  });
});

/** `leasehold pr comment` and `leasehold tidy --pull-request`, on the test GitHub. */
import { accessRepository, Lanternworks, login, requestFile } from "../support/lanternworks";
import type { Ran } from "../support/command-line";

let house: Lanternworks;
let count = 0;
beforeAll(async () => {
  house = await Lanternworks.open();
});
afterAll(() => house.close());

/** Merges an approved request of ana's and applies it; gives its pull request. */
async function granted(): Promise<{ readonly number: number; readonly name: string }> {
  const name = `ana-${++count}`;
  const number = await house.propose(name, { [`requests/${name}.yaml`]: requestFile(name) }, "ana");
  await house.approve(number, "dev");
  await house.github.merge({ repository: accessRepository, number });
  const applied = await house.apply();
  if (applied.exitCode !== 0) throw new Error(applied.stdout + applied.stderr);
  return { number, name };
}

async function commented(
  number: number,
  by: string,
  body: string,
): Promise<{ readonly ran: Ran; readonly reply: string }> {
  const comment = await house.github.comment({ repository: accessRepository, number, by, body });
  const where = ["--repo", accessRepository, "--number", String(number), "--comment", String(comment)];
  const ran = await house.run(["pr", "comment", ...where]);
  const last = (await house.github.comments({ repository: accessRepository, number })).at(-1);
  return { ran, reply: last?.author === "leasehold[bot]" ? last.body : "" };
}

describe("/revoke on a pull request", () => {
  test.each([
    ["who holds it", "ana"],
    ["who approves under its rule", "ben"],
    ["the rule's mayRevoke", "femi"],
  ])("by %s ends it at once, and is answered", async (_who, name) => {
    const { number } = await granted();
    const { ran, reply } = await commented(number, login(name), "/revoke");
    expect(ran).toMatchObject({ exitCode: 0 });
    expect(reply).toMatch(/^Ended 1 grant/);
    expect(await house.access()).toEqual([]);
  });

  test("by anybody else, a bot, or in a comment that was edited, ends nothing", async () => {
    const { number, name } = await granted();
    const stranger = await commented(number, login("cleo"), "/revoke");
    expect(stranger.ran).toMatchObject({ exitCode: 5 });
    expect(stranger.reply).toMatch(/^Not done for/);
    await house.github.createApp({ slug: "helper" });
    expect((await commented(number, "helper[bot]", "/revoke")).ran).toMatchObject({ exitCode: 0 });
    const other = await commented(number, login("ana"), "/revoke something-else");
    expect(other.ran).toMatchObject({ exitCode: 5 });

    const talk = await house.github.comment({ repository: accessRepository, number, by: login("ana"), body: "thanks" });
    await house.github.editComment({ repository: accessRepository, comment: talk, body: "/revoke", by: login("cleo") });
    const where = ["--repo", accessRepository, "--number", String(number), "--comment", String(talk)];
    expect(await house.run(["pr", "comment", ...where])).toMatchObject({ exitCode: 5 });
    expect(await house.access()).toEqual(["ana orders-db/read"]);

    expect((await commented(number, login("ana"), `/revoke ${name}`)).ran).toMatchObject({ exitCode: 0 });
    expect(await house.access()).toEqual([]);
  });

  test("on a pull request that gave nothing says so", async () => {
    const number = await house.propose("open", { "requests/open.yaml": requestFile("open") }, "ana");
    const { ran, reply } = await commented(number, login("ana"), "/revoke");
    expect(ran).toMatchObject({ exitCode: 5 });
    expect(reply).toMatch(/nothing of this pull request has been applied/);
  });
});

test("/plan plans again, and a comment that is talk does nothing", async () => {
  const number = await house.propose("again", { "requests/again.yaml": requestFile("again") }, "ana");
  expect((await commented(number, login("cleo"), "/plan")).ran).toMatchObject({ exitCode: 0 });
  expect(await house.seen(number)).toMatchObject({ conclusion: "action_required" });
  const talk = await commented(number, login("cleo"), "looks good, /revoke later");
  expect(talk.ran).toMatchObject({ exitCode: 0, stdout: "Nothing to do: the comment is no command.\n" });
});

test("tidy proposes to archive what is over, in one pull request that needs nobody and changes nobody's access", async () => {
  house.pull();
  const tidied = await house.run(["tidy", "--pull-request"]);
  expect(tidied).toMatchObject({ exitCode: 0 });
  const number = Number(/pull\/(\d+)/.exec(tidied.stdout)?.[1]);
  expect(await house.plan(number)).toMatchObject({ conclusion: "success" });
  expect(await house.run(["tidy", "--pull-request"])).toMatchObject({ exitCode: 0 });
  await house.github.merge({ repository: accessRepository, number, method: "squash" });
  expect(await house.apply()).toMatchObject({ exitCode: 0 });
  expect(house.line.read("archive/requests/ana-1.yaml")).toContain("name: ana-1");
  expect((await house.run(["tidy"])).stdout).toBe("Nothing to tidy.\n");
  expect(await house.access()).toEqual([]);
});

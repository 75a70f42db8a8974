import { accessRepository, email, Lanternworks, login, requestFile } from "../support/lanternworks";

/**
 * THREATS.md, "update-merge smuggling", "merge queue, squash, rebase", "admin override, direct push",
 * "approval to apply gap" and "mass removal by accident": what is on main is decided again, from scratch.
 */
describe("a merge gives what was approved, and nothing else", () => {
  let house: Lanternworks;

  beforeEach(async () => {
    house = await Lanternworks.open({ isHere: true });
  });
  afterEach(() => house.close());

  const ask = (name: string, spec = {}): Record<string, string> => ({
    [`requests/${name}.yaml`]: requestFile(name, spec),
  });
  const approved = async (name: string): Promise<number> => {
    const number = await house.propose(name, ask(name), "ana");
    await house.approve(number, "dev");
    expect(await house.plan(number)).toMatchObject({ conclusion: "success" });
    return number;
  };

  test.each(["merge", "squash", "rebase"] as const)("what was approved goes on, by %s", async (method) => {
    const number = await approved("ana-orders");
    await house.github.merge({ repository: accessRepository, number, method });
    expect(await house.apply()).toMatchObject({ exitCode: 0 });
    expect(await house.access()).toEqual(["ana orders-db/read"]);
  });

  test("what an update of the branch smuggles in is not approved", async () => {
    const number = await approved("ana-orders");
    const before = await house.github.readPull({ repository: accessRepository, number });
    const main = await house.github.pushCommit({
      repository: accessRepository,
      branch: "main",
      files: { "notes.md": "a word\n" },
      by: login("dev"),
      signature: "VALID",
    });
    await house.github.pushCommit({
      repository: accessRepository,
      branch: "ana-orders",
      parents: [before.headSha, main],
      files: {
        "notes.md": "a word\n",
        ...ask("eve-orders", { for: email("cleo"), access: "search/read", duration: "6h" }),
      },
      by: login("ana"),
      signature: "VALID",
      message: "Merge branch 'main' into ana-orders",
    });
    const planned = await house.plan(number);
    expect(planned.conclusion).toBe("action_required");
    expect(planned.comment).toMatch(/cleo@lanternworks\.example on search\/read/);
    await house.github.merge({ repository: accessRepository, number });
    expect(await house.apply()).toMatchObject({ exitCode: 5 });
    expect(await house.access()).toEqual([]);
  });

  test("a commit that came between approval and merge is not approved, nor is one that nobody planned", async () => {
    const number = await approved("ana-orders");
    await house.push("ana-orders", ask("ana-orders", { duration: "4h" }), "ana");
    await house.github.merge({ repository: accessRepository, number, method: "squash", by: login("dev") });
    const applied = await house.apply();
    expect(applied).toMatchObject({ exitCode: 5 });
    expect(await house.access()).toEqual([]);
    const issues = await house.github.issues(accessRepository);
    expect(issues.map(({ body }) => body).join()).toMatch(/under the name \*\*ana.*orders/);
  });

  test("a request pushed straight to main is refused for ever under that name, also one that needs nobody", async () => {
    await house.github.pushCommit({
      repository: accessRepository,
      branch: "main",
      files: { ...ask("pushed"), ...ask("pushed-too", { access: "search/read" }) },
      by: login("dev"),
      signature: "VALID",
    });
    expect(await house.apply()).toMatchObject({ exitCode: 5 });
    expect(await house.access()).toEqual([]);
    const again = await house.propose("again", ask("other"), "ana");
    await house.push("again", { "requests/pushed.yaml": requestFile("pushed", { reason: "once more" }) }, "ana");
    await house.approve(again, "dev");
    expect(await house.plan(again)).toMatchObject({ conclusion: "failure" });
  });

  test("a removal that was pushed straight to main ends the access at once", async () => {
    const number = await house.propose(
      "both",
      { ...ask("ana-orders"), ...ask("ana-search", { access: "search/read" }) },
      "ana",
    );
    await house.approve(number, "dev");
    await house.github.merge({ repository: accessRepository, number });
    await house.apply();
    expect(await house.access()).toEqual(["ana orders-db/read", "ana search/read"]);
    await house.github.pushCommit({
      repository: accessRepository,
      branch: "main",
      files: { "requests/ana-orders.yaml": null },
      by: login("mallory"),
    });
    await house.apply();
    expect(await house.access()).toEqual(["ana search/read"]);
  });

  test("a commit of a merge queue passes only with what was approved", async () => {
    const number = await approved("ana-orders");
    const queued = await house.github.enqueue({ repository: accessRepository, number });
    const planQueue = async (head: string, base: string): Promise<string | null | undefined> => {
      const ran = await house.run(["pr", "plan", "--repo", accessRepository, "--queue", head, "--queue-base", base]);
      expect(ran).toMatchObject({ exitCode: 0, stderr: "" });
      const runs = await house.github.checkRuns({ repository: accessRepository, commit: head });
      return runs.filter(({ app }) => app === "leasehold").at(-1)?.conclusion;
    };
    expect(await planQueue(queued.headSha, queued.baseSha)).toBe("success");
    const more = await house.github.createCommit({
      repository: accessRepository,
      branch: "nowhere",
      parents: [queued.headSha],
      files: ask("smuggled"),
      by: login("mallory"),
      signature: "VALID",
    });
    await house.github.moveBranch({ repository: accessRepository, branch: "nowhere", to: more });
    expect(await planQueue(more, queued.baseSha)).not.toBe("success");
    await house.github.flushQueue({ repository: accessRepository });
    expect(await house.apply()).toMatchObject({ exitCode: 0 });
    expect(await house.access()).toEqual(["ana orders-db/read"]);
  });

  test("what was merged without approval by an administrator is refused for ever, and a second apply changes nothing", async () => {
    const number = await house.propose("ana-orders", ask("ana-orders"), "ana");
    await house.github.merge({ repository: accessRepository, number, by: login("dev") });
    expect(await house.apply()).toMatchObject({ exitCode: 5 });
    await house.approve(number, "dev");
    await house.apply();
    expect(await house.access()).toEqual([]);
  });
});

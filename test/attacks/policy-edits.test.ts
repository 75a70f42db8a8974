import { accessRepository, email, Lanternworks, login, manifestOf, requestFile } from "../support/lanternworks";

/**
 * THREATS.md, "policy edited in the same PR", "policy edited around the rules", "policy pushed straight to
 * main" and "hostile Manifest".
 */
describe("rules are changed by a reviewed pull request only", () => {
  let house: Lanternworks;
  let count = 0;

  beforeEach(async () => {
    house = await Lanternworks.open();
  });
  afterEach(() => house.close());

  const rules = (): string => house.line.read("access.ts");
  /** Rules under which mallory approves orders. */
  const malloryLeads = (): string =>
    rules()
      .replace(
        'const femi = person("femi", "Femi Bello");',
        'const femi = person("femi", "Femi Bello");\nconst mallory = person("mallory", "Mallory");',
      )
      .replace("{ members: [ben, dev] }", "{ members: [ben, dev, mallory] }");
  const withManifest = async (edited: Readonly<Record<string, string>>): Promise<Record<string, string>> => {
    const all = { "access.ts": rules(), "leasehold.yaml": house.line.read("leasehold.yaml"), ...edited };
    return { ...edited, "leasehold.out/manifest.json": await manifestOf(all) };
  };
  const merge = async (number: number): Promise<void> => {
    await house.github.merge({ repository: accessRepository, number, method: "squash", by: login("dev") });
  };

  test("an edit that adds its author to the approvers gives its author no approver: the platform team is asked, and the old leads", async () => {
    const name = `grab-${++count}`;
    const files = {
      ...(await withManifest({ "access.ts": malloryLeads() })),
      [`requests/${name}.yaml`]: requestFile(name),
    };
    const number = await house.propose("grab", files, "ana");
    await house.approve(number, "mallory");
    const planned = await house.plan(number);
    expect(planned.conclusion).toBe("action_required");
    expect(planned.comment).toMatch(/approval of mallory-lanternworks .* does not count/);
    await merge(number);
    expect(await house.apply()).toMatchObject({ exitCode: 5 });
    expect(await house.access()).toEqual([]);
  });

  test("an edit that two of the platform team approve is accepted after its merge, and asks its author nothing", async () => {
    const number = await house.propose("lead", await withManifest({ "access.ts": malloryLeads() }), "ana");
    expect(await house.plan(number)).toMatchObject({ conclusion: "action_required" });
    await house.approve(number, "dev");
    expect(await house.plan(number)).toMatchObject({ conclusion: "action_required" });
    await house.approve(number, "elin");
    expect(await house.plan(number)).toMatchObject({ conclusion: "success" });
    await merge(number);
    expect(await house.apply()).toMatchObject({ exitCode: 0 });
    const ask = await house.propose("ask", { "requests/ask.yaml": requestFile("ask") }, "ana");
    await house.approve(ask, "mallory");
    expect(await house.plan(ask)).toMatchObject({ conclusion: "success" });
  });

  test("an edit that touches what merged requests wait for is applied as it was approved, though a README came first", async () => {
    const asked = await house.propose("asked", { "requests/asked.yaml": requestFile("asked") }, "ana");
    await house.approve(asked, "dev");
    await merge(asked);
    await house.must(["freeze", "--as", email("dev")]);
    await house.apply();
    expect(await house.access()).toEqual([]);
    const longer = rules().replace("max: Duration.hours(4)", "max: Duration.hours(3)");
    const number = await house.propose("longer", await withManifest({ "access.ts": longer }), "cleo");
    await house.approve(number, "dev", "elin");
    expect(await house.plan(number)).toMatchObject({ conclusion: "success" });
    const readme = { repository: accessRepository, branch: "main", files: { "README.md": "# Access\n" } };
    await house.github.pushCommit({ ...readme, by: login("dev") });
    await merge(number);
    await house.must(["thaw", "--as", email("dev")]);
    expect(await house.apply()).toMatchObject({ exitCode: 0 });
    expect(await house.access()).toEqual(["ana orders-db/read"]);
    expect(await house.github.issues(accessRepository)).toEqual([]);
  });

  test.each([
    [
      "approvals given on a machine",
      "leasehold.yaml",
      (text: string) => text.replace("approvals: github", "approvals: local"),
    ],
    ["another gateway", "leasehold.yaml", (text: string) => text.replace(/url: \S+/, "url: http://127.0.0.1:9")],
    ["a workflow", ".github/workflows/leasehold-apply.yml", (text: string) => `${text}\n# and more\n`],
  ])("%s is an edit that the platform team approves", async (_what, path, edit) => {
    const edited = { [path]: edit(house.line.read(path)) };
    const files = path === "leasehold.yaml" ? await withManifest(edited) : edited;
    const number = await house.propose("around", files, "ana");
    await house.approve(number, "ben", "dev");
    expect(await house.plan(number)).toMatchObject({ conclusion: "action_required" });
    await merge(number);
    expect((await house.apply()).exitCode).not.toBe(0);
    const ask = await house.propose("ask", { "requests/ask.yaml": requestFile("ask") }, "ana");
    await house.approve(ask, "dev");
    const planned = await house.plan(ask);
    expect(planned.conclusion).toBe("failure");
    await house.github.merge({ repository: accessRepository, number: ask });
    expect((await house.apply()).exitCode).not.toBe(0);
    expect(await house.access()).toEqual([]);
  });

  test("rules pushed straight to main are not the policy: what they would let is refused", async () => {
    await house.github.pushCommit({
      repository: accessRepository,
      branch: "main",
      files: await withManifest({ "access.ts": malloryLeads() }),
      by: login("dev"),
      signature: "VALID",
    });
    const number = await house.propose("ask", { "requests/ask.yaml": requestFile("ask") }, "ana");
    await house.approve(number, "mallory", "dev");
    const planned = await house.plan(number);
    expect(planned.conclusion).toBe("failure");
    expect(planned.comment).toMatch(/not (what was accepted|the (accepted )?policy|accepted)/i);
    await house.github.merge({ repository: accessRepository, number });
    expect((await house.apply()).exitCode).toBe(5);
    expect(await house.access()).toEqual([]);
  });

  test("a Manifest that says less than the rules is refused after its merge", async () => {
    const lie = {
      "access.ts": malloryLeads(),
      "leasehold.out/manifest.json": house.line.read("leasehold.out/manifest.json"),
    };
    const number = await house.propose("lie", lie, "ana");
    await house.approve(number, "dev", "elin");
    await house.plan(number);
    await merge(number);
    const applied = await house.apply();
    expect(applied.exitCode).not.toBe(0);
    expect(applied.stdout + applied.stderr).toContain("E205");
    const ask = await house.propose("ask", { "requests/ask.yaml": requestFile("ask", { for: email("ana") }) }, "ana");
    await house.approve(ask, "mallory");
    expect(await house.plan(ask)).toMatchObject({ conclusion: "failure" });
  });

  test.each([
    ["is no JSON", "{"],
    ["is something else", '{"manifestVersion":1}'],
    ["has a key that changes every object", '{"__proto__":{"polluted":true}}'],
    ["is huge", `{"manifestVersion":1,"users":[${'{"email":"a@b.cc"},'.repeat(60_000)}{}]}`],
  ])("a committed Manifest that %s fails the check", async (_what, text) => {
    const number = await house.propose(
      "hostile",
      { "access.ts": malloryLeads(), "leasehold.out/manifest.json": text },
      "ana",
    );
    await house.approve(number, "dev", "elin");
    expect(await house.plan(number)).toMatchObject({ conclusion: "failure", ran: { exitCode: 0 } });
  });
});

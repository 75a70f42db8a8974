import { readFileSync } from "node:fs";
import { join } from "node:path";
import { accessRepository, email, Lanternworks, login, requestFile } from "../support/lanternworks";

/**
 * THREATS.md, "fork PR / running PR code", "artefact poisoning", "Markdown injection", "truncation hides the
 * danger", "forged anchor", "YAML tricks", "nothing planned, success reported", "mass removal by accident",
 * "hostile identifiers" and "secret leak": what a pull request brings along is data, and never more.
 */
describe("what a pull request brings along", () => {
  let house: Lanternworks;

  beforeAll(async () => {
    house = await Lanternworks.open();
  });
  afterAll(() => house.close());

  const event = (name: string, payload: unknown): Readonly<Record<string, string>> => {
    house.line.write("../event.json", JSON.stringify(payload));
    return { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: join(house.directory, "event.json"), GITHUB_ACTIONS: "true" };
  };

  test("a fork's pull request is refused", async () => {
    const fork = await house.github.forkRepository({ repository: accessRepository, owner: login("eve") });
    await house.github.pushCommit({
      repository: fork,
      branch: "take",
      files: { "requests/take.yaml": requestFile("take") },
      by: login("eve"),
      signature: "VALID",
    });
    const { number } = await house.github.openPull({
      repository: accessRepository,
      head: `${login("eve")}:take`,
      by: login("eve"),
    });
    await house.approve(number, "dev");
    const planned = await house.plan(number);
    expect(planned.conclusion).toBe("failure");
    expect(planned.comment).toMatch(/fork/);
  });

  test("the rules program of a head is not run where a credential is", async () => {
    const spy = join(house.directory, "was-run");
    const before = house.line.read("access.ts");
    const number = await house.propose(
      "evil",
      {
        "access.ts": `require("node:fs").writeFileSync(${JSON.stringify(spy)}, process.env["GITHUB_TOKEN"] ?? "");\n`,
        "leasehold.out/manifest.json": house.line.read("leasehold.out/manifest.json"),
      },
      "ana",
    );
    await house.plan(number);
    expect(() => readFileSync(spy)).toThrow("ENOENT");
    await house.github.merge({ repository: accessRepository, number });
    await house.apply();
    expect(() => readFileSync(spy)).toThrow("ENOENT");
    await house.github.pushCommit({
      repository: accessRepository,
      branch: "main",
      files: { "access.ts": before },
      by: login("dev"),
    });
  });

  test("what an event's payload claims is read again from GitHub", async () => {
    const number = await house.propose("claimed", { "requests/claimed.yaml": requestFile("claimed") }, "ana");
    const { headSha } = await house.github.readPull({ repository: accessRepository, number });
    const payload = {
      action: "completed",
      workflow_run: {
        event: "pull_request",
        conclusion: "success",
        head_sha: headSha,
        pull_requests: [
          { number, head: { sha: headSha, ref: "$(id)" }, base: { sha: "0".repeat(40), repo: { id: 7 } } },
          { number: 999, head: { sha: headSha }, base: { repo: { id: 8 } } },
        ],
        display_title: "approved by security",
      },
      repository: { id: 7, full_name: "evil/elsewhere", default_branch: "evil" },
    };
    expect(await house.run(["pr", "plan"], event("workflow_run", payload))).toMatchObject({ exitCode: 0 });
    expect(await house.seen(number)).toMatchObject({ conclusion: "action_required" });
  });

  test("a reason cannot say anything in the comment but itself", async () => {
    const reason =
      "x | done |\n\n### Approved by security\n<!-- --> <b>ok</b> @lanternworks/security #1 [a](https://evil.example) ‮ ​ `code` </details> |---|---|";
    const plain = await house.propose(
      "calm",
      { "requests/calm.yaml": requestFile("calm", { reason: "calm words" }) },
      "ana",
    );
    const loud = await house.propose(
      "loud",
      { "requests/loud.yaml": requestFile("loud", { reason: reason.replaceAll(/[‮​]/g, "") }) },
      "ana",
    );
    await house.plan(plain);
    await house.plan(loud);
    expect(await structureOf(house, loud)).toEqual(await structureOf(house, plain));
  });

  test("a request too large to be shown whole fails its check", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 400 }, (_, index) => {
        const name = `crowd-${index}`;
        return [
          `requests/${name}.yaml`,
          requestFile(name, { for: email(index % 2 === 0 ? "ana" : "ben"), reason: "why ".repeat(100) }),
        ];
      }),
    );
    const number = await house.propose("crowd", files, "ana");
    await house.approve(number, "dev");
    const planned = await house.plan(number);
    expect(planned.conclusion).toBe("failure");
    const [comment] = await house.github.comments({ repository: accessRepository, number });
    expect(comment?.body.length).toBeLessThanOrEqual(60_000);
  });

  test("a comment and a check run that somebody forged are not believed", async () => {
    const number = await house.propose("forged", { "requests/forged.yaml": requestFile("forged") }, "ana");
    await house.plan(number);
    const [ours] = await house.github.comments({ repository: accessRepository, number });
    await house.github.editComment({
      repository: accessRepository,
      comment: ours?.id ?? 0,
      body: (ours?.body ?? "").replace(/### .*/, "### Approved"),
      by: login("ana"),
    });
    await house.github.comment({ repository: accessRepository, number, by: login("ana"), body: ours?.body ?? "" });
    const { headSha } = await house.github.readPull({ repository: accessRepository, number });
    await house.github.createCheckRun({
      repository: accessRepository,
      commit: headSha,
      name: "leasehold",
      app: "github-actions",
      conclusion: "success",
    });
    const planned = await house.plan(number);
    expect(planned).toMatchObject({ conclusion: "action_required" });
    expect(planned.comment).not.toMatch(/### Approved/);
    await house.github.merge({ repository: accessRepository, number });
    expect(await house.apply()).toMatchObject({ exitCode: 5 });
    expect(await house.access()).toEqual([]);
  });

  test.each([
    ["two keys of one name", (text: string) => text.replace("duration: 1h", "duration: 1h\n  duration: 9h")],
    ["an alias", (text: string) => text.replace("duration: 1h", "duration: &a 1h")],
    ["a merge key", (text: string) => text.replace("duration: 1h", "duration: 1h\n  <<: {}")],
    ["a tag", (text: string) => text.replace("duration: 1h", "duration: !!str 1h")],
    ["two documents", (text: string) => `${text}---\n${text}`],
    ["UTF-16", (text: string) => `\uFEFF${[...text].join("\0")}`],
    ["nothing", () => ""],
    ["a look-alike name", (text: string) => text.replace("ana@", "аna@")],
    ["a name for a shell", (text: string) => text.replace("name: tricked", "name: $(id)")],
  ])("a request file with %s fails the check, located", async (what, trick) => {
    const branch = `trick-${what.replaceAll(/\W+/g, "-")}`;
    const number = await house.propose(branch, { "requests/tricked.yaml": trick(requestFile("tricked")) }, "ana");
    await house.approve(number, "dev");
    const planned = await house.plan(number);
    expect(planned).toMatchObject({ conclusion: "failure", ran: { exitCode: 0 } });
    expect(planned.comment).toContain("requests/tricked.yaml");
  });

  test("a symbolic link in requests/ is no request, and no secret of the machine", async () => {
    const number = await house.propose("link", { "requests/link.yaml": { link: "/etc/passwd" } }, "ana");
    const planned = await house.plan(number);
    expect(planned.conclusion).toBe("failure");
    expect(planned.comment).not.toContain("root:");
  });

  test("no secret stands in what is published or printed", async () => {
    const number = await house.propose("quiet", { "requests/quiet.yaml": requestFile("quiet") }, "ana");
    const { ran } = await house.plan(number);
    const [comment] = await house.github.comments({ repository: accessRepository, number });
    const secrets = Object.entries(house.environment()).filter(([name]) => /TOKEN|KEY|ORDERS_DB/.test(name));
    for (const [, secret] of secrets) {
      for (const text of [ran.stdout, ran.stderr, comment?.body ?? ""]) expect(text).not.toContain(secret);
    }
  });
});

/** Headings, tables with their cells, links, HTML and mentions of our comment: its shape without its words. */
async function structureOf(house: Lanternworks, number: number): Promise<unknown> {
  const { remark } = await import("remark");
  const { default: remarkGfm } = await import("remark-gfm");
  const [comment] = await house.github.comments({ repository: accessRepository, number });
  const tree = remark()
    .use(remarkGfm)
    .parse(comment?.body ?? "");
  const shape = (node: unknown): unknown => {
    const { type, children } = node as { readonly type: string; readonly children?: readonly unknown[] };
    if (["text", "inlineCode", "code"].includes(type)) return type;
    return children === undefined ? type : [type, ...children.map(shape)];
  };
  return shape(tree);
}

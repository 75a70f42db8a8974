import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runRulesProgram } from "../../../lib/adapters/rules-program";
import { canonicalJson } from "../../../lib/model/canonical";
import { writeTree } from "../../support/folders";
import { governed } from "../../support/governed";
import { emptyFolder, refusalOf, repositoryOf, soundProgram } from "./program";

describe("a rules program", () => {
  test("gives its manifest and its requests, and what it printed apart from them", async () => {
    const { run } = repositoryOf({
      "access.ts": `import { AccessRequest, Connection, Resource } from "leasehold";
${soundProgram(`
new Resource(house, "db", { kind: "tcp", class: "low" }).connection("read");
new AccessRequest(house, "ask", { for: User.named("ann@example.com"), access: [Connection.named("db/read")],
  startBefore: "2026-11-25T18:00:00Z", reason: "why" });
console.log("hello", { a: 1 }); console.error("there");`)}`,
    });
    const output = await run();
    expect(output.manifest.connections.map((one) => one.id)).toEqual(["db/read"]);
    expect(output.requests.map((one) => one.name)).toEqual(["ask"]);
    expect(output.printed).toBe("hello { a: 1 }\nthere\n");
  });

  test("gives the same bytes in another directory", async () => {
    const one = repositoryOf({ "access.ts": soundProgram() });
    const other = repositoryOf({ "access.ts": soundProgram() });
    expect(canonicalJson((await one.run()).manifest)).toBe(canonicalJson((await other.run()).manifest));
  });

  test("imports TypeScript, JavaScript of both kinds and JSON of its repository, round in a circle too", async () => {
    const { run } = repositoryOf({
      "access.ts": `import { names } from "./people/index.js";
import settings from "./settings.json";
import { both } from "./old.cjs";
import { fresh } from "./fresh.mjs";
import type { Nothing } from "./not-there";
${soundProgram(`
enum Level { Low = 1 }
console.log(names(), settings.size satisfies number, both, fresh, Level.Low as number);`)}`,
      "people/index.ts": `import { last } from "./last"; export const first: string = "ann"; export const names = () => [first, last()];`,
      "people/last.ts": `import { first } from "."; export const last = (): string => first + "e";`,
      "old.cjs": `const path = require("path"); module.exports = { both: path.posix.join("a", "b") };`,
      "fresh.mjs": `export const fresh = new URL("https://example.com").hostname;`,
      "settings.json": `{ "size": 3 }`,
    });
    expect((await run()).printed).toBe("[ 'ann', 'anne' ] 3 a/b example.com 1\n");
  });

  test("may use packages of its repository, by their exports, and linked ones", async () => {
    const { path, run } = repositoryOf({
      "access.ts": `import { label } from "house-rules"; import { nested } from "linked/nested"; import type {} from "fs";
${soundProgram("console.log(label, nested);")}`,
      "node_modules/house-rules/package.json": `{ "name": "house-rules", "exports": { ".": "./lib/main.js" } }`,
      "node_modules/house-rules/lib/main.js": `exports.label = require("leasehold").AccessApp.name;`,
      "packages/linked/package.json": `{ "name": "linked" }`,
      "packages/linked/nested.js": `exports.nested = require("constructs").Construct.name;`,
    });
    symlinkSync("../packages/linked", join(path, "node_modules/linked"));
    expect((await run()).printed).toBe("AccessApp Construct\n");
  });

  test("gets the one leasehold and constructs, also where its repository has its own", async () => {
    const fake = { "package.json": `{ "name": "leasehold" }`, "index.js": `throw new Error("not this one");` };
    const { path, run } = repositoryOf({ "access.ts": soundProgram() });
    writeTree(join(path, "node_modules/leasehold"), fake);
    writeTree(join(path, "node_modules/constructs"), fake);
    expect((await run()).manifest.users).toHaveLength(1);
  });

  test("may finish later, and is waited for", async () => {
    const { run } = repositoryOf({
      "access.ts": soundProgram(`setTimeout(() => void new User(house, "bob", { email: "bob@example.com" }), 20);`),
    });
    expect((await run()).manifest.users.map((user) => user.email)).toEqual(["ann@example.com", "bob@example.com"]);
  });

  test("may make several apps when it exports the one that counts", async () => {
    const second = `new AccessApp({ policyApproval: Approval.of(1, Group.named("none")) });`;
    const named = repositoryOf({ "access.ts": soundProgram(`${second}\nexport { app };`) });
    const standard = repositoryOf({ "access.ts": soundProgram(`${second}\nexport default app;`) });
    expect((await named.run()).manifest.users).toHaveLength(1);
    expect((await standard.run()).manifest.users).toHaveLength(1);
  });

  test("reads the files that its repository shows it, and they are noted with what was looked for", async () => {
    const { run } = repositoryOf({
      "access.ts": `import { existsSync, readdirSync, readFileSync } from "node:fs"; import { join } from "node:path";
${soundProgram(`
for (const name of readdirSync(join(__dirname, "teams"))) console.log(readFileSync("teams/" + name, "utf8"));
console.log(existsSync("teams/none.txt"), process.cwd() === __dirname);`)}`,
      "teams/sre.txt": "ann",
    });
    const { printed, inputs } = await run();
    expect(printed).toBe("ann\nfalse true\n");
    expect(inputs.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      "file access.ts",
      "directory teams",
      "absent teams/none.txt",
      "file teams/sre.txt",
    ]);
  });
});

describe("a rules program that fails is told", () => {
  test("with the line and column of its TypeScript", async () => {
    const { run } = repositoryOf({
      "access.ts": `import { check } from "./house/check";\n${soundProgram("check(3 as number);")}`,
      "house/check.ts": `type Big = { a: string };
export const check = (value: number): Big => { throw new TypeError(\`no \${value}\` as string); };`,
    });
    const { first } = await refusalOf(run());
    expect(first).toMatchObject({
      code: "E200",
      detail: "TypeError: no 3",
      where: { file: "house/check.ts", line: 2, column: 54 },
    });
    expect(first.where?.source).toMatch(/^export const check/);
  });

  test("at the call of the construct that was used wrongly", async () => {
    const { run } = repositoryOf({ "access.ts": soundProgram(`  new Group(house, "Team" as string);`) });
    const { first } = await refusalOf(run());
    expect(first).toMatchObject({ code: "E203", where: { file: "access.ts", line: 5, column: 3 } });
    expect(first.detail).toContain("got `Team` (string)");
  });

  test("with every problem of the rules as a whole", async () => {
    const { run } = repositoryOf({
      "access.ts": soundProgram(`new Group(house, "a", { members: [Group.named("first"), Group.named("second")] });`),
    });
    const { diagnostics } = await refusalOf(run());
    expect(diagnostics.map((one) => `${one.code} ${one.summary}`)).toEqual([
      "E202 house/a: there is no group `first`",
      "E202 house/a: there is no group `second`",
    ]);
    for (const one of diagnostics) expect(one.where).toMatchObject({ file: "access.ts", line: 5, column: 1 });
  });

  test.each([
    ["a syntax error", "const a: = 1;", "SyntaxError: Unexpected token", 5, 10],
    [
      "a name declared twice",
      "const x: number = 1; let app = 2;",
      "SyntaxError: Identifier 'app' has already been declared",
      5,
      26,
    ],
    ["an import of nothing", `import "./none";`, "there is no `./none` to import within the repository", 5, 1],
    [
      "an import from outside",
      `import "../outside";`,
      "there is no `../outside` to import within the repository",
      5,
      1,
    ],
    [
      "a package that is not there",
      `import "nowhere";`,
      "the package `nowhere` is not installed in the repository",
      5,
      1,
    ],
    [
      "what is for tests",
      `import "leasehold/testing";`,
      "`leasehold/testing` may not be imported by a rules program: it is for tests",
      5,
      1,
    ],
    [
      "what writes Terraform's stacks",
      `import "leasehold/terraform";`,
      "`leasehold/terraform` may not be imported by a rules program: `leasehold synth --terraform` runs it",
      5,
      1,
    ],
    ["process.exit", "process.exit(0);", "the rules program called process.exit(0)", 5, 9],
    ["an unhandled rejection", "void Promise.reject(new RangeError('late'));", "RangeError: late", 5, 21],
    ["a throw in a timer", "setTimeout(() => { throw new Error('later'); }, 1);", "Error: later", 5, 26],
  ])("for %s", async (_title, line, detail, atLine, atColumn) => {
    const { run } = repositoryOf({ "access.ts": soundProgram(line) });
    const { first } = await refusalOf(run());
    expect(first).toMatchObject({ code: "E200", detail, where: { file: "access.ts", line: atLine, column: atColumn } });
  });

  test.each([
    ["no app", `export const app = "x";`, "the rules program made no AccessApp; what it exports is a string"],
    [
      "two apps",
      soundProgram(`new AccessApp({ policyApproval: app.policyApproval });`),
      "the rules program made 2 AccessApps",
    ],
    ["a thrown text", `throw "x";`, "it threw `x`"],
    ["a thrown object", `throw { toString() { throw 1; } };`, "it threw an object that is no Error"],
  ])("for %s", async (_title, text, detail) => {
    const { run } = repositoryOf({ "access.ts": text });
    expect((await refusalOf(run())).first).toMatchObject({ code: "E200", detail });
  });

  test("with what it had printed until then", async () => {
    const { run } = repositoryOf({
      "access.ts": soundProgram(`console.log("so far"); throw new Error("no further");`),
    });
    expect((await refusalOf(run())).printed).toBe("so far\n");
  });

  test("when it is not there, or not in the repository", async () => {
    const { path, run } = repositoryOf({ "access.ts": soundProgram(), "a/b.ts": "" });
    expect((await refusalOf(run({ app: "acess.ts" }))).first.code).toBe("E200");
    expect((await refusalOf(run({ repository: join(path, "a"), app: "../access.ts" }))).first.code).toBe("E703");
  });
});

describe("a rules program is stopped", () => {
  test.each([
    ["when it loops", "for (;;) {}", { ms: 700 }, "it ran longer than 0.7 s"],
    ["when it waits for ever", "setInterval(() => {}, 1000);", { ms: 700 }, "it ran longer than 0.7 s"],
    [
      "when it fills the heap",
      "const all: unknown[] = []; for (;;) all.push([all.length, {}]);",
      { memoryMiB: 48 },
      "it took more than 48 MiB of memory",
    ],
    [
      "when it prints without end",
      "for (;;) console.log('x'.repeat(1000));",
      { outputBytes: 102_400 },
      "it printed more than 100 KiB",
    ],
    [
      "when its manifest is too large",
      "for (let i = 0; i < 2000; i++) new User(house, `u${i}`, { email: `u${i}@example.com` });",
      { resultBytes: 10_240 },
      "its Manifest is larger than 10 KiB",
    ],
  ])("%s", async (_title, line, limits, detail) => {
    const { run } = repositoryOf({ "access.ts": soundProgram(line) });
    const { first, printed } = await refusalOf(run({ limits }));
    expect(first).toMatchObject({ code: "E201", detail });
    expect(printed.length).toBeLessThan(300_000);
  });

  if (process.platform === "linux") {
    test("when it fills memory outside of the heap", async () => {
      const { run } = repositoryOf({
        "access.ts": soundProgram("const all: Buffer[] = []; for (;;) all.push(Buffer.alloc(4_000_000, 1));"),
      });
      expect((await refusalOf(run({ limits: { memoryMiB: 48 } }))).first.detail).toBe(
        "it took more than 48 MiB of memory",
      );
    });
  }

  test("when the command is interrupted, before and while it runs", async () => {
    const { run } = repositoryOf({ "access.ts": soundProgram("for (;;) {}") });
    expect((await refusalOf(run({ signal: AbortSignal.abort() }))).first.code).toBe("E801");
    expect((await refusalOf(run({ signal: AbortSignal.timeout(200) }))).first.code).toBe("E801");
  });
});

test("what a program prints cannot move the cursor of who reads it", async () => {
  const { run } = repositoryOf({ "access.ts": soundProgram(`console.log("a\\u001b[2Jb\\u202ec\\td");`) });
  expect((await run()).printed).toBe("a\u{FFFD}[2Jb\u{FFFD}c\td\n");
});

test("a repository that is reached through a link is read as well", async () => {
  const { path } = repositoryOf({ "access.ts": soundProgram() });
  const link = join(emptyFolder(), "link");
  symlinkSync(path, link);
  const output = await runRulesProgram({ repository: link, app: "access.ts", governed, hidden: [] });
  expect(output.manifest.users).toHaveLength(1);
});

test("file names with commas, stars and spaces stand in no one's way", async () => {
  const { path, run } = repositoryOf({ "access.ts": soundProgram(`import "./a, b/c d";`), "a, b/c d.ts": "" });
  mkdirSync(join(path, "*"));
  writeFileSync(join(path, "*", "x"), "");
  expect((await run()).manifest.users).toHaveLength(1);
});

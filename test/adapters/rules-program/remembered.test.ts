import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  runRulesProgram,
  tryReadRememberedRules,
  tryRememberRules,
  type RememberedOptions,
  type RulesOutput,
} from "../../../lib/adapters/rules-program";
import { rememberedFile } from "../../../lib/adapters/rules-program/remembered";
import { governed } from "../../support/governed";
import { emptyFolder, repositoryOf, soundProgram } from "./program";

const files = {
  "access.ts": `import { existsSync, readdirSync } from "fs"; import "./teams";
${soundProgram(`console.log(readdirSync("list"), existsSync("flag"));`)}`,
  "teams.ts": `import settings from "./settings.json"; settings;`,
  "settings.json": "{}",
  "list/a": "",
  "other/b": "",
};

let output: RulesOutput;

beforeAll(async () => {
  const { path } = repositoryOf(files);
  output = await runRulesProgram({ repository: path, app: "access.ts", governed, hidden: [] });
});

/** A repository whose synthesis has just been remembered; it is the same wherever the repository stands. */
function remembered(): { readonly path: string; readonly options: RememberedOptions } {
  const { path } = repositoryOf(files);
  const options = { repository: path, app: "access.ts", governed, hidden: ["log"], version: "1.2.3" };
  expect(tryRememberRules(options, output)).toBe(true);
  return { path, options };
}

describe("a remembered synthesis", () => {
  test("is the one of the run, as long as nothing that the program read has changed", () => {
    const { path, options } = remembered();
    writeFileSync(join(path, "other", "c"), "not read by the program");
    expect(output.printed).toBe("[ 'a' ] false\n");
    expect(tryReadRememberedRules(options)).toEqual({ ...output, printed: "" });
  });

  test.each<[string, (path: string) => void]>([
    ["the program", (path) => writeFileSync(join(path, "access.ts"), soundProgram())],
    ["a module of it", (path) => writeFileSync(join(path, "teams.ts"), "")],
    ["data that a module imports", (path) => writeFileSync(join(path, "settings.json"), `{"a":1}`)],
    ["a file that is gone", (path) => rmSync(join(path, "settings.json"))],
    ["a directory that it listed", (path) => writeFileSync(join(path, "list", "b"), "")],
    ["a file that it looked for and did not find", (path) => writeFileSync(join(path, "flag"), "")],
    ["a file that would be found first", (path) => mkdirSync(join(path, "teams"))],
  ])("is forgotten when something else is %s", (_title, change) => {
    const { path, options } = remembered();
    change(path);
    expect(tryReadRememberedRules(options)).toBeUndefined();
  });

  test("belongs to one version, one program, one config and one set of hidden paths", () => {
    const { options } = remembered();
    const others: readonly Partial<RememberedOptions>[] = [
      { version: "1.2.4" },
      { app: "teams.ts" },
      { governed: { ...governed, approvals: "github" } },
      { hidden: [] },
    ];
    for (const other of others) expect(tryReadRememberedRules({ ...options, ...other })).toBeUndefined();
    expect(tryReadRememberedRules(options)).toBeDefined();
  });

  test.each<[string, (stored: Record<string, unknown>) => unknown]>([
    ["no JSON", () => undefined],
    ["another shape", () => []],
    ["no inputs", (stored) => ({ ...stored, inputs: [] })],
    ["an input of another shape", (stored) => ({ ...stored, inputs: [{ kind: "file", path: 1 }] })],
    ["an input from outside", (stored) => ({ ...stored, inputs: [{ kind: "absent", path: "../nothing-there" }] })],
    ["a manifest of another shape", (stored) => ({ ...stored, manifest: { rules: [] } })],
    [
      "a manifest that is not consistent",
      (stored) => ({ ...stored, manifest: { ...(stored["manifest"] as object), users: [] } }),
    ],
    ["requests of another shape", (stored) => ({ ...stored, requests: [{ name: "x" }] })],
  ])("is not believed when its file holds %s", (_title, change) => {
    const { path, options } = remembered();
    const file = rememberedFile(path);
    writeFileSync(file, String(JSON.stringify(change(JSON.parse(readFileSync(file, "utf8"))))));
    expect(tryReadRememberedRules(options)).toBeUndefined();
  });

  test("has the config that is given, whatever its file says", () => {
    const { path, options } = remembered();
    const file = rememberedFile(path);
    const stored = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(
      file,
      JSON.stringify({ ...stored, manifest: { ...stored.manifest, protected: ["eve@example.com"] } }),
    );
    expect(tryReadRememberedRules(options)?.manifest.protected).toEqual([]);
  });

  test("is not written through a directory that is a link out of the repository", () => {
    const { path, options } = remembered();
    const elsewhere = emptyFolder();
    rmSync(join(path, "leasehold.out"), { recursive: true });
    symlinkSync(elsewhere, join(path, "leasehold.out"));
    expect(tryRememberRules(options, output)).toBe(false);
    expect(tryReadRememberedRules(options)).toBeUndefined();
  });
});

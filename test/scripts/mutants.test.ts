import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { linkFromProject, projectRoot, temporaryFolder, writeTree } from "../support/folders";

interface Mutant {
  readonly name: string;
  readonly defends: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly tests: readonly string[];
  readonly build?: boolean;
}

const mutant: Mutant = {
  name: "bots approve",
  defends: "self-approval by proxy",
  file: "lib/a.ts",
  find: "if (isBot) return false;",
  replace: "",
  tests: ["test/a.test.ts"],
};

describe("the list of mutants", () => {
  const root = temporaryFolder();
  let findListProblems: (root: string, mutants: readonly object[]) => readonly string[];
  let mutate: (text: string, mutant: Mutant) => string;
  let readMutants: (root: string) => readonly Mutant[];

  beforeAll(async () => {
    ({ findListProblems, mutate, readMutants } = await import("../../scripts/mutants.mjs"));
  });

  const problemsOf = (mutants: readonly object[], source = "if (isBot) return false;\n"): readonly string[] => {
    const folder = mkdtempSync(join(root, "list-"));
    writeTree(folder, { "lib/a.ts": source, "test/a.test.ts": "" });
    return findListProblems(folder, mutants);
  };

  it("fits the sources as they stand: each text is there once, each test exists", () => {
    expect(findListProblems(projectRoot, readMutants(projectRoot))).toEqual([]);
  });

  it("names a defence that is gone, or that is not the only one of its words", () => {
    expect(problemsOf([mutant], "return true;\n")).toEqual([
      "bots approve: its text stands 0 times in lib/a.ts, not once",
    ]);
    expect(problemsOf([mutant], `${mutant.find}\n${mutant.find}\n`)).toEqual([
      "bots approve: its text stands 2 times in lib/a.ts, not once",
    ]);
  });

  it.each<[string, object, string]>([
    ["a file that does not exist", { ...mutant, file: "lib/gone.ts" }, "there is no lib/gone.ts"],
    ["a test that does not exist", { ...mutant, tests: ["test/gone.test.ts"] }, "there is no test/gone.test.ts"],
    ["no tests", { ...mutant, tests: [] }, "it names no test"],
    ["nothing changed", { ...mutant, replace: mutant.find }, "it changes nothing"],
    ["a key that nobody reads", { ...mutant, test: "a" }, "unknown keys test"],
    ["no defence", { ...mutant, defends: "" }, "name, defends, file, find and replace are texts"],
  ])("refuses %s", (_, one, problem) => {
    expect(problemsOf([one])).toEqual([`bots approve: ${problem}`]);
  });

  it("refuses two of one name", () => {
    expect(problemsOf([mutant, mutant])).toEqual(["bots approve: there are two of this name"]);
  });

  it("puts in what stands there, whatever characters it has", () => {
    expect(mutate("a $& b", { ...mutant, find: "$&", replace: "$1 $$ $&" })).toBe("a $1 $$ $& b");
  });
});

describe("the type check of mutants", () => {
  const root = temporaryFolder();
  let check: (texts: Readonly<Record<string, string>>) => readonly string[];

  beforeAll(async () => {
    linkFromProject(root, ["node_modules", "tsconfig.json"]);
    writeTree(root, {
      "lib/count.ts": "export function count(limit: number): number {\n  return limit;\n}\n",
      "lib/use.ts": 'import { count } from "./count";\nexport const most: number = count(1);\n',
      "providers/none.ts": "export {};\n",
    });
    ({ typeChecker: check } = { typeChecker: (await import("../../scripts/type-checker.mjs")).typeChecker(root) });
  });

  it("lets pass what compiles, also with something unused or unreachable in it", () => {
    expect(check({ "lib/count.ts": "export function count(limit: number): number {\n  return 1;\n}\n" })).toEqual([]);
    const dead = "export function count(limit: number): number {\n  if (false) return limit;\n  return 1;\n}\n";
    expect(check({ "lib/count.ts": dead })).toEqual([]);
  });

  it("says what does not compile, also in another file", () => {
    expect(check({ "lib/count.ts": "export function count(limit: number): number {\n  return limit +;\n}\n" })).toEqual(
      ["Expression expected."],
    );
    expect(
      check({ "lib/count.ts": "export function count(limit: number): string {\n  return `${limit}`;\n}\n" }),
    ).toEqual(["Type 'string' is not assignable to type 'number'."]);
  });
});

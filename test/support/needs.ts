import { accessSync, constants, existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";

/** Something outside this repository without which a test can't run. Every field that is given has to be met. */
export interface Need {
  /** How the skip message calls it: "a PostgreSQL server". */
  readonly what: string;
  /** A program that has to be on PATH or in `directories`. */
  readonly command?: string;
  /** More places to look for `command`; a segment `*` stands for any name, the highest version is taken. */
  readonly directories?: readonly string[];
  /** The Debian package that brings `command`; list it in scripts/debian-packages.txt too. */
  readonly debianPackage?: string;
  /** An npm package that has to resolve. */
  readonly npmPackage?: string;
  /** Variables that have to be set and not empty. */
  readonly environment?: readonly string[];
  /** Looked at last: says in words why what was found is of no use, or undefined when it is. */
  readonly flaw?: () => string | undefined;
}

/** The machine as the helpers see it; tests of the helpers describe another one. */
export interface Machine {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  readonly isDebian: boolean;
  /** The folder with package.json, from which packages are resolved. */
  readonly root: string;
}

/** What becomes of tests with needs; `missing` says in words what was not found. */
export type Verdict =
  | { readonly kind: "run" }
  | { readonly kind: "skip"; readonly missing: string }
  | { readonly kind: "fail"; readonly missing: string };

/** The git program. */
export const git: Need = { what: "git", command: "git", debianPackage: "git" };

/** The programs of a PostgreSQL server; `tryFindCommand(postgresqlServer)` is the path of its initdb. */
export const postgresqlServer: Need = {
  what: "a PostgreSQL server",
  command: "initdb",
  directories: ["/usr/lib/postgresql/*/bin"],
  debianPackage: "postgresql",
};

/** A real hoop gateway to test against; see `npm run test:hoop`. */
export const hoopGateway: Need = {
  what: "an empty hoop test gateway",
  environment: ["LEASEHOLD_HOOP_URL", "LEASEHOLD_HOOP_KEY"],
};

/** `describe` for tests with needs: skipped, with what was missing in the title, when they are not met. */
export function describeWith(needs: Need | readonly Need[], title: string, body: () => void): void {
  const verdict = verdictOn(needs);
  if (verdict.kind === "run") describe(title, body);
  else if (verdict.kind === "skip") describe.skip(announced(title, verdict.missing), body);
  else failed(title, verdict.missing);
}

/** `test` for one test with needs; see describeWith. */
export function testWith(
  needs: Need | readonly Need[],
  title: string,
  body: (() => void) | (() => Promise<void>),
): void {
  const verdict = verdictOn(needs);
  if (verdict.kind === "run") test(title, body);
  else if (verdict.kind === "skip") test.skip(announced(title, verdict.missing), body);
  else failed(title, verdict.missing);
}

/**
 * Decides whether tests with these needs run. A missing need is a skip; with CI=true it is a failure where nothing excuses it:
 * the program is there but of no use, package.json lists the package, or the machine is a Debian with us as root, where
 * .ci/run could have installed it.
 */
export function verdictOn(needs: Need | readonly Need[], machine: Machine = thisMachine()): Verdict {
  const unmet = [needs].flat().flatMap((need) => unmetPartsOf(need, machine));
  if (unmet.length === 0) return { kind: "run" };
  const missing = unmet.map((part) => part.missing).join("; ");
  const isExcused = machine.environment["CI"] !== "true" || unmet.every((part) => part.isExcused);
  return { kind: isExcused ? "skip" : "fail", missing };
}

/** The path of a need's program, or undefined when it is in none of the places. */
export function tryFindCommand(need: Need, machine: Machine = thisMachine()): string | undefined {
  const command = need.command;
  if (command === undefined) return undefined;
  const onPath = (machine.environment["PATH"] ?? "").split(delimiter).filter((directory) => directory !== "");
  const directories = [...onPath, ...(need.directories ?? []).flatMap(expanded)];
  return directories.map((directory) => join(directory, command)).find(isExecutable);
}

interface UnmetPart {
  readonly missing: string;
  readonly isExcused: boolean;
}

function unmetPartsOf(need: Need, machine: Machine): readonly UnmetPart[] {
  const parts = [...unmetCommand(need, machine), ...unmetPackage(need, machine), ...unmetEnvironment(need, machine)];
  const flaw = parts.length === 0 ? need.flaw?.() : undefined;
  // A program or package that is there but of no use is a broken machine; anything else may well be absent.
  const isExcused = need.command === undefined && need.npmPackage === undefined;
  return flaw === undefined ? parts : [{ missing: `${need.what}: ${flaw}`, isExcused }];
}

function unmetCommand(need: Need, machine: Machine): readonly UnmetPart[] {
  if (need.command === undefined || tryFindCommand(need, machine) !== undefined) return [];
  const hint = need.debianPackage === undefined ? "" : ` (Debian package ${need.debianPackage})`;
  const couldBeInstalled = need.debianPackage !== undefined && machine.isRoot && machine.isDebian;
  return [{ missing: `${need.what}: no program ${need.command}${hint}`, isExcused: !couldBeInstalled }];
}

function unmetPackage(need: Need, machine: Machine): readonly UnmetPart[] {
  if (need.npmPackage === undefined || isInstalled(need.npmPackage, machine.root)) return [];
  const missing = `${need.what}: npm package ${need.npmPackage} is not installed`;
  return [{ missing, isExcused: !isListed(need.npmPackage, machine.root) }];
}

function unmetEnvironment(need: Need, machine: Machine): readonly UnmetPart[] {
  const unset = (need.environment ?? []).filter((name) => (machine.environment[name] ?? "") === "");
  return unset.length === 0 ? [] : [{ missing: `${need.what}: set ${unset.join(" and ")}`, isExcused: true }];
}

function announced(title: string, missing: string): string {
  return `${title} [needs ${missing}]`;
}

function failed(title: string, missing: string): void {
  test(title, () => {
    throw new Error(`This machine must not skip the test, but it lacks ${missing}.`);
  });
}

function expanded(pattern: string): readonly string[] {
  const [before, after] = pattern.split("*");
  if (before === undefined || after === undefined) return [pattern];
  const names = existsSync(before) ? readdirSync(before) : [];
  const newestFirst = names.toSorted((a, b) => b.localeCompare(a, "en", { numeric: true }));
  return newestFirst.map((name) => join(before, name, after));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isInstalled(name: string, root: string): boolean {
  // Not resolve(name): a package may export nothing under its bare name, or only to import().
  const folders = createRequire(join(root, "package.json")).resolve.paths(name) ?? [];
  return folders.some((folder) => existsSync(join(folder, name, "package.json")));
}

function isListed(name: string, root: string): boolean {
  const listed = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<string, object | undefined>;
  return ["dependencies", "devDependencies", "optionalDependencies"].some((group) => name in (listed[group] ?? {}));
}

function thisMachine(): Machine {
  return {
    environment: process.env,
    isRoot: process.getuid?.() === 0,
    isDebian: existsSync("/etc/debian_version"),
    root: dirname(dirname(__dirname)),
  };
}

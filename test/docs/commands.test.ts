/** Every command that README and docs show is run as it stands, and prints what they show. */
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { docCommands, docStart, tryFindMissing, type DocCommand } from "../support/console-blocks";
import { projectRoot, temporaryFolder } from "../support/folders";

const docs = ["README.md", ...listMarkdown("docs"), ...listMarkdown("examples/company"), "examples/README.md"].filter(
  (path) => docCommands(readFileSync(join(projectRoot, path), "utf8")).length > 0,
);

/** What each world adds to the one before it. */
const worlds: Readonly<Record<string, readonly string[]>> = {
  empty: [],
  fresh: ["leasehold init ."],
  accepted: ["leasehold init .", "leasehold policy accept"],
  active: [
    "leasehold init .",
    "leasehold policy accept",
    "leasehold approve orders-first-look --as ben@example.com",
    "leasehold apply --yes",
  ],
  company: [`cp -R "${join(projectRoot, "examples/company")}/." .`],
  project: [],
};

const folder = temporaryFolder();
const bin = join(folder, "bin");

beforeAll(() => {
  mkdirSync(bin);
  program("leasehold", `exec "${process.execPath}" "${join(projectRoot, "dist/lib/cli/main.js")}" "$@"`);
  // Nobody's PostgreSQL is needed to show that the port is handed over.
  program("psql", `echo "psql $* at $PGHOST:$PGPORT"`);
});

test("there are docs with commands, and each starts from a world that there is", () => {
  expect(docs).toEqual(expect.arrayContaining(["README.md", "docs/ask-for-access.md", "docs/run-it.md"]));
  for (const path of docs) expect(worlds).toHaveProperty(docStart(readFileSync(join(projectRoot, path), "utf8")));
});

test.each(docs)(
  "every command of %s works as it is shown",
  async (path) => {
    const markdown = readFileSync(join(projectRoot, path), "utf8");
    const directory = await startingPoint(docStart(markdown), path);
    let here = directory;
    for (const command of docCommands(markdown)) {
      // oxlint-disable-next-line no-await-in-loop -- each stands on the ones before it
      const ran = command.keepsGoing ? await runUntilStopped(command.line, here) : runToEnd(command.line, here);
      here = ran.directory;
      const told = { at: `${path}:${command.at}`, command: command.line, output: ran.output };
      expect({ ...told, exitCode: ran.exitCode }).toEqual({ ...told, exitCode: command.exitCode });
      expect({ ...told, missing: missing(command, ran.output) }).toEqual({ ...told, missing: undefined });
    }
  },
  180_000,
);

test("a doc that shows what is not printed is noticed", () => {
  const [command] = docCommands(
    "```console\n$ leasehold status # exit 5\n+ ana  orders-db …\nStatus: 1 active.\n```\n",
  );
  expect(command).toEqual({
    line: "leasehold status",
    at: 2,
    exitCode: 5,
    keepsGoing: false,
    shows: ["+ ana  orders-db …", "Status: 1 active."],
  });
  const shows = command?.shows ?? [];
  expect(tryFindMissing(shows, "+ ana orders-db read\n\nStatus: 1 active.")).toBeUndefined();
  expect(tryFindMissing(shows, "Status: 1 active.\n+ ana orders-db read")).toBe("Status: 1 active.");
  expect(tryFindMissing(shows, "+ ben orders-db read\nStatus: 1 active.")).toBe("+ ana  orders-db …");
});

interface Ran {
  readonly exitCode: number;
  readonly output: string;
  /** Where the shell is afterwards: `cd` counts. */
  readonly directory: string;
}

function missing(command: DocCommand, output: string): string | undefined {
  return tryFindMissing(command.shows, output);
}

const environment = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}`,
  NO_COLOR: "1",
  COLUMNS: "140",
  LEASEHOLD_TOKEN: "",
};

function runToEnd(line: string, directory: string): Ran {
  const whereFile = join(folder, "where");
  const script = `${line}\ncode=$?; pwd > "${whereFile}"; exit $code`;
  const run = spawnSync("sh", ["-c", script], { cwd: directory, env: environment, encoding: "utf8" });
  const where = readFileSync(whereFile, "utf8").trimEnd();
  return { exitCode: run.status ?? 1, output: `${run.stderr}${run.stdout}`, directory: where };
}

/** Runs it until it has said something, then interrupts it as Ctrl-C does. */
async function runUntilStopped(line: string, directory: string): Promise<Ran> {
  const child = spawn("sh", ["-c", `exec ${line}`], { cwd: directory, env: environment });
  let output = "";
  const listen = (text: Buffer): void => {
    if (output === "") child.kill("SIGINT");
    output += text.toString("utf8");
  };
  child.stdout.on("data", listen);
  child.stderr.on("data", listen);
  const exitCode = await new Promise<number>((resolve) => child.on("close", (code) => resolve(code ?? 1)));
  return { exitCode, output, directory };
}

/** A folder of its own in that world; a world is made once. */
async function startingPoint(world: string, path: string): Promise<string> {
  if (world === "project") return projectRoot;
  const made = join(folder, "worlds", world);
  if (!existsSync(made)) {
    mkdirSync(made, { recursive: true });
    for (const line of worlds[world] ?? []) {
      const run = runToEnd(line, made);
      if (run.exitCode !== 0) throw new Error(`${line}: ${run.output}`);
    }
  }
  const directory = join(folder, "docs", path.replace(/\W/g, "-"));
  cpSync(made, directory, { recursive: true });
  // The address of a gateway that has gone; a copy may not lead to the original's.
  rmSync(join(directory, ".leasehold/gateway/address.json"), { force: true });
  return directory;
}

function program(name: string, script: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
}

function listMarkdown(directory: string): readonly string[] {
  const absolute = join(projectRoot, directory);
  if (!existsSync(absolute)) return [];
  const names = readdirSync(absolute).filter((name) => name.endsWith(".md"));
  return names.toSorted().map((name) => `${directory}/${name}`);
}

import { dirname, join, relative } from "node:path";
import { failure, LeaseholdError } from "../../errors";
import { limits } from "../../model/limits";
import type { CommandCall, CommandSpec } from "../command";
import { pathOption } from "../options";
import type { Shell } from "../shell";
import { githubRepositoryFiles } from "../templates/github";
import { repositoryFiles } from "../templates/repository";
import { packageDirectory } from "../version";
import { repositoryNameOf } from "../../github/environment";

/** `leasehold init`: an access repository that works. */
export const init: CommandSpec = {
  name: "init",
  args: "[dir]",
  summary: "make an access repository that works: config, rules and a request",
  examples: [
    ["leasehold init demo", "make one in the new directory demo"],
    ["leasehold init", "make one here"],
    ["leasehold init --github --repo acme/access", "make one for GitHub: Log in Git, approvals as reviews, workflows"],
  ],
  options(command) {
    command
      .option("--github", "for GitHub: the Log in Git, approvals as reviews, workflows, CODEOWNERS")
      .option("--repo <owner/name>", "with --github: the repository on GitHub that it will be");
  },
  async run(call) {
    const directory = pathOption(call.args[0] ?? ".", call.global);
    const owner = ownerOption(call);
    const installation = newInstallation(call.shell);
    const schemas = await readSchemas(call.shell);
    const files =
      owner === undefined
        ? repositoryFiles({ installation, now: call.shell.clock.now(), schemas })
        : githubRepositoryFiles({ installation, schemas, owner });
    await refuseToOverwrite(call, directory, Object.keys(files));
    for (const [path, text] of Object.entries(files)) {
      await call.shell.files.makeDirectory(dirname(join(directory, path)));
      await call.shell.files.writeText(join(directory, path), text);
    }
    if (owner === undefined) tellNext(call, directory, Object.keys(files));
    else tellNextOnGitHub(call, directory, [...Object.keys(files), await writeManifest(call, directory)]);
    return 0;
  },
};

/** The owner of the repository on GitHub; undefined without --github. */
function ownerOption(call: CommandCall): string | undefined {
  const { github, repo } = call.options;
  if (repo !== undefined && github !== true) {
    throw failure("E800", { detail: "--repo says nothing without --github", fix: "add --github" });
  }
  if (github !== true) return undefined;
  return repo === undefined ? "example" : repositoryNameOf(String(repo), "--repo").owner;
}

/** The first Manifest, as `leasehold synth` writes it: it is committed with the rest. */
async function writeManifest(call: CommandCall, directory: string): Promise<string> {
  const { Workspace } = await import("../../workspace/workspace.js");
  const { readRules } = await import("../../workspace/declared.js");
  const { committedManifestPath, manifestText } = await import("../../model/manifest.js");
  const workspace = await Workspace.open(call.shell, { directory });
  try {
    const { rules, diagnostics } = await readRules(workspace.ports, workspace.repository);
    if (rules === undefined) throw new LeaseholdError(diagnostics);
    await call.shell.files.makeDirectory(dirname(join(directory, committedManifestPath)));
    await call.shell.files.writeText(join(directory, committedManifestPath), manifestText(rules.manifest));
    return committedManifestPath;
  } finally {
    await workspace.close();
  }
}

/** A letter and 19 random hexadecimal digits: digits alone, or with one `e` among them, would be a number to YAML. */
function newInstallation(shell: Shell): string {
  return `i${Buffer.from(shell.random.bytes(10)).toString("hex").slice(1)}`;
}

async function readSchemas(shell: Shell): Promise<Readonly<Record<string, string>>> {
  const texts: Record<string, string> = {};
  for (const name of ["config.v1.json", "request.v1.json"]) {
    const file = join(packageDirectory(), "schemas", name);
    const text = await shell.files.tryReadText(file, limits.configBytes);
    if (text === undefined) {
      throw failure("E704", { detail: `no file ${file}`, fix: "install leasehold again: its schemas are missing" });
    }
    texts[name] = text;
  }
  return texts;
}

async function refuseToOverwrite(call: CommandCall, directory: string, paths: readonly string[]): Promise<void> {
  const present: string[] = [];
  for (const path of paths) {
    const text = await call.shell.files.tryReadText(join(directory, path), limits.blobBytes);
    if (text !== undefined) present.push(path);
  }
  if (present.length === 0) return;
  throw failure("E705", {
    summary: "there are files already that init would write",
    detail: `${present.join(", ")} in ${directory}`,
    fix: "name a new directory: `leasehold init DIR`",
  });
}

function tellNext(call: CommandCall, directory: string, paths: readonly string[]): void {
  const { shown, enter } = placeOf(call, directory);
  call.shell.output.result(
    [
      ...written(shown, paths),
      "",
      `Next: ${enter}leasehold validate && leasehold plan`,
      "Then: leasehold policy accept, leasehold approve orders-first-look --as ben@example.com, leasehold apply",
    ].join("\n"),
  );
}

function tellNextOnGitHub(call: CommandCall, directory: string, paths: readonly string[]): void {
  const { shown, enter } = placeOf(call, directory);
  call.shell.output.result(
    [
      ...written(shown, paths),
      "",
      `Next: ${enter}grep -rn 'FILL IN' . names the places that are yours; docs/github.md goes through them step by step`,
      "Then: leasehold synth, commit and push, leasehold doctor, leasehold policy accept",
    ].join("\n"),
  );
}

function placeOf(call: CommandCall, directory: string): { readonly shown: string; readonly enter: string } {
  const shown = relative(call.shell.directory, directory);
  return { shown, enter: shown === "" ? "" : `cd ${shown} && ` };
}

function written(shown: string, paths: readonly string[]): readonly string[] {
  return paths.map((path) => `+ ${shown === "" ? path : `${shown}/${path}`}`);
}

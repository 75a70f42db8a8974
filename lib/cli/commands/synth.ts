import { failure, LeaseholdError } from "../../errors";
import type { CommandCall, CommandSpec } from "../command";

/** `leasehold synth`: the rules as data. */
export const synth: CommandSpec = {
  name: "synth",
  summary: "run the rules program and write leasehold.out/manifest.json",
  examples: [
    ["leasehold synth", "write leasehold.out/manifest.json"],
    ["leasehold synth --check", "write nothing; fail when the file is not what the rules say"],
    ["leasehold synth --terraform", "write the roles of PostgreSQL levels as Terraform's stacks too, to cdktf.out/"],
  ],
  formats: ["text", "json"],
  options(command) {
    command.option("--check", "write nothing: fail when the file is not what the rules say");
    command.option("--terraform", "write Terraform's stacks too: the roles of PostgreSQL levels");
    command.option("--out <dir>", "where the stacks go, beside leasehold.yaml (default: cdktf.out)");
    command.option(
      "--adopt",
      "write adopt.tfstate beside each stack: for roles that are there already (docs/import.md)",
    );
    command.option("--backend <type>", "what keeps their state, e.g. s3 (default: a file beside that folder)");
  },
  async run(call) {
    checkOptions(call);
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, async (workspace) => {
      const { readRules } = await import("../../workspace/declared.js");
      const { rules, diagnostics, printed } = await readRules(workspace.ports, workspace.repository);
      const { renderPrinted } = await import("../../render/printed.js");
      if (printed !== "") call.shell.output.progress(renderPrinted(printed));
      if (rules === undefined) throw new LeaseholdError(diagnostics);
      if (call.options["check"] === true) await check(workspace, rules.manifest);
      else await write(call, workspace, rules.manifest);
      if (call.options["terraform"] === true) await writeStacks(call, workspace, rules.manifest);
      const { canonicalJson } = await import("../../model/canonical.js");
      const { manifest } = rules;
      const did = call.options["check"] === true ? "Checked" : "Wrote";
      const counts = `${manifest.rules.length} rules, ${manifest.connections.length} connections, ${manifest.users.length} people`;
      call.shell.output.result(
        call.global.format === "json"
          ? canonicalJson(manifest)
          : `${did} leasehold.out/manifest.json: ${counts}, digest ${rules.digest.slice(0, 12)}.`,
      );
      return 0;
    });
  },
};

type Workspace = import("../../workspace/workspace").Workspace;
type Manifest = import("../../model/manifest").Manifest;

function checkOptions({ options }: CommandCall): void {
  const isTerraform = options["terraform"] === true;
  const stray = ["out", "backend", "adopt"].find((name) => options[name] !== undefined && !isTerraform);
  if (stray !== undefined) {
    throw failure("E800", {
      detail: `--${stray} is about Terraform's stacks`,
      fix: `add --terraform, or leave it out`,
    });
  }
  if (isTerraform && options["check"] === true) {
    throw failure("E800", { detail: "--check writes nothing, --terraform does", fix: "give one of the two" });
  }
}

async function writeStacks(call: CommandCall, { repository }: Workspace, manifest: Manifest): Promise<void> {
  const { resolve } = await import("node:path");
  const { synthTerraform } = await import("../synth-terraform.js");
  const { out, backend, adopt } = call.options;
  const folder = typeof out === "string" ? out : "cdktf.out";
  const stacks = await synthTerraform(call, manifest, {
    outdir: resolve(repository.root, folder),
    backend: typeof backend === "string" ? backend : undefined,
    adopt: adopt === true,
  });
  if (call.global.format === "json") return;
  const { count } = await import("../../render/counts.js");
  call.shell.output.result(`Wrote ${folder}: ${count(stacks.length, "stack")} (${stacks.join(", ")}).`);
}

async function check(workspace: Workspace, manifest: Manifest): Promise<void> {
  const { checkCommittedManifest } = await import("../../workspace/committed-manifest.js");
  const fault = await checkCommittedManifest(workspace.ports, workspace.repository, manifest);
  if (fault !== undefined) throw new LeaseholdError([fault]);
}

async function write(call: CommandCall, workspace: Workspace, manifest: Manifest): Promise<void> {
  const { dirname, join } = await import("node:path");
  const { committedManifestPath, manifestText } = await import("../../model/manifest.js");
  const { files } = call.shell;
  const path = join(workspace.repository.root, committedManifestPath);
  await files.makeDirectory(dirname(path));
  await files.writeText(path, manifestText(manifest));
}

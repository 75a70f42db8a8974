import { failure } from "../errors";
import type { Manifest } from "../model/manifest";
import type { CommandCall } from "./command";

/** Where the stacks go, and what keeps their state. */
export interface SynthTerraformOptions {
  /** The folder, absolute. */
  readonly outdir: string;
  /** The type of backend; its settings come with `terraform init -backend-config=…`. */
  readonly backend: string | undefined;
  /** Whether the state of what is there already is written beside each stack. */
  readonly adopt: boolean;
}

/** Writes the levels of a Manifest as Terraform's stacks; says on the side which folders there are no stack's any more. */
export async function synthTerraform(
  call: CommandCall,
  manifest: Manifest,
  { outdir, backend, adopt }: SynthTerraformOptions,
): Promise<readonly string[]> {
  if (backend !== undefined && !/^[a-z][a-z0-9_]{0,40}$/.test(backend)) {
    throw failure("E800", { detail: "--backend is no type of backend", fix: "write it like --backend s3" });
  }
  const { adoptedState, writeTerraform } = await loadTerraform();
  const { files, output } = call.shell;
  await files.makeDirectory(outdir);
  const stacks = writeTerraform(manifest, { outdir, ...(backend === undefined ? {} : { backend: { type: backend } }) });
  const { join } = await import("node:path");
  for (const name of await files.list(join(outdir, "stacks"))) {
    if (stacks.includes(name)) continue;
    output.progress(
      `No level is in cluster ${name} any more: run \`terraform destroy\` in its folder, then delete it.`,
    );
  }
  for (const name of stacks) {
    const folder = join(outdir, "stacks", name);
    const file = join(folder, "adopt.tfstate");
    if (!adopt) {
      await files.remove(file);
      continue;
    }
    const { state, left } = adoptedState(
      (await files.tryReadText(join(folder, "cdk.tf.json"), mostBytes)) ?? "{}",
      name,
    );
    await files.writeText(file, state);
    if (left.length > 0)
      output.progress(`Of ${name}, adopt.tfstate leaves out what Terraform looks up itself: ${left.join(", ")}.`);
  }
  return stacks;
}

/** Longest stack that is read again. */
const mostBytes = 268_435_456;

/** cdktf is loaded by nothing else; the bundle of the Action leaves it out. */
async function loadTerraform(): Promise<typeof import("../terraform/index")> {
  try {
    return await import("../terraform/index.js");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND")) throw error;
    throw failure("E800", {
      detail: "--terraform needs cdktf, which is not here (the GitHub Action does without it)",
      fix: "run `npx leasehold synth --terraform` with leasehold installed from npm",
    });
  }
}

import { App } from "cdktf";
import { failure } from "../errors";
import { findLevelFaults, type DeclaredLevels } from "../model/level-faults";
import type { TerraformBackend } from "./backend";
import { clustersOf } from "./clusters";
import { ClusterStack } from "./stack";

/** How Terraform's stacks are written. */
export interface TerraformOptions {
  /**
   * The folder to write to.
   * @default - what the cdktf CLI says in CDKTF_OUTDIR, else `cdktf.out`
   */
  readonly outdir?: string;
  /**
   * Where Terraform keeps the state of a stack.
   * @default - a file `terraform.<cluster>.tfstate` beside the folder
   */
  readonly backend?: TerraformBackend;
}

/**
 * Writes one Terraform stack per PostgreSQL cluster that has levels: `stacks/<cluster>/cdk.tf.json` and `manifest.json`,
 * the same bytes for the same levels. Gives the names of the clusters. Throws E206 with everything that is wrong with the
 * levels, and where there are none.
 */
export function writeTerraform(levels: DeclaredLevels, options: TerraformOptions = {}): readonly string[] {
  const faults = findLevelFaults(levels);
  if (faults.length > 0) {
    const detail = faults.slice(0, mostTold).map(({ path, sentence }) => `${path}: ${sentence}`);
    throw failure("E206", { detail: detail.join("; "), fix: faults[0]?.fix ?? "mend the levels" });
  }
  const clusters = clustersOf(levels);
  if (clusters.length === 0) {
    const fix = "give a connection of a postgresql resource `privileges: PostgresqlLevel.read({ … })`";
    throw failure("E206", { detail: "no connection says what its level carries", fix });
  }
  const { outdir, backend } = options;
  const app = new App({ stackTraces: false, ...(outdir === undefined ? {} : { outdir }) });
  for (const cluster of clusters) new ClusterStack(app, cluster, backend);
  app.synth();
  return clusters.map(({ name }) => name);
}

const mostTold = 20;

import { spawn } from "node:child_process";
import { join } from "node:path";
import { writeProvider } from "../../doubles/terraform-postgresql/build";
import type { Need } from "../../support/needs";
import { postgresPassword, type TestPostgres } from "../../support/postgres";

/** The terraform program. */
export const terraformProgram: Need = { what: "terraform", command: "terraform" };

/** What a run of terraform gave. */
export interface TerraformRun {
  readonly status: number | null;
  /** Everything it printed. */
  readonly text: string;
}

/** Runs terraform in the folder of a stack. */
export type Terraform = (stack: string, ...args: readonly string[]) => Promise<TerraformRun>;

/** Terraform with the stand-in, or the real provider where a variable names it, on a test's own server. */
export function terraformOn(
  server: TestPostgres,
  facts: { readonly folder: string; readonly outdir: string; readonly variables?: Readonly<Record<string, string>> },
): Terraform {
  const { folder, outdir, variables = {} } = facts;
  const environment = { ...terraformEnvironment(server, folder), ...variables };
  return (stack, ...args) => run(join(outdir, "stacks", stack), args, environment);
}

/** What terraform has to be told to find provider and server; the provider is written below a folder. */
export function terraformEnvironment(server: TestPostgres, folder: string): Readonly<Record<string, string>> {
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    TF_CLI_CONFIG_FILE: writeProvider(join(folder, "terraform")),
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
    PGUSER: "postgres",
    PGPASSWORD: postgresPassword,
    PGSSLMODE: "disable",
    TF_VAR_host: server.host,
    TF_VAR_port: String(server.port),
  };
}

function run(
  cwd: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<TerraformRun> {
  const [command = "", ...rest] = args;
  const noColour = ["show", "state", "providers"].includes(command) ? [] : ["-no-color", "-input=false"];
  return new Promise((resolve, reject) => {
    const child = spawn("terraform", [command, ...(command === "validate" ? ["-no-color"] : noColour), ...rest], {
      cwd,
      env: { ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (text += part.toString()));
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, text }));
  });
}

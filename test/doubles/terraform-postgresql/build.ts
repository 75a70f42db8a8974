import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { projectRoot } from "../../support/root";

const schema = join(projectRoot, "test/fixtures/terraform/postgresql-provider-1.26.0-schema.json");

/**
 * Writes the stand-in into a folder as Terraform finds providers there without a registry, and gives the file that says so,
 * for TF_CLI_CONFIG_FILE. Where LEASEHOLD_POSTGRESQL_PROVIDER names the real provider's program, that is what is started.
 */
export function writeProvider(folder: string): string {
  const mirror = join(folder, "providers");
  const place = join(mirror, "registry.terraform.io/cyrilgdn/postgresql/1.26.0", platform());
  mkdirSync(place, { recursive: true });
  const program = join(place, "terraform-provider-postgresql_v1.26.0");
  const real = process.env["LEASEHOLD_POSTGRESQL_PROVIDER"] ?? "";
  if (real === "") {
    // Beside the folder that Terraform takes the checksum of and links to.
    const bundle = join(folder, "stand-in.cjs");
    buildSync({
      absWorkingDir: projectRoot,
      entryPoints: [join(__dirname, "main.ts")],
      outfile: bundle,
      bundle: true,
      platform: "node",
      target: "node20",
      format: "cjs",
      external: ["pg-native"],
      logLevel: "error",
    });
    writeFileSync(program, `#!/bin/sh\nexec ${shell(process.execPath)} ${shell(bundle)} ${shell(schema)}\n`);
  } else writeFileSync(program, `#!/bin/sh\nexec ${shell(real)} "$@"\n`);
  chmodSync(program, 0o755);
  const config = join(folder, "terraform.rc");
  writeFileSync(
    config,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
  );
  return config;
}

/** As Terraform names it: `linux_amd64`. */
function platform(): string {
  return `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
}

function shell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

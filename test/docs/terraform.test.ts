/** The commands of docs/postgresql-levels.md that need Terraform and a PostgreSQL are run as they stand there. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import app from "../../examples/company/access";
import { declaredLevels, writeTerraform } from "../../lib/terraform";
import { projectRoot, temporaryFolder } from "../support/folders";
import { describeWith } from "../support/needs";
import { postgres, postgresForTests } from "../support/postgres";
import { addedRoles, makeCompanyDatabases } from "../terraform/support/databases";
import { terraformEnvironment, terraformProgram } from "../terraform/support/terraform";

const page = readFileSync(join(projectRoot, "docs/postgresql-levels.md"), "utf8");
const [, script = ""] = /^```sh\n(.*?)^```$/ms.exec(page) ?? [];

test("the page shows every step from init to apply", () => {
  expect(script.match(/^terraform \w+$/gm)).toEqual(
    ["init", "validate", "plan", "apply"].map((one) => `terraform ${one}`),
  );
});

describeWith([postgres, terraformProgram], "the commands of the page", () => {
  const server = postgresForTests();
  const folder = temporaryFolder();

  test("make the roles that they are about", async () => {
    await makeCompanyDatabases(server());
    writeTerraform(declaredLevels(app), { outdir: join(folder, "cdktf.out") });
    const said = await sh(script, terraformEnvironment(server(), folder));
    expect(said).toMatch(/Apply complete! Resources: \d+ added, 0 changed, 0 destroyed\./);
    expect(await addedRoles(server())).toEqual([
      "leasehold_read",
      "leasehold_write",
      "orders-db-read",
      "orders-db-write",
    ]);
  });

  /** Runs a script, and says `yes` to what it asks; throws where a line of it fails. */
  function sh(text: string, environment: Readonly<Record<string, string>>): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = spawn("sh", ["-e", "-c", text], { cwd: folder, env: { ...environment } });
      let said = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (said += part.toString()));
      child.on("close", (status) => (status === 0 ? resolve(said) : reject(new Error(`${status}: ${said}`))));
      child.stdin.end("yes\n");
    });
  }
});

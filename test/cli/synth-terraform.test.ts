import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import app from "../../examples/company/access";
import { declaredLevels, writeTerraform } from "../../lib/terraform";
import { runCommandHere } from "../support/command-here";
import { projectRoot, temporaryFolder } from "../support/folders";

const folder = temporaryFolder();
const directory = join(folder, "company");
cpSync(join(projectRoot, "examples/company"), directory, {
  recursive: true,
  filter: (path) => !/\.leasehold$|leasehold\.out$|cdktf\.out$/.test(path),
});
const synth = (...args: readonly string[]) => runCommandHere(["synth", ...args], { directory, environment: {} });
const filesOf = (root: string) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((path) => [path.slice(root.length), readFileSync(path, "utf8")]);

describe("synth --terraform", () => {
  test("writes byte for byte what the program that cdktf.json names writes, beside the Manifest", async () => {
    expect(await synth("--terraform")).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(
        /^Wrote cdktf\.out: 6 stacks \(customers-db, ledger-db, orders-db, payments-db, staging-pg, warehouse\)\.\nWrote leasehold\.out\/manifest\.json: .*\n$/,
      ) as string,
      stderr: "",
    });
    expect(existsSync(join(directory, "leasehold.out/manifest.json"))).toBe(true);
    const outdir = join(folder, "direct");
    writeTerraform(declaredLevels(app), { outdir });
    expect(filesOf(join(directory, "cdktf.out"))).toEqual(filesOf(outdir));
  });

  test("leaves the state to another backend, whose settings come with `terraform init`", async () => {
    expect(await synth("--terraform", "--out", "elsewhere/stacks", "--backend", "s3")).toMatchObject({ exitCode: 0 });
    const stack = JSON.parse(
      readFileSync(join(directory, "elsewhere/stacks/stacks/orders-db/cdk.tf.json"), "utf8"),
    ) as { readonly terraform: object };
    expect(stack.terraform).toMatchObject({ backend: { s3: {} } });
  });

  test("writes the state of what is there already beside each stack when it is asked to, names what that leaves out, and takes it away again", async () => {
    const state = join(directory, "cdktf.out/stacks/ledger-db/adopt.tfstate");
    const ran = await synth("--terraform", "--adopt");
    expect([ran.exitCode, JSON.parse(readFileSync(state, "utf8"))]).toEqual([
      0,
      expect.objectContaining({ version: 4 }),
    ]);
    expect(ran.stderr).toContain(
      "Of orders-db, adopt.tfstate leaves out what Terraform looks up itself: postgresql_grant.",
    );
    expect(ran.stderr).not.toContain("Of ledger-db");
    expect(await synth("--terraform")).toMatchObject({ exitCode: 0, stderr: "" });
    expect(existsSync(state)).toBe(false);
  });

  test("says which folder is no stack's any more", async () => {
    mkdirSync(join(directory, "cdktf.out/stacks/gone-db"), { recursive: true });
    expect(await synth("--terraform")).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining("gone-db") as string,
    });
  });

  test.each([
    [["--out", "x"], "add --terraform"],
    [["--backend", "s3"], "add --terraform"],
    [["--adopt"], "add --terraform"],
    [["--terraform", "--check"], "give one of the two"],
    [["--terraform", "--backend", "s3 {}"], "--backend s3"],
  ])("does not take %j", async (args, fix) => {
    expect(await synth(...args)).toMatchObject({ exitCode: 64, stderr: expect.stringContaining(fix) as string });
  });
});

test.each([
  [["synth"], "cdktf: not loaded"],
  [["synth", "--terraform"], "cdktf: loaded"],
])("%j: %s", (args, said) => {
  const hook = join(folder, "loaded.cjs");
  const isLoaded = 'Object.keys(require.cache).some((path) => path.includes("node_modules/cdktf/"))';
  writeFileSync(
    hook,
    `process.on("exit", () => process.stderr.write("cdktf: " + (${isLoaded} ? "loaded" : "not loaded")));`,
  );
  const bin = join(projectRoot, "dist/lib/cli/main.js");
  const run = spawnSync(process.execPath, ["--require", hook, bin, ...args], { cwd: directory, encoding: "utf8" });
  expect([run.status, run.stderr]).toEqual([0, expect.stringContaining(said)]);
});

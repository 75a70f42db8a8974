import { projectRoot } from "../support/folders";
import { CommandLine, newRepository } from "./support/leasehold";

test("another access repository is named by its directory, and its files from here (show 4)", async () => {
  const ran = await new CommandLine(projectRoot).run(
    "validate",
    "examples/bad-input",
    "--as-of",
    "2026-11-25T12:00:00Z",
  );
  expect(ran.exitCode).toBe(3);
  expect(ran.stdout).toMatch(/^examples\/bad-input\/requests\/\S+:\d+:\d+ error E1\d\d: /m);
  expect(ran.stdout.trimEnd().split("\n").at(-1)).toMatch(/^\d+ errors.* in \d+ files\. \d+ requests checked\.$/);
});

describe("leasehold validate", () => {
  test("needs no Log, no gateway and no secret, and makes none", async () => {
    const line = await newRepository();
    expect(await line.run("validate")).toMatchObject({ exitCode: 0 });
    expect(() => line.read(".leasehold/gateway/keys.json")).toThrow(/ENOENT/);
  });

  test("checks one file without reading the others", async () => {
    const line = await newRepository();
    line.write("requests/broken.yaml", "apiVersion: [\n");
    expect(await line.run("validate", "requests/orders-first-look.yaml")).toMatchObject({ exitCode: 0 });
    expect(await line.run("validate", "requests")).toMatchObject({ exitCode: 3 });
  });

  test("a config that is too large is wrong input with a place", async () => {
    const line = await newRepository();
    line.write("leasehold.yaml", `${line.read("leasehold.yaml")}${"# more\n".repeat(60_000)}`);
    const ran = await line.run("validate");
    expect(ran.exitCode).toBe(3);
    expect(ran.stdout + ran.stderr).toContain("E109");
  });

  test("a file outside of the repository, and one that is not there, are told apart", async () => {
    const line = await newRepository();
    const outside = await line.run("validate", "../x.yaml");
    expect(outside).toMatchObject({ exitCode: 3 });
    expect(outside.stderr).toContain("E703");
    const missing = await line.run("validate", "requests/none.yaml");
    expect(missing).toMatchObject({ exitCode: 3 });
    expect(missing.stdout).toContain("E101");
  });
});

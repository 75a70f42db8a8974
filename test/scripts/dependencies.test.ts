import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../support/folders";

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly engines?: { readonly node?: string };
}

const read = (name: string) => readFileSync(join(projectRoot, name), "utf8");
const { satisfies } = require("semver") as { satisfies: (version: string, range: string) => boolean };

describe("the dependencies", () => {
  const manifest = JSON.parse(read("package.json")) as {
    readonly dependencies: Readonly<Record<string, string>>;
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  const direct = { ...manifest.dependencies, ...manifest.devDependencies };
  const locked = (JSON.parse(read("package-lock.json")) as { packages: Record<string, LockedPackage> }).packages;
  const packages = Object.entries(locked).filter(([path]) => path !== "");

  test("are pinned to exact versions, in package.json as in the lockfile", () => {
    for (const [name, version] of Object.entries(direct)) {
      expect({ name, version }).toEqual({ name, version: locked[`node_modules/${name}`]?.version });
    }
  });

  test("are at most 25 at run time", () => {
    expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(25);
  });

  test("run no install script at run time, however deep", () => {
    const scripted = packages.filter(([, entry]) => entry.dev !== true && entry.hasInstallScript === true);
    expect(scripted.map(([path]) => path)).toEqual([]);
  });

  test("all run on the oldest Node we support", () => {
    const tooNew = packages.filter(([, entry]) => !satisfies("20.19.0", entry.engines?.node ?? "*"));
    expect(tooNew.map(([path, entry]) => `${path} wants ${entry.engines?.node}`)).toEqual([]);
  });

  test("are not tied to one registry by the lockfile", () => {
    expect(read("package-lock.json")).not.toContain('"resolved"');
  });

  test("have a line with their version and a reason in docs/dependencies.md", () => {
    const rows = read("docs/dependencies.md")
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) => line.split("|").map((cell) => cell.trim()));
    const reasons = new Map(rows.map(([, name, version, why]) => [`${name} ${version}`, why ?? ""]));
    for (const [name, version] of Object.entries(direct)) {
      expect({ name, reason: reasons.get(`${name} ${version}`) }).toEqual({
        name,
        reason: expect.stringMatching(/\w/),
      });
    }
  });
});

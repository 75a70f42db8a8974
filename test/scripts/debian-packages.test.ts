import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { projectRoot, temporaryFolder, writeTree } from "../support/folders";
import { testWith } from "../support/needs";
import type { Need } from "../support/needs";

const debian: Need = {
  what: "Debian",
  flaw: () => (existsSync("/etc/debian_version") ? undefined : "this is another system"),
};

describe("the Debian packages of .ci/run", () => {
  const root = temporaryFolder();
  const calls = join(root, "calls.txt");

  /** Runs the script with stand-ins for id, dpkg-query and apt-get; /etc/debian_version is the machine's own. */
  const install = (machine: { readonly uid: number; readonly installed: string; readonly aptExit?: number }) => {
    rmSync(calls, { force: true });
    const programs = {
      id: `echo ${machine.uid}`,
      "dpkg-query": `case " ${machine.installed} " in *" \${@: -1} "*) echo installed;; *) exit 1;; esac`,
      "apt-get": `echo "$@" >> ${calls}; exit ${machine.aptExit ?? 0}`,
    };
    for (const [name, body] of Object.entries(programs)) {
      writeTree(root, { [`bin/${name}`]: `#!/usr/bin/env bash\n${body}\n` });
      chmodSync(join(root, "bin", name), 0o755);
    }
    const script = join(root, "scripts", "install-debian-packages.sh");
    const environment = { ...process.env, PATH: `${join(root, "bin")}:${process.env["PATH"] ?? ""}` };
    const { status, stderr } = spawnSync("bash", [script], { encoding: "utf8", env: environment });
    return { status, stderr, calls: existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : [] };
  };

  beforeAll(() => {
    cpSync(join(projectRoot, "scripts"), join(root, "scripts"), { recursive: true });
    writeTree(root, { "scripts/debian-packages.txt": "# a comment\none\n\ntwo\n" });
  });

  testWith(debian, "installs only what is missing", () => {
    expect(install({ uid: 0, installed: "one" })).toMatchObject({
      status: 0,
      calls: ["update -qq", "install -qq -y --no-install-recommends two"],
    });
  });

  test("does nothing when all is there, or when not root", () => {
    expect(install({ uid: 0, installed: "one two" })).toEqual({ status: 0, stderr: "", calls: [] });
    expect(install({ uid: 1000, installed: "" })).toEqual({ status: 0, stderr: "", calls: [] });
  });

  testWith(debian, "leaves it to the tests to fail when apt-get can't install", () => {
    const { status, stderr } = install({ uid: 0, installed: "", aptExit: 100 });
    expect(status).toBe(0);
    expect(stderr).toContain("Could not install: one two.");
  });
});

import { chmodSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder, writeTree } from "../support/folders";
import { tryFindCommand, verdictOn } from "../support/needs";
import type { Machine, Need } from "../support/needs";

describe("the needs of tests", () => {
  const root = temporaryFolder();
  const laptop: Machine = { environment: { PATH: join(root, "bin") }, isRoot: false, isDebian: true, root };
  const ci: Machine = { ...laptop, environment: { ...laptop.environment, CI: "true" } };
  const ciAsRoot: Machine = { ...ci, isRoot: true };

  beforeAll(() => {
    writeTree(root, {
      "package.json": JSON.stringify({ devDependencies: { listed: "1.0.0", installed: "1.0.0" } }),
      "node_modules/installed/package.json": "{}",
      "bin/present": "",
      "bin/not-executable": "",
      "server/9/bin/initdb": "",
      "server/15/bin/initdb": "",
    });
    for (const path of ["bin/present", "server/9/bin/initdb", "server/15/bin/initdb"])
      chmodSync(join(root, path), 0o755);
  });

  const absent: Need = { what: "a tool", command: "absent" };
  const debian: Need = { ...absent, debianPackage: "absent-tools" };
  const unset: Need = { what: "a gateway", environment: ["GATEWAY_URL", "GATEWAY_KEY"] };
  const flawed: Need = { what: "a tool", command: "present", flaw: () => "it is version 1" };

  test("run when everything is there", () => {
    const present: Need = { what: "a tool", command: "present", npmPackage: "installed", flaw: () => undefined };
    expect(verdictOn([present, { what: "nothing" }], ciAsRoot)).toEqual({ kind: "run" });
  });

  test("are skips on one's own machine, with all that is missing in words", () => {
    expect(verdictOn([debian, unset], laptop)).toEqual({
      kind: "skip",
      missing: "a tool: no program absent (Debian package absent-tools); a gateway: set GATEWAY_URL and GATEWAY_KEY",
    });
  });

  test("name only the variables that are not set", () => {
    const half: Machine = { ...laptop, environment: { GATEWAY_URL: "http://127.0.0.1:1", GATEWAY_KEY: "" } };
    expect(verdictOn(unset, half)).toEqual({ kind: "skip", missing: "a gateway: set GATEWAY_KEY" });
  });

  test("do not count a file that can't be executed as a program", () => {
    expect(verdictOn({ what: "a tool", command: "not-executable" }, laptop).kind).toBe("skip");
  });

  test.each<[string, Need, Machine, "skip" | "fail"]>([
    ["an unknown program", absent, ciAsRoot, "skip"],
    ["a Debian program, not as root", debian, ci, "skip"],
    ["a Debian program, as root but not on Debian", debian, { ...ciAsRoot, isDebian: false }, "skip"],
    ["a Debian program, as root", debian, ciAsRoot, "fail"],
    ["a program on PATH that is of no use", flawed, ci, "fail"],
    ["a flaw of the system itself", { what: "Debian", flaw: () => "this is another" }, ciAsRoot, "skip"],
    ["a package of package.json", { what: "a package", npmPackage: "listed" }, ci, "fail"],
    ["a package nobody listed", { what: "a package", npmPackage: "unheard-of" }, ci, "skip"],
    ["a variable", unset, ciAsRoot, "skip"],
  ])("with CI=true: %s", (_what, need, machine, kind) => {
    expect(verdictOn(need, machine).kind).toBe(kind);
  });

  test("fail as a whole when one of them has no excuse", () => {
    expect(verdictOn([unset, debian], ciAsRoot).kind).toBe("fail");
  });

  test("find the program of the highest version among several folders", () => {
    const need: Need = { what: "a server", command: "initdb", directories: [join(root, "server", "*", "bin")] };
    expect(tryFindCommand(need, laptop)).toBe(join(root, "server", "15", "bin", "initdb"));
  });
});

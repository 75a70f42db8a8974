import { realpathSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { readableEntries } from "../../../lib/adapters/rules-program/readable";
import { startChild } from "../../../lib/adapters/rules-program/spawn";
import { writeTree } from "../../support/folders";
import { governed } from "../../support/governed";
import { emptyFolder, repositoryOf, soundProgram } from "./program";

/** Runs statements in a rules program; each result, or the error, is a line of what it prints. */
async function tried(
  attempts: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
  prepare: (path: string) => void = () => undefined,
): Promise<Readonly<Record<string, string>>> {
  const lines = Object.entries(attempts).map(
    ([name, code]) =>
      `try { console.log(${JSON.stringify(name)} + "|" + String(${code})); } catch (e) { console.log(${JSON.stringify(name)} + "|" + String(e).split(",")[0]); }`,
  );
  const { path, run } = repositoryOf({
    "access.ts": `declare const require: any;\n${soundProgram(lines.join("\n"))}`,
    ...files,
  });
  prepare(path);
  const { printed } = await run({ hidden: ["leasehold.out/log", "keys/writer.key"] });
  return Object.fromEntries(
    printed
      .trimEnd()
      .split("\n")
      .map((line) => line.split("|") as [string, string]),
  );
}

describe("a rules program", () => {
  test("has no environment", async () => {
    process.env["LEASEHOLD_CANARY"] = "canary-in-the-environment";
    try {
      const seen = await tried({ keys: "Object.keys(process.env).length", one: "process.env.PATH" });
      expect(seen).toEqual({ keys: "0", one: "undefined" });
    } finally {
      delete process.env["LEASEHOLD_CANARY"];
    }
  });

  test("cannot read outside of its repository, nor what is hidden in it, nor through a link", async () => {
    const read = (path: string): string => `require("fs").readFileSync(${JSON.stringify(path)}, "utf8")`;
    const seen = await tried(
      {
        own: read("own.txt"),
        parent: `require("fs").readFileSync("/proc/" + ${process.pid} + "/environ")`,
        self: read("/proc/self/environ"),
        passwd: read("/etc/passwd"),
        beside: read("../other.txt"),
        log: read("leasehold.out/log/1"),
        key: read("keys/writer.key"),
        git: read(".git/config"),
        link: read("out/self/environ"),
        linkToKey: read("key-link"),
        url: `require("fs").readFileSync(new URL("file:///etc/passwd"))`,
        list: `require("fs").readdirSync("/")`,
        exists: `require("fs").existsSync("/etc/passwd")`,
        imported: `require("/etc/passwd")`,
        importedByName: `require("./out/self/status")`,
      },
      { "own.txt": "mine", "leasehold.out/log/1": "x", "keys/writer.key": "x", ".git/config": "x" },
      (path) => {
        symlinkSync("/proc", join(path, "out"));
        symlinkSync("keys/writer.key", join(path, "key-link"));
      },
    );
    const refused = "Error: EACCES: a rules program may read only what its repository shows it";
    const { own, exists, imported, importedByName, ...rest } = seen;
    expect({ own, exists }).toEqual({ own: "mine", exists: "false" });
    expect([imported, importedByName].join()).toMatch(/there is no `.*` to import.*there is no `.*` to import/);
    expect(new Set(Object.values(rest))).toEqual(new Set([refused]));
  });

  test("cannot import a module of Node that does more than compute", async () => {
    const names = [
      "net tls http https http2 dns dns/promises dgram child_process worker_threads cluster inspector vm v8 module os",
      "repl events stream async_hooks diagnostics_channel perf_hooks wasi trace_events readline node:test node:sqlite",
    ].flatMap((line) => line.split(" "));
    const attempts = names.flatMap((name) => [name, name.startsWith("node:") ? name : `node:${name}`]);
    const seen = await tried(Object.fromEntries(attempts.map((name) => [name, `require(${JSON.stringify(name)})`])));
    expect(Object.keys(seen)).toHaveLength(new Set(attempts).size);
    for (const [name, result] of Object.entries(seen)) {
      expect(result).toBe(`LoadError: \`${name}\` may not be imported: a rules program only computes`);
    }
  });

  test("cannot import() a module of Node either, nor make code of a text that does", async () => {
    const { run } = repositoryOf({
      "access.ts": soundProgram(`
const say = (name: string) => (e: unknown) => console.log(name + "|" + String(e).split("\\n")[0]);
import("node:net").then(say("import"), say("import"));
for (const [name, make] of Object.entries({
  eval: () => (0, eval)("import('node:net')"),
  function: () => new Function("return import('node:net')")(),
  constructor: () => (async () => {}).constructor("return import('node:net')")(),
  timer: () => setTimeout("import('node:net')" as any, 1),
})) try { say(name)(make()); } catch (e) { say(name)(e); }`),
    });
    const { printed } = await run();
    expect(printed.trimEnd().split("\n").toSorted()).toEqual([
      "constructor|EvalError: Code generation from strings disallowed for this context",
      "eval|EvalError: Code generation from strings disallowed for this context",
      "function|EvalError: Code generation from strings disallowed for this context",
      "import|LoadError: `node:net` may not be imported: a rules program only computes",
      expect.stringMatching(/^timer\|TypeError/),
    ]);
  });

  test("finds no way to Node's inner objects in what it is given", async () => {
    const seen = await tried({
      globals: "['fetch', 'WebSocket', 'EventSource', 'WebAssembly'].filter((name) => name in globalThis).join()",
      inner:
        "['binding', 'getBuiltinModule', 'dlopen', 'mainModule', 'kill', 'report'].filter((name) => name in process).join()",
      require: "Object.keys(require).join()",
      module: "Object.keys((0, module) as any).join()",
      moduleClass: "(module as any).constructor.name",
      console: "(console as any)._stdout?.constructor?.name",
      files:
        "Object.keys(require('fs')).filter((name) => /write|open|append|mkdir|rm|symlink|watch/.test(name)).join()",
      caller: "(function f(): unknown { return (f as any).caller?.name; })()",
      listener: "(process as any).listeners?.('uncaughtException')",
    });
    expect(seen).toMatchObject({
      globals: "",
      inner: "",
      require: "",
      module: "exports",
      moduleClass: "Object",
      console: "Object",
      files: "",
    });
    expect(seen["listener"]).toBe("undefined");
    expect(seen["caller"]).toMatch(/^(undefined|null|)$|TypeError/);
  });

  test("cannot put words into the result from where it prints", async () => {
    const forged = JSON.stringify({ kind: "synthesis", manifest: {}, requests: [], inputs: [] });
    const { run } = repositoryOf({ "access.ts": soundProgram(`console.log(${JSON.stringify(forged)});`) });
    const { manifest, printed } = await run();
    expect(manifest.users).toHaveLength(1);
    expect(printed).toBe(`${forged}\n`);
  });

  test("cannot make a manifest that is none by changing the objects that every program shares", async () => {
    const { run } = repositoryOf({
      "access.ts": soundProgram(
        `JSON.stringify = () => '{"kind":"synthesis","manifest":{"rules":[{}]},"requests":[],"inputs":[]}';`,
      ),
    });
    await expect(run()).rejects.toMatchObject({ code: "E204" });
  });
});

/**
 * The outer wall by itself: a script that has all of Node is started with the flags of a rules program,
 * and tries what a program would that had got round the inner one.
 */
describe("a script with all of Node, under the flags of a rules program", () => {
  async function probe(expression: string): Promise<string> {
    const tool = join(realpathSync(emptyFolder()), "tool");
    const repository = realpathSync(emptyFolder());
    writeTree(repository, { "access.ts": "own", "out/log/1": "hidden", "link-beside/a": "", ".git/config": "hidden" });
    symlinkSync("/proc", join(repository, "link-beside", "proc"));
    const entry = join(tool, "lib", "adapters", "rules-program", "child.js");
    writeTree(tool, {
      "lib/adapters/rules-program/child.js": `const fs = require("fs"); const repository = process.cwd();
        let said; try { said = String(${expression}); } catch (e) { said = e.code ?? String(e); }
        fs.writeSync(3, said);`,
    });
    const task = {
      repository,
      app: join(repository, "access.ts"),
      readable: readableEntries({ repository, hidden: [join(repository, "out", "log")] }),
      governed,
    };
    const end = await startChild({
      entry,
      task,
      limits: { ms: 10_000, memoryMiB: 64, outputBytes: 10_000, resultBytes: 10_000 },
    });
    return end.kind === "answered" ? end.text : `${end.kind}: ${end.printed}`;
  }

  test("has no environment and reads its own repository", async () => {
    expect(await probe(`Object.keys(process.env).length + fs.readFileSync("access.ts", "utf8")`)).toBe("0own");
  });

  test.each([
    ["its parent's environment", "fs.readFileSync(`/proc/${process.ppid}/environ`)"],
    [
      "its parent's environment through a link of the repository",
      "fs.readFileSync(`link-beside/proc/${process.ppid}/environ`)",
    ],
    ["another file", `fs.readFileSync("/etc/passwd")`],
    ["the Log", `fs.readFileSync("out/log/1")`],
    ["Git's configuration", `fs.readFileSync(".git/config")`],
    ["what stands in the repository", `fs.readdirSync(".")`],
    ["writing a file", `fs.writeFileSync("new", "x")`],
    ["making a link", `fs.symlinkSync("/proc", "new")`],
    ["starting a program", `require("child_process").execFileSync("/bin/true")`],
    ["starting a thread", `new (require("worker_threads").Worker)("1", { eval: true })`],
    ["Node's bindings", `process.binding("fs")`],
  ])("is denied %s", async (_title, expression) => {
    expect(await probe(expression)).toBe("ERR_ACCESS_DENIED");
  });

  test("is denied machine code and code of texts", async () => {
    expect(await probe(`process.dlopen({ exports: {} }, "/lib/x.node")`)).toMatch(
      /^ERR_DLOPEN_(DISABLED|FAILED)|ERR_ACCESS_DENIED/,
    );
    expect(await probe(`eval("1")`)).toMatch(/^EvalError/);
  });
});

test("a rules program reaches no server, though the permission model of Node 20 would let it", async () => {
  let calls = 0;
  const server = createServer(() => void (calls += 1));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const seen = await tried({
      fetch: `fetch("http://127.0.0.1:${port}")`,
      net: `require("net").connect(${port})`,
      http: `require("node:http").get("http://127.0.0.1:${port}")`,
      console: `new (console as any)._stdout.constructor().connect(${port}, "127.0.0.1")`,
      timers: `require("timers").constructor.constructor("return process")()`,
    });
    expect(Object.keys(seen)).toHaveLength(5);
    expect(calls).toBe(0);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});

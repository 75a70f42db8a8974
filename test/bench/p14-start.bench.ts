import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { bench, inTurn, root } from "./support/bench";
import { measured } from "./support/result";

/** P14: `--help`, and `validate` of one file with a current Manifest, as whole processes. */
const bin = join(root, "dist/lib/cli/main.js");

bench(async (directory) => {
  const repository = join(directory, "demo");
  node([bin, "init", "demo"], directory);
  node([bin, "validate"], repository);
  const { bare, help, validate } = await inTurn(15, {
    bare: () => node(["-e", "0"], directory),
    help: () => node([bin, "--help"], directory),
    validate: () => node([bin, "validate", "requests/orders-first-look.yaml"], repository),
  });
  const [own, helped, validated] = [
    measured("a bare `node -e 0`", "ms", bare),
    measured("`leasehold --help`", "ms", help),
    measured("`leasehold validate FILE`", "ms", validate),
  ];
  return [
    {
      row: "P14",
      checks: [
        { what: "--help", figure: helped.median, unit: "ms", bar: 150, is: "at most" },
        { what: "validate", figure: validated.median, unit: "ms", bar: 250, is: "at most" },
      ],
      measured: [helped, validated, own],
      limit: "What a bare `node -e 0` takes is the floor; the rest is the modules that a command loads and compiles.",
      method:
        "Whole processes of the built package, from the start to the exit, in turn with a bare `node -e 0`: that much of the time is Node's own. `validate` is of one request file, in the repository that `leasehold init` makes, after a first `validate` has run the rules.",
    },
  ];
});

function node(args: readonly string[], cwd: string): void {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, stdio: ["ignore", "ignore", "pipe"] });
  if (status !== 0) throw new Error(`${args.join(" ")}: exit ${status}: ${String(stderr)}`);
}

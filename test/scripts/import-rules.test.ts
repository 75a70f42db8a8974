import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { linkFromProject, projectRoot, temporaryFolder, writeTree } from "../support/folders";

/** What each file of a planted tree imports. */
type Tree = Readonly<Record<string, readonly string[]>>;

/** Runs dependency-cruiser with this project's rules over a planted tree; returns `rule: from -> to`, sorted. */
function violationsIn(root: string, tree: Tree): readonly string[] {
  cpSync(join(projectRoot, ".dependency-cruiser.cjs"), join(root, ".dependency-cruiser.cjs"));
  linkFromProject(root, ["node_modules", "package.json"]);
  const sources = Object.entries(tree).map(([path, imports]) => [path, sourceThatImports(imports)]);
  writeTree(root, {
    ...(Object.fromEntries(sources) as Record<string, string>),
    "tsconfig.json": JSON.stringify({ compilerOptions: { module: "node16", target: "es2022" } }),
  });
  const program = join(projectRoot, "node_modules", "dependency-cruiser", "bin", "dependency-cruise.mjs");
  const folders = ["lib", "providers", "examples"].filter((name) =>
    Object.keys(tree).some((path) => path.startsWith(name)),
  );
  const { stdout } = spawnSync(process.execPath, [program, "--output-type", "json", ...folders], {
    cwd: root,
    encoding: "utf8",
  });
  const report = JSON.parse(stdout) as {
    summary: { violations: { rule: { name: string }; from: string; to: string }[] };
  };
  const found = report.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${shortened(to)}`);
  return found.toSorted();
}

function sourceThatImports(imports: readonly string[]): string {
  return [...imports.map((name, index) => `import * as name${index} from "${name}";`), "export const here = 1;"].join(
    "\n",
  );
}

/** The linked node_modules resolve to this checkout: only the package's name matters. */
function shortened(path: string): string {
  return path.replace(/^.*node_modules\/((@[^/]+\/)?[^/]+)\/.*$/, "$1");
}

const permitted: Tree = {
  "lib/model/grant.ts": ["./duration", "node:crypto"],
  "lib/model/duration.ts": [],
  "lib/errors.ts": ["./model/grant"],
  "lib/ports.ts": ["./model/grant", "./errors"],
  "lib/constructs/app.ts": ["constructs", "../model/grant", "../errors"],
  "lib/terraform/roles.ts": ["cdktf", "@cdktf/provider-postgresql", "../constructs/app"],
  "lib/synth/synth.ts": ["../constructs/app", "../request/read"],
  "lib/request/read.ts": ["yaml", "../model/grant", "../errors"],
  "lib/policy/desired.ts": ["../model/grant"],
  "lib/plan/diff.ts": ["../policy/desired"],
  "lib/approval/decide.ts": ["../policy/desired"],
  "lib/log/chain.ts": ["../ports", "node:fs"],
  "lib/reconcile/pass.ts": ["../plan/diff", "../policy/desired", "../approval/decide", "../log/chain", "../ports"],
  "lib/render/text.ts": ["../plan/diff", "../approval/decide"],
  "lib/github/comment.ts": ["../render/text", "../request/read", "../plan/diff", "../approval/decide", "../ports"],
  "lib/adapters/clock.ts": ["../ports", "../errors"],
  "lib/testing/index.ts": ["../synth/synth", "../constructs/app", "../plan/diff"],
  "lib/index.ts": ["./constructs/app", "./synth/synth"],
  "lib/config/parse.ts": ["../request/read", "../ports"],
  "lib/workspace/apply.ts": ["../config/parse", "../plan/diff", "../reconcile/pass", "../adapters/clock"],
  "lib/cli/main.ts": ["../../providers/hoop/hoop", "../adapters/clock", "./commands/plan"],
  "lib/cli/compose-gateways.ts": ["../../providers/embedded/gateway"],
  "lib/cli/commands/plan.ts": ["../../plan/diff", "../../reconcile/pass"],
  "providers/hoop/hoop.ts": ["axios", "./client", "../../lib/ports", "../../lib/model/grant"],
  "providers/hoop/client.ts": ["../../lib/errors"],
  "providers/embedded/gateway.ts": ["../hoop/client", "hono"],
  "providers/concurrent.ts": [],
  "providers/postgresql/apply.ts": ["../concurrent", "../../lib/ports"],
  "examples/tour/main.ts": ["../../lib/cli/main"],
};

describe("the import rules", () => {
  const clean = temporaryFolder();
  const planted = temporaryFolder();

  test("accept what the table allows", () => {
    expect(violationsIn(clean, permitted)).toEqual([]);
  });

  test("catch each planted violation by the name of its rule", () => {
    const tree: Tree = {
      ...permitted,
      "lib/model/grant.ts": ["./duration", "node:crypto", "../ports2", "node:fs", "luxon"],
      "lib/ports2.ts": [],
      "lib/errors.ts": ["./model/grant", "./render/words"],
      "lib/render/words.ts": [],
      "lib/policy/desired.ts": ["../model/grant", "../log/chain"],
      "lib/plan/diff.ts": ["../policy/desired", "cdktf"],
      "lib/plan/loop.ts": ["./loop2"],
      "lib/plan/loop2.ts": ["./loop"],
      "lib/request/read.ts": ["yaml", "fast-check"],
      "lib/reconcile/pass.ts": ["../../providers/memory/memory"],
      "lib/cli/commands/plan.ts": ["../../../providers/memory/memory"],
      "lib/testing/index.ts": ["../../test/support"],
      "lib/config/parse.ts": ["../policy/desired"],
      "lib/workspace/apply.ts": ["../cli/commands/apply"],
      "lib/newcomer/idea.ts": ["../errors"],
      "lib/synth/synth.ts": ["../request/gone"],
      "providers/memory/memory.ts": ["../hoop/client", "../../lib/plan/diff"],
      "providers/embedded/gateway.ts": ["../../lib/cli/commands/apply"],
      "providers/concurrent.ts": ["../lib/plan/diff"],
      "lib/cli/commands/apply.ts": [],
      "test/support.ts": [],
    };
    expect(violationsIn(planted, tree)).toEqual([
      "cdktf-only-in-terraform: lib/plan/diff.ts -> cdktf",
      "composition-root: lib/cli/commands/plan.ts -> providers/memory/memory.ts",
      "composition-root: lib/reconcile/pass.ts -> providers/memory/memory.ts",
      "lib-folder-in-the-table: lib/newcomer/idea.ts -> lib/errors.ts",
      "lib/config-may-import: lib/config/parse.ts -> lib/policy/desired.ts",
      "lib/errors.ts-may-import: lib/errors.ts -> lib/render/words.ts",
      "lib/model-may-import: lib/model/grant.ts -> lib/ports2.ts",
      "lib/policy-may-import: lib/policy/desired.ts -> lib/log/chain.ts",
      "lib/reconcile-may-import: lib/reconcile/pass.ts -> providers/memory/memory.ts",
      "lib/workspace-may-import: lib/workspace/apply.ts -> lib/cli/commands/apply.ts",
      "model-and-errors-are-pure: lib/model/grant.ts -> fs",
      "model-and-errors-are-pure: lib/model/grant.ts -> luxon",
      "no-circular: lib/plan/loop.ts -> lib/plan/loop2.ts",
      "no-tests-in-the-product: lib/testing/index.ts -> test/support.ts",
      "only-embedded-imports-hoop: providers/memory/memory.ts -> providers/hoop/client.ts",
      "providers-may-import: providers/concurrent.ts -> lib/plan/diff.ts",
      "providers-may-import: providers/embedded/gateway.ts -> lib/cli/commands/apply.ts",
      "providers-may-import: providers/memory/memory.ts -> lib/plan/diff.ts",
      "resolvable: lib/synth/synth.ts -> ../request/gone",
      "runtime-dependencies-only: lib/request/read.ts -> fast-check",
    ]);
  });
});

/**
 * The import rules. MAY_IMPORT is the table "May import" of the design: a folder (or file) of lib/ on the left, what of lib/
 * it may import on the right; a folder may always import itself. Type-only imports count.
 */
const MAY_IMPORT = {
  "index.ts": "constructs synth policy plan request approval log reconcile github render model ports.ts errors.ts",
  "ports.ts": "model errors.ts",
  "errors.ts": "model",
  model: "",
  // Reads its files through the SourceTree port.
  request: "model ports.ts errors.ts",
  // A row the design did not have: what only requests and rules together can tell, located in the request files.
  validate: "request policy model ports.ts errors.ts",
  constructs: "model errors.ts",
  terraform: "constructs model errors.ts",
  // A row the design did not have: the catalogs of an existing database, read and said as rules.
  import: "model ports.ts errors.ts",
  synth: "constructs request model errors.ts",
  policy: "model errors.ts",
  plan: "policy model errors.ts",
  // Reads the texts of request files that a Snapshot holds. A Manifest that a commit claims is checked by the very function
  // that checks what a rules program made: two checks that disagree would be an attack.
  approval: "policy request synth/check.ts model errors.ts",
  log: "model ports.ts errors.ts",
  reconcile: "plan policy approval log model ports.ts errors.ts",
  github: "approval plan request render model ports.ts errors.ts",
  render: "model plan approval import errors.ts",
  // The rules program runs in a child of its own: its adapter brings the constructs and synth there, and checks what comes back.
  adapters: "constructs synth model ports.ts errors.ts index.ts",
  // Two rows the design did not have: leasehold.yaml is read with the readers of requests; and workspace holds what commands
  // do, as functions that a service can call too, so it is handed its providers and never knows the command line.
  config: "request model ports.ts errors.ts",
  workspace:
    "config constructs synth validate policy request plan approval log reconcile github render adapters model ports.ts errors.ts",
  testing: "constructs synth policy approval plan model errors.ts",
};

/** The composition root: the only files that may import providers/. */
const COMPOSITION_ROOT = "^lib/cli/(main|compose[^/]*)\\.ts$";
const COMMAND_LINE = "^lib/cli/";
const PURE = "^lib/(model/|errors\\.ts$)";

module.exports = {
  forbidden: [
    ...Object.entries(MAY_IMPORT).map(([from, to]) => ({
      name: `lib/${from}-may-import`,
      comment: `lib/${from} may import only: ${to === "" ? "nothing of lib/" : to}. The table is in .dependency-cruiser.cjs.`,
      severity: "error",
      from: { path: pathOf(from) },
      to: { path: "^(lib|providers|examples)/", pathNot: [from, ...to.split(" ").filter(Boolean)].map(pathOf) },
    })),
    {
      name: "lib-folder-in-the-table",
      comment: "A folder of lib/ needs a row in the table of .dependency-cruiser.cjs before it may import anything.",
      severity: "error",
      from: { path: "^lib/", pathNot: [COMMAND_LINE, ...Object.keys(MAY_IMPORT).map(pathOf)] },
      to: {},
    },
    {
      name: "providers-may-import",
      comment:
        "A provider imports lib/model, lib/ports.ts, lib/errors.ts, its own folder and providers/concurrent.ts; embedded also speaks hoop's API.",
      severity: "error",
      from: { path: "^providers/([^/.]+)(?:/|\\.ts$)" },
      to: {
        path: "^(lib|providers|examples)/",
        pathNot: [
          "^providers/$1/",
          "^providers/concurrent\\.ts$",
          "^lib/model/",
          "^lib/(ports|errors)\\.ts$",
          "^providers/hoop/",
        ],
      },
    },
    {
      name: "only-embedded-imports-hoop",
      comment: "providers/embedded shares hoop's client and shapes; no other provider does.",
      severity: "error",
      from: { path: "^providers/", pathNot: "^providers/(hoop|embedded)/" },
      to: { path: "^providers/hoop/" },
    },
    {
      name: "composition-root",
      comment: "Only lib/cli/main.ts and lib/cli/compose*.ts know which providers exist.",
      severity: "error",
      from: { path: "^lib/", pathNot: COMPOSITION_ROOT },
      to: { path: "^providers/" },
    },
    {
      name: "no-circular",
      comment: "No import cycles, not even of types only.",
      severity: "error",
      from: { path: "^(lib|providers|examples)/" },
      to: { circular: true },
    },
    {
      name: "no-tests-in-the-product",
      comment: "lib/ and providers/ never import test/, examples/ or scripts/.",
      severity: "error",
      from: { path: "^(lib|providers)/" },
      to: { path: "^(test|examples|scripts)/" },
    },
    {
      name: "cdktf-only-in-terraform",
      comment: "cdktf is archived upstream: one folder imports it, so that one folder has to be changed.",
      severity: "error",
      from: { path: "^(lib|providers)/", pathNot: "^lib/terraform/" },
      to: { path: "(^|/)node_modules/(@cdktf/|cdktf/)|^(@cdktf/|cdktf($|/))" },
    },
    {
      name: "model-and-errors-are-pure",
      comment: "lib/model and lib/errors.ts import nothing from outside except node:crypto (for digests).",
      severity: "error",
      from: { path: PURE },
      to: { pathNot: ["^lib/", "^(node:)?crypto$"] },
    },
    {
      name: "runtime-dependencies-only",
      comment: "What ships may import only what package.json lists under dependencies.",
      severity: "error",
      from: { path: "^(lib|providers)/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "resolvable",
      comment: "An import that resolves to nothing escapes every other rule.",
      severity: "error",
      from: { path: "^(lib|providers|examples)/" },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|coverage|test/fixtures|examples/bad-input)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
    cache: false,
  },
};

function pathOf(entry) {
  return entry.endsWith(".ts") ? `^lib/${entry.replace(".", "\\.")}$` : `^lib/${entry}/`;
}

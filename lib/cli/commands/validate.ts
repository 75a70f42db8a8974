import type { CommandSpec } from "../command";
import { asOfOption } from "../options";

/** `leasehold validate`: YAML and rules, without network or secret. */
export const validate: CommandSpec = {
  name: "validate",
  args: "[path...]",
  summary: "check requests and rules; needs no network and no secret",
  examples: [
    ["leasehold validate", "everything in this access repository"],
    ["leasehold validate requests/alice.yaml", "one request"],
    ["leasehold validate examples/company", "another access repository"],
    ["leasehold validate --base origin/main", "only what is new since then is held to today's limits"],
  ],
  formats: ["text", "json", "sarif", "github"],
  options(command) {
    command
      .option("--base <rev>", "hold only what is new since this Git revision to today's limits")
      .option("--as-of <time>", "check for this time instead of now");
  },
  async run(call) {
    const { validatePaths } = await import("../../workspace/validate.js");
    const { diagnosticsSummary, renderDiagnostics } = await import("../../render/diagnostics.js");
    const { exitCodeOf } = await import("../../errors.js");
    const { diagnosticFormat } = await import("../told-diagnostics.js");
    const { version } = await import("../version.js");
    const base = call.options["base"] as string | undefined;
    const found = await validatePaths(call.shell, {
      directory: call.global.directory,
      ...(call.global.configFile === undefined ? {} : { configFile: call.global.configFile }),
      paths: call.args,
      asOf: asOfOption(call.options["asOf"] as string | undefined, call.shell),
      ...(base === undefined ? {} : { base }),
    });
    const { output } = call.shell;
    const format = diagnosticFormat(call);
    const text = renderDiagnostics(found.diagnostics, { format, colour: output.colour, version }).trimEnd();
    if (text !== "") output.result(text);
    if (format === "text") {
      const counted = `${found.requests} ${found.requests === 1 ? "request" : "requests"} checked.`;
      output.result(`${text === "" ? "" : "\n"}${diagnosticsSummary(found.diagnostics)} ${counted}`);
    }
    return exitCodeOf(found.diagnostics);
  },
};

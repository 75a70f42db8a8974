import type { CommandSpec } from "../command";

/** `leasehold doctor`: what is weak. */
export const doctor: CommandSpec = {
  name: "doctor",
  summary: "what is weak: rules, Log, gateways and their gate, clocks, overdue endings",
  examples: [["leasehold doctor", "look at everything, change nothing"]],
  formats: ["text", "json"],
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, async (workspace) => {
      const { diagnose } = await import("../../workspace/doctor.js");
      const { renderFindings } = await import("../../render/findings.js");
      const { findings, exitCode } = await diagnose(workspace);
      const { output } = call.shell;
      const format = call.global.format === "json" ? "json" : "text";
      output.result(renderFindings(findings, { format, colour: output.colour }));
      return exitCode;
    });
  },
};

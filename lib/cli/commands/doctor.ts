import type { CommandSpec } from "../command";

/** `leasehold doctor`: what is weak. */
export const doctor: CommandSpec = {
  name: "doctor",
  summary: "what is weak: rules, Log, gateways and their gate, clocks, overdue endings, the repository on GitHub",
  examples: [
    ["leasehold doctor", "look at everything, change nothing"],
    ["leasehold doctor --repo acme/access", "with GITHUB_TOKEN: the settings of the repository, too"],
  ],
  formats: ["text", "json"],
  options(command) {
    command.option("--repo <owner/name>", "the repository on GitHub; GITHUB_REPOSITORY when left out");
  },
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, async (workspace) => {
      const { diagnose } = await import("../../workspace/doctor.js");
      const { renderFindings } = await import("../../render/findings.js");
      const { repositoryOption } = await import("../repository-option.js");
      const { findings, exitCode } = await diagnose(workspace, (environment) => repositoryOption(call, environment));
      const { output } = call.shell;
      const format = call.global.format === "json" ? "json" : "text";
      output.result(renderFindings(findings, { format, colour: output.colour }));
      return exitCode;
    });
  },
};

import type { CommandSpec } from "../command";

/** `leasehold explain`: which rule, which approvals, what is missing, when it ends. */
export const explain: CommandSpec = {
  name: "explain",
  args: "<what>",
  summary: "why: which rule, which approvals, what is missing, when it ends",
  examples: [
    ["leasehold explain requests/alice.yaml", "a request, merged or not"],
    ["leasehold explain orders-inc-4711", "a grant or a request, by id or name"],
    ["leasehold explain ana@example.com@orders-db/read", "what somebody may ask for and has"],
  ],
  formats: ["text", "json"],
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, async (workspace) => {
      const { explainSubject } = await import("../../workspace/explain.js");
      const { renderExplanation } = await import("../../render/explanation.js");
      const explanation = await explainSubject(workspace, call.args[0] ?? "", call.global.directory);
      const { output, clock } = call.shell;
      const format = call.global.format === "json" ? "json" : "text";
      output.result(renderExplanation(explanation, { format, now: clock.now(), colour: output.colour }));
      return 0;
    });
  },
};

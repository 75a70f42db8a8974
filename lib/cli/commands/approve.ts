import type { CommandSpec } from "../command";
import { addIdentityOptions, claimOf } from "../identity";

/** `leasehold approve`: an approval on this machine, where the config says approvals are local. */
export const approve: CommandSpec = {
  name: "approve",
  args: "<request>",
  summary: "approve a request, where the config says that approvals are local",
  examples: [
    ["leasehold approve orders-inc-4711", "as the person of LEASEHOLD_TOKEN"],
    ["leasehold approve orders-inc-4711 --as ben@example.com", "as somebody; recorded as unauthenticated"],
  ],
  formats: ["text", "json"],
  options: addIdentityOptions,
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, async (workspace) => {
      const { approveRequest } = await import("../../workspace/approve.js");
      const { renderApproval } = await import("../../render/approval.js");
      const given = await approveRequest(workspace, { request: call.args[0] ?? "", claim: await claimOf(call) });
      const {
        output,
        clock,
        output: { colour },
      } = call.shell;
      output.result(
        renderApproval(given, { format: call.global.format === "json" ? "json" : "text", now: clock.now(), colour }),
      );
      return 0;
    });
  },
};

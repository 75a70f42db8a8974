import type { CommandSpec } from "../command";
import { addIdentityOptions, claimOf } from "../identity";

/** `leasehold freeze`: no new access, at once. */
export const freeze: CommandSpec = {
  name: "freeze",
  summary: "no new access from now on, for an incident; endings go on",
  examples: [["leasehold freeze --note INC-4711", "until `leasehold thaw`"]],
  options(command) {
    command.option("--note <text>", "why, for the Log and for status");
    addIdentityOptions(command);
  },
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, async (workspace) => {
      const reconcile = await import("../../reconcile/freeze.js");
      const { openLogWorldOf } = await import("../../workspace/world.js");
      const { accepter } = await import("../../workspace/actor.js");
      const note = (call.options["note"] as string | undefined)?.slice(0, 500) ?? "";
      const by = await accepter(workspace, await claimOf(call));
      await reconcile.freeze({ ...openLogWorldOf(workspace), by, note });
      call.shell.output.result("Frozen: nothing new starts until `leasehold thaw`. Endings go on.");
      return 0;
    });
  },
};

/** `leasehold thaw`: new access again. */
export const thaw: CommandSpec = {
  name: "thaw",
  summary: "let new access start again after a freeze",
  examples: [["leasehold thaw", "end the freeze"]],
  options: addIdentityOptions,
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, async (workspace) => {
      const reconcile = await import("../../reconcile/freeze.js");
      const { logWorldOf } = await import("../../workspace/world.js");
      const { accepter } = await import("../../workspace/actor.js");
      const by = await accepter(workspace, await claimOf(call));
      const { wasFrozen } = await reconcile.thaw({ ...(await logWorldOf(workspace)), by });
      call.shell.output.result(
        wasFrozen ? "Thawed: what is approved starts with the next pass." : "It was not frozen.",
      );
      return 0;
    });
  },
};

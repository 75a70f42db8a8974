import { failure, LeaseholdError } from "../../errors";
import type { CommandSpec } from "../command";
import { addIdentityOptions, claimOf } from "../identity";

const accept: CommandSpec = {
  name: "accept",
  summary: "make the rules of the working tree the policy in force",
  examples: [
    ["leasehold policy accept", "the first time, or where no pull request can"],
    ["leasehold policy accept --as ops@example.com", "say in the Log who did it"],
  ],
  formats: ["text", "json"],
  options: addIdentityOptions,
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, async (workspace) => {
      const { readRules } = await import("../../workspace/declared.js");
      const { acceptPolicy } = await import("../../reconcile/accept-policy.js");
      const { logWorldOf } = await import("../../workspace/world.js");
      const { accepter } = await import("../../workspace/actor.js");
      const { rules, diagnostics, printed } = await readRules(workspace.ports, workspace.repository);
      const { renderPrinted } = await import("../../render/printed.js");
      if (printed !== "") call.shell.output.progress(renderPrinted(printed));
      if (rules === undefined) throw new LeaseholdError(diagnostics);
      const accepted = await acceptPolicy({
        ...(await logWorldOf(workspace)),
        manifest: rules.manifest,
        by: await accepter(workspace, await claimOf(call)),
      });
      const { output } = call.shell;
      if (call.global.format === "json") output.result(JSON.stringify({ policyVersion: 1, ...accepted }));
      else if (!accepted.changed) output.result(`Policy ${accepted.digest.slice(0, 12)} is in force already.`);
      else
        output.result(
          `Policy ${accepted.digest.slice(0, 12)} is in force now${accepted.bootstrap ? ", the first of this Log" : ""}.`,
        );
      return 0;
    });
  },
};

const show: CommandSpec = {
  name: "show",
  summary: "the policy in force: when it was accepted, by whom, and what it says",
  examples: [
    ["leasehold policy show", "its rules in short"],
    ["leasehold policy show --format json", "the whole Manifest"],
  ],
  formats: ["text", "json"],
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, async (workspace) => {
      const policy = await workspace.tryPolicyInForce();
      const { state } = await workspace.log();
      if (policy === undefined || state.policy === undefined) {
        throw failure("E305", { fix: "`leasehold policy accept` makes the rules of the working tree the policy" });
      }
      const { renderPolicy } = await import("../../render/policy.js");
      const { output, clock } = call.shell;
      output.result(
        renderPolicy(
          { manifest: policy.manifest, digest: policy.digest, at: state.policy.at, by: state.policy.by.id },
          { format: call.global.format === "json" ? "json" : "text", now: clock.now() },
        ),
      );
      return 0;
    });
  },
};

/** `leasehold policy`: what decides. */
export const policy: CommandSpec = {
  name: "policy",
  summary: "the rules that decide: accept them, show them",
  examples: [...accept.examples, ...show.examples],
  subcommands: [accept, show],
};

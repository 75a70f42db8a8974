import { failure } from "../../errors";
import type { CommandCall, CommandSpec } from "../command";
import type { ResolveAccounts } from "../../workspace/pin-accounts";
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
      const { acceptTree } = await import("../../workspace/accept.js");
      const { accepter } = await import("../../workspace/actor.js");
      const resolveAccounts = accountsOnGitHub(call);
      const { printed, notices, ...accepted } = await acceptTree(workspace, {
        by: await accepter(workspace, await claimOf(call)),
        ...(resolveAccounts === undefined ? {} : { resolveAccounts }),
      });
      const { output } = call.shell;
      const { renderPrinted } = await import("../../render/printed.js");
      if (printed !== "") output.progress(renderPrinted(printed));
      for (const notice of notices) output.problem(notice);
      const digest = accepted.digest.slice(0, 12);
      const from = accepted.commit === undefined ? "" : ` It is that of commit ${accepted.commit.slice(0, 12)}.`;
      if (call.global.format === "json") output.result(JSON.stringify({ policyVersion: 1, ...accepted }));
      else if (!accepted.changed) output.result(`Policy ${digest} is in force already.`);
      else
        output.result(`Policy ${digest} is in force now${accepted.bootstrap ? ", the first of this Log" : ""}.${from}`);
      return 0;
    });
  },
};

/** How logins become numeric user ids; undefined without a token. GitHub is opened only when a login is new. */
function accountsOnGitHub(call: CommandCall): ResolveAccounts | undefined {
  if ((call.shell.environment["GITHUB_TOKEN"] ?? "") === "") return undefined;
  return async (logins) => {
    const { resolveAccounts } = await import("../../github/index.js");
    const { github, close } = await call.shell.openGitHub();
    try {
      return await resolveAccounts(github, logins);
    } finally {
      await close();
    }
  };
}

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

import { failure, strongestExitCode } from "../../errors";
import type { CommandCall, CommandSpec } from "../command";
import { addIdentityOptions, claimOf } from "../identity";

/** `leasehold revoke`: give back or end, now. */
export const revoke: CommandSpec = {
  name: "revoke",
  args: "[grant]",
  summary: "give access back or end it, now; needs no approval, no plan and no lock",
  examples: [
    ["leasehold revoke orders-inc-4711", "every grant of that request"],
    ["leasehold revoke mfrggzdf", "the grant whose id begins so"],
    ["leasehold revoke --who ana@example.com", "everything somebody holds"],
    ["leasehold revoke --on orders-db", "everybody on a resource or connection"],
    ["leasehold revoke --all", "everything, for an incident"],
  ],
  formats: ["text", "json"],
  options(command) {
    command
      .option("--who <user>", "everything that somebody holds")
      .option("--on <what>", "everybody on a resource or a connection")
      .option("--all", "everything")
      .option("--note <text>", "why, for the Log");
    addIdentityOptions(command);
  },
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, async (workspace) => {
      const { revokeAccess } = await import("../../workspace/revoke.js");
      const { renderEnded } = await import("../../render/ended.js");
      const { tellEvent } = await import("../pass-told.js");
      const note = call.options["note"] as string | undefined;
      const ended = await revokeAccess(workspace, {
        what: whatOf(call),
        claim: await claimOf(call),
        ...(note === undefined ? {} : { note }),
        ...(call.global.verbose ? { onEvent: tellEvent(call) } : {}),
      });
      const { output, clock } = call.shell;
      const format = call.global.format === "json" ? "json" : "text";
      output.result(renderEnded(ended, { format, now: clock.now(), colour: output.colour }));
      return strongestExitCode(ended.exitCodes);
    });
  },
};

function whatOf(call: CommandCall): import("../../workspace/revoke").RevokeWhat {
  const who = call.options["who"] as string | undefined;
  const on = call.options["on"] as string | undefined;
  const [grant] = call.args;
  const given = [
    ...(grant === undefined ? [] : [{ kind: "grant", text: grant } as const]),
    ...(who === undefined ? [] : [{ kind: "who", person: who } as const]),
    ...(on === undefined ? [] : [{ kind: "on", subject: on } as const]),
    ...(call.options["all"] === true ? [{ kind: "all" } as const] : []),
  ];
  const [only, ...more] = given;
  if (only !== undefined && more.length === 0) return only;
  throw failure("E800", {
    detail: "expected exactly one of GRANT, --who, --on and --all",
    fix: "name a grant or a request: `leasehold revoke REQUEST`; `leasehold status` lists them",
  });
}

import { failure, strongestExitCode } from "../../errors";
import type { CommandCall, CommandSpec } from "../command";
import { addIdentityOptions, claimOf } from "../identity";

/** `leasehold opt-out`: never give me this. */
export const optOut: CommandSpec = {
  name: "opt-out",
  args: "<rule-or-class>",
  summary: "never give me access under this rule or class, until I lift it",
  examples: [
    ["leasehold opt-out orders-write", "nothing under that rule, as the person of LEASEHOLD_TOKEN"],
    ["leasehold opt-out critical --as ana@example.com", "nothing on critical resources"],
    ["leasehold opt-out critical --lift", "take it back"],
  ],
  formats: ["text", "json"],
  options(command) {
    command.option("--lift", "take the waiver back");
    addIdentityOptions(command);
  },
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, (workspace) =>
      call.options["lift"] === true ? lift(call, workspace) : set(call, workspace),
    );
  },
};

type Workspace = import("../../workspace/workspace").Workspace;

async function set(call: CommandCall, workspace: Workspace): Promise<number> {
  const reconcile = await import("../../reconcile/opt-out.js");
  const { renderEnded } = await import("../../render/ended.js");
  const { escapeTerminal } = await import("../../render/escape.js");
  const { worldOf } = await import("../../workspace/world.js");
  const { actorOf } = await import("../../workspace/actor.js");
  const by = await actorOf(workspace, await claimOf(call));
  const from = await waivedOf(call, workspace);
  const report = await reconcile.optOut({ ...(await worldOf(workspace)), person: by.id, from, by });
  const { output, clock } = call.shell;
  const format = call.global.format === "json" ? "json" : "text";
  if (format === "text")
    output.result(
      escapeTerminal(
        `${by.id} gets nothing under ${waivedWords(from)} until \`leasehold opt-out ${call.args[0] ?? ""} --lift\`.`,
      ),
    );
  output.result(renderEnded(report, { format, now: clock.now(), colour: output.colour }));
  return strongestExitCode(report.exitCodes);
}

async function lift(call: CommandCall, workspace: Workspace): Promise<number> {
  const reconcile = await import("../../reconcile/opt-out.js");
  const { logWorldOf } = await import("../../workspace/world.js");
  const { actorOf } = await import("../../workspace/actor.js");
  const { canonicalJson } = await import("../../model/canonical.js");
  const by = await actorOf(workspace, await claimOf(call));
  const from = await waivedOf(call, workspace);
  const log = await workspace.log();
  const mine = [...log.state.optOuts.values()].filter(
    (one) => one.person === by.id && canonicalJson(one.from) === canonicalJson(from),
  );
  for (const one of mine) await reconcile.liftOptOut({ ...(await logWorldOf(workspace)), id: one.id, by });
  const { escapeTerminal } = await import("../../render/escape.js");
  call.shell.output.result(
    escapeTerminal(
      mine.length === 0
        ? `${by.id} has no opt-out from ${waivedWords(from)}.`
        : `${by.id} may get access under ${waivedWords(from)} again.`,
    ),
  );
  return 0;
}

type Waived = import("../../model/approval").OptOut["from"];

/** A class by its name, else a rule of the policy in force, with a suggestion for what is neither. */
async function waivedOf(call: CommandCall, workspace: Workspace): Promise<Waived> {
  const { resourceClasses } = await import("../../model/resource.js");
  const { didYouMean } = await import("../../model/suggest.js");
  const name = call.args[0] ?? "";
  if ((resourceClasses as readonly string[]).includes(name)) return { kind: "class", class: name };
  const rules = (await workspace.tryPolicyInForce())?.manifest.rules.map((rule) => rule.name) ?? [];
  if (rules.includes(name)) return { kind: "rule", rule: name };
  throw failure("E107", {
    detail: `\`${name.slice(0, 64)}\` is neither a class nor a rule of the policy in force${didYouMean(name, [...rules, ...resourceClasses])}`,
    fix: "`leasehold policy show` lists the rules; the classes are low, medium, high and critical",
  });
}

function waivedWords(from: Waived): string {
  return from.kind === "rule" ? `rule ${from.rule}` : `class ${from.class}`;
}

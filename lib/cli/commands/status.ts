import type { CommandCall, CommandSpec } from "../command";
import { asOfOption, pathOption } from "../options";

/** `leasehold status`: who has what, why, until when. */
export const status: CommandSpec = {
  name: "status",
  summary: "who has what, why, and until when",
  examples: [
    ["leasehold status", "everybody, now"],
    ["leasehold status --who ana --on orders-db", "one person, one resource"],
    ["leasehold status --at 2026-11-20T12:00:00Z", "as it was then, by the Log"],
    ["leasehold status --format csv > access.csv", "for a spreadsheet"],
    ["leasehold status --html access.html", "one file with a timeline, for a browser"],
  ],
  formats: ["text", "json", "csv"],
  options(command) {
    command
      .option("--who <user>", "only this person: an e-mail, or the part before its @")
      .option("--on <what>", "only this resource or connection")
      .option("--at <time>", "as it was at this time")
      .option("--html <file>", "write one self-contained page");
  },
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, async (workspace) => {
      const { readStatus } = await import("../../workspace/read-status.js");
      const at = call.options["at"] as string | undefined;
      const who = call.options["who"] as string | undefined;
      const on = call.options["on"] as string | undefined;
      const report = await readStatus(workspace, {
        ...(at === undefined ? {} : { at: asOfOption(at, call.shell) }),
        filter: { ...(who === undefined ? {} : { who }), ...(on === undefined ? {} : { on }) },
      });
      await tell(call, report);
      return 0;
    });
  },
};

async function tell(call: CommandCall, report: import("../../model/report").AccessReport): Promise<void> {
  const { output, files, environment } = call.shell;
  const html = call.options["html"] as string | undefined;
  if (html !== undefined) {
    const { renderStatusHtml } = await import("../../render/status-html.js");
    const file = pathOption(html, call.global);
    await files.writeText(file, renderStatusHtml(report, { now: report.at }));
    output.result(`Wrote ${file}`);
    return;
  }
  const { renderStatus } = await import("../../render/status.js");
  const { format } = call.global;
  output.result(
    renderStatus(report, {
      format: format === "json" || format === "csv" ? format : "text",
      now: report.at,
      colour: output.colour,
      columns: output.columns,
      plain: environment["TERM"] === "dumb",
    }),
  );
}

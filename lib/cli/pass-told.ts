import { renderPassEvent, renderPassReport } from "../render/pass";
import { progressLine } from "../render/progress";
import type { PassEvent, PassReport } from "../reconcile/report";
import type { CommandCall } from "./command";

/** Between two lines about long work where there is no terminal to replace one. */
const quietMs = 10_000;

/**
 * Tells a pass on stderr while it runs: its outcomes as they come, long work as a bar with counts and
 * time left on a terminal and as a line every 10 s elsewhere, steps only with `--verbose`.
 */
export function tellEvent(call: CommandCall): (event: PassEvent) => void {
  const { output, clock } = call.shell;
  const startedAt = clock.now();
  let lastLineMs = clock.monotonicMs();
  return (event) => {
    const now = clock.now();
    if (event.kind === "progress") {
      const line = progressLine({ ...event, startedAt, now });
      if (output.transient(line) || clock.monotonicMs() - lastLineMs < quietMs) return;
      lastLineMs = clock.monotonicMs();
      output.progress(line);
      return;
    }
    if (event.kind === "recorded" || (event.kind === "step" && !call.global.verbose)) return;
    const line = renderPassEvent(event, { now, colour: output.colour });
    if (line === undefined) return;
    if (event.kind === "trouble") output.problem(line);
    else output.progress(line);
  };
}

/** How a command tells its passes. */
export interface PassTelling {
  readonly onEvent: (event: PassEvent) => void;
  /** Told of each whole pass; `error` where there is no report. */
  readonly onReport: (report: PassReport | undefined, error?: unknown) => void;
}

/** Tells passes in words, or with `--log json` as one JSON line for each thing that happens; the result on stdout stays what it is. */
export async function tellingOf(call: CommandCall): Promise<PassTelling> {
  if (call.options["log"] !== "json") return { onEvent: tellEvent(call), onReport: () => undefined };
  const { jsonLog } = await import("./json-log.js");
  return jsonLog(call.shell, { verbose: call.global.verbose });
}

/** Tells on stdout what a pass came to. */
export function tellReport(call: CommandCall, report: PassReport): void {
  const { output, clock } = call.shell;
  const format = call.global.format === "json" ? "json" : "text";
  output.result(renderPassReport(report, { format, now: clock.now(), colour: output.colour, told: true }));
}

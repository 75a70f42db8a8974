import { renderPassEvent, renderPassReport } from "../render/pass";
import type { PassEvent, PassReport } from "../reconcile/report";
import type { CommandCall } from "./command";

/** Tells a pass on stderr while it runs; steps only with `--verbose`. */
export function tellEvent(call: CommandCall): (event: PassEvent) => void {
  const { output, clock } = call.shell;
  return (event) => {
    if (event.kind === "step" && !call.global.verbose) return;
    const line = renderPassEvent(event, { now: clock.now(), colour: output.colour });
    if (line !== undefined) output.progress(line);
  };
}

/** Tells on stdout what a pass came to. */
export function tellReport(call: CommandCall, report: PassReport): void {
  const { output, clock } = call.shell;
  const format = call.global.format === "json" ? "json" : "text";
  output.result(renderPassReport(report, { format, now: clock.now(), colour: output.colour, told: true }));
}

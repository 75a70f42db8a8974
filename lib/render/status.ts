import type { Instant } from "../model/instant";
import type { AccessReport } from "../model/report";
import { canonicalJsonText } from "./json";
import { statusAsCsv } from "./status-csv";
import { statusAsText } from "./status-text";

/** How a report is told, and what that depends on besides the report. */
export interface StatusOptions {
  readonly format: "text" | "json" | "csv";
  readonly now: Instant;
  /** Only for text; never the only sign of anything. */
  readonly colour?: boolean;
  /** Only for text; default 100. */
  readonly columns?: number;
  /** Only for text: no block characters. */
  readonly plain?: boolean;
}

/** Who has what, in one format (JSON: schemas/status.v1.json), without a line break at its end. */
export function renderStatus(report: AccessReport, options: StatusOptions): string {
  switch (options.format) {
    case "text":
      return statusAsText(report, {
        colour: options.colour ?? false,
        columns: options.columns ?? 100,
        plain: options.plain ?? false,
        now: options.now,
      });
    case "json":
      return canonicalJsonText(report);
    case "csv":
      return statusAsCsv(report, options.now);
  }
}

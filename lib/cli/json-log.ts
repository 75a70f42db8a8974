/** The log of a service: one JSON line for each thing that happens, by pino, with the ids to follow one Grant through all of it. */
import { pino } from "pino";
import { exitCodeOf, strongestExitCode, type Diagnostic } from "../errors";
import type { PassOutcome } from "../model/pass";
import type { LogRecord } from "../model/record";
import type { PassEvent, PassReport } from "../reconcile/report";
import { hiddenAsJson } from "../render/escape";
import type { Shell } from "./shell";
import { version } from "./version";

/** What is told of passes, and where it goes. */
export interface JsonLog {
  onEvent(event: PassEvent): void;
  /** What a whole pass came to; `error` where there is no report. */
  onReport(report: PassReport | undefined, error?: unknown): void;
}

/**
 * Writes to stderr. Every line has `time`, `level`, `event` and, from the first step of a pass on, `pass`, a random id; what concerns a Grant
 * has `grant` and, where they are known, `request`, `person`, `connection` and `gateway`; records have `sequence` and `epoch`.
 */
export function jsonLog(
  shell: Pick<Shell, "clock" | "output" | "random">,
  options: { readonly verbose: boolean },
): JsonLog {
  const { clock, output, random } = shell;
  const logger = pino(
    {
      base: { leasehold: version },
      level: options.verbose ? "debug" : "info",
      messageKey: "event",
      timestamp: () => `,"time":"${clock.now()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line) => output.problem(hiddenAsJson(line.trimEnd())) },
  );
  let pass = "";
  let beganMs = 0;
  const begin = (): void => {
    pass = Buffer.from(random.bytes(8)).toString("hex");
    beganMs = clock.monotonicMs();
  };
  begin();
  return {
    onEvent(event) {
      switch (event.kind) {
        case "step":
          if (event.step === firstStep) begin();
          return logger.debug({ pass, step: event.step }, "step");
        case "outcome":
          return logger[levelOf(event.outcome)]({ pass, ...event.outcome, kind: undefined }, event.outcome.kind);
        case "trouble":
          return logger[event.diagnostic.severity === "error" ? "error" : "warn"](
            { pass, ...problemOf(event.diagnostic) },
            "trouble",
          );
        case "recorded":
          for (const record of event.records) logger.info({ pass, ...idsOf(record) }, "recorded");
          return;
        case "progress":
          return logger.debug({ pass, of: event.of, done: event.done, total: event.total }, "progress");
      }
    },
    onReport(report, error) {
      const took = Math.round(clock.monotonicMs() - beganMs);
      if (report === undefined) return logger.error({ pass, ms: took, error: String(error) }, "pass failed");
      for (const overdue of report.overdue) logger.error({ pass, ...overdue }, "overdue");
      const { effects, exitCodes, left, outcomes, recorded } = report;
      const exitCode = strongestExitCode([...exitCodes, exitCodeOf(report.errors)]);
      logger[exitCode === 0 ? "info" : "warn"](
        { pass, ms: took, exitCode, outcomes: outcomes.length, recorded, effects, left },
        "pass",
      );
    },
  };
}

/** How a pass begins; see lib/reconcile/pass.ts. */
const firstStep = "read";

function levelOf({ result }: PassOutcome): "info" | "warn" {
  return result === "done" || result === "planned" ? "info" : "warn";
}

function problemOf({ code, detail, fix, severity, summary }: Diagnostic) {
  return { code, severity, summary, detail, fix };
}

/** What says which Grant, request and pair a record is about. */
function idsOf({ body, epoch, sequence, time }: LogRecord) {
  const facts = "facts" in body ? body.facts : undefined;
  const known = facts ?? ("decision" in body ? body.decision : body);
  const text = (name: "grant" | "request" | "person" | "connection" | "gateway"): string | undefined => {
    const value: unknown = name in known ? Reflect.get(known, name) : undefined;
    return typeof value === "string" ? value : undefined;
  };
  return {
    sequence,
    epoch,
    at: time,
    type: body.type,
    grant: text("grant"),
    request: text("request"),
    person: text("person"),
    connection: text("connection"),
    gateway: text("gateway"),
    reason: "reason" in body ? body.reason : undefined,
  };
}

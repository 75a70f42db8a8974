import type { Log } from "../log";
import type { PassInput } from "./input";
import { Journal } from "./journal";
import type { Pass } from "./pass-state";
import { ReportBuilder } from "./report";

/** A pass that has done and seen nothing yet, on an open Log. */
export function newPass(input: PassInput, log: Log): Pass {
  return {
    input,
    journal: new Journal(log, input.clock),
    report: new ReportBuilder(input.onEvent ?? (() => undefined)),
    descriptions: new Map(),
    observed: new Map(),
    closed: new Set(),
    doubtful: new Set(),
    nothingNew: false,
    isCutOff: false,
    isStale: false,
    ended: new Set(),
    quietUntil: undefined,
    refusedAt: new Map(),
  };
}

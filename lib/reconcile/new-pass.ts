import type { Log } from "../log";
import type { Head } from "../model/record";
import type { PassInput } from "./input";
import { Journal } from "./journal";
import type { Pass } from "./pass-state";
import { ReportBuilder } from "./report";

/** A pass that has done and seen nothing yet, on an open Log; `read` is what `readAnchor` gave before that. */
export function newPass(
  input: PassInput,
  log: Log,
  read: { readonly anchor?: Head | undefined; readonly trouble?: unknown } = {},
): Pass {
  const tell = input.onEvent ?? (() => undefined);
  return {
    input,
    journal: new Journal(log, input.clock, (records) => tell({ kind: "recorded", records })),
    report: new ReportBuilder(tell),
    descriptions: new Map(),
    observed: new Map(),
    closed: new Set(),
    doubtful: new Set(),
    nothingNew: false,
    isCutOff: false,
    anchor: laterOf(input.anchor, read.anchor),
    anchorTrouble: read.trouble,
    isStale: false,
    ended: new Set(),
    gone: new Map(),
    quietUntil: undefined,
    refusedAt: new Map(),
  };
}

function laterOf(a: Head | undefined, b: Head | undefined): Head | undefined {
  return (a?.sequence ?? 0) > (b?.sequence ?? 0) ? a : b;
}

import type { LogState } from "../model/log-state";

/** The state of a Log in which nothing has happened yet. */
export const emptyLogState: LogState = {
  epoch: 0,
  names: new Map(),
  grants: new Map(),
  approvals: new Map(),
  objects: new Map(),
  intents: new Map(),
  optOuts: new Map(),
  folded: new Set(),
  drift: new Map(),
};

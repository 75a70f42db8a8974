import { findGrants, headOrThrow, verifyChain } from "../log";
import type { Instant } from "../model/instant";
import type { LogRecord } from "../model/record";
import type { Workspace } from "./workspace";

/** Which records to read; each one given must match. */
export interface RecordFilter {
  /** A grant's id, the start of one, or a request's name. */
  readonly grant?: string;
  /** A person, anywhere in the record. */
  readonly who?: string;
  readonly type?: string;
  readonly since?: Instant;
  /** Only so many, the latest. */
  readonly last?: number;
}

/** Reads records in their order, verifying the chain on the way; throws E600 where it does not hold. */
export async function readRecords(workspace: Workspace, filter: RecordFilter): Promise<readonly LogRecord[]> {
  const about = filter.grant === undefined ? undefined : await namesOf(workspace, filter.grant);
  const records: LogRecord[] = [];
  const verdict = await verifyChain(workspace.store.read(1), {
    onRecord: (record) => {
      if (!isWanted(record, filter, about)) return;
      records.push(record);
      // Twice the window at most is kept, so that memory does not grow with the chain.
      if (filter.last !== undefined && records.length >= 2 * filter.last)
        records.splice(0, records.length - filter.last);
    },
  });
  headOrThrow(verdict);
  return filter.last === undefined ? records : records.slice(-filter.last);
}

/** What a record about these Grants says somewhere: their ids, and the request's name where that was asked for. */
async function namesOf(workspace: Workspace, text: string): Promise<ReadonlySet<string>> {
  const { state } = await workspace.log();
  if (state.names.has(text)) {
    const ids = [...state.grants.values()]
      .filter(({ facts }) => facts.request === text)
      .map(({ facts }) => facts.grant);
    return new Set([text, ...ids]);
  }
  return new Set(findGrants(state, text).map(({ facts }) => facts.grant));
}

function isWanted(record: LogRecord, filter: RecordFilter, about: ReadonlySet<string> | undefined): boolean {
  if (filter.type !== undefined && record.body.type !== filter.type) return false;
  if (filter.since !== undefined && record.time < filter.since) return false;
  if (about !== undefined && !says(record.body, about)) return false;
  return filter.who === undefined || says(record.body, new Set([filter.who]));
}

/** Whether one of some texts stands anywhere in a value. */
function says(value: unknown, texts: ReadonlySet<string>): boolean {
  if (typeof value === "string") return texts.has(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((item) => says(item, texts));
}

import { chainRecords, recordLine } from "../../lib/log";
import { grantId } from "../../lib/model/grant";
import { instantOf } from "../../lib/model/instant";
import { reconcilerActor } from "../../lib/model/actor";
import type { GrantFacts, Head, LogRecord, RecordBody } from "../../lib/model/record";

/** The installation of all Logs in these tests. */
export const installation = "test-installation";

/** The first record of each. */
export const opened: RecordBody = { type: "log.opened", installation, format: 1 };

/** The instant a number of seconds after the tests' own beginning. */
export function at(seconds: number): string {
  return instantOf(Date.UTC(2026, 10, 25, 8) + seconds * 1000);
}

/** What the Log keeps of the n-th Grant. */
export function facts(n: number, changes: Partial<GrantFacts> = {}): GrantFacts {
  const request = changes.request ?? `request-${n}`;
  const person = changes.person ?? `person-${n % 5}@example.com`;
  const resource = `db-${n % 3}`;
  const connection = `${resource}/read`;
  return {
    grant: grantId({ installation, request, person, connection }),
    request,
    person,
    connection,
    gateway: "main",
    gatewayName: `${resource}-read`,
    level: "read",
    resource,
    class: "high",
    rule: "orders-read",
    ruleDigest: "a".repeat(64),
    reason: `INC-${n}: "find" the orders — stuck`,
    ...changes,
  };
}

/** The n-th Grant from its activation to its end. */
export function lifeOf(n: number): RecordBody[] {
  const its = facts(n);
  const { grant } = its;
  return [
    { type: "activation.intended", facts: its, end: at(n + 3600), leaseEnd: at(n + 3600) },
    {
      type: "activation.done",
      grant,
      activatedAt: at(n),
      observedEnd: at(n + 3600),
      worstCaseEnd: at(n + 7200),
    },
    { type: "ending.intended", grant, reason: "expired", by: reconcilerActor },
    {
      type: "ending.done",
      grant,
      reason: "expired",
      at: at(n + 3600),
      by: reconcilerActor,
      sessionsCut: 100 + n,
      leaseStays: false,
    },
  ];
}

/** A right chain of so many records. */
export function chainOf(length: number): LogRecord[] {
  const bodies: RecordBody[] = [opened];
  for (let n = 0; bodies.length < length; n += 1) bodies.push(...lifeOf(n));
  return chainRecords(undefined, 1, at(0), bodies.slice(0, length));
}

/** Records that follow one another after a head, each a note that changes nothing. */
export function notes(head: Head | undefined, epoch: number, ...words: readonly string[]): LogRecord[] {
  const bodies = words.map((word): RecordBody => ({
    type: "stray.ended",
    gateway: word,
    person: "x",
    gatewayName: "y",
  }));
  return chainRecords(head, epoch, at(0), head === undefined ? [opened, ...bodies] : bodies);
}

/** The lines of records. */
export function linesFor(records: readonly LogRecord[]): string[] {
  return records.map((record) => recordLine(record));
}

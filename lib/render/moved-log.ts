import type { Head } from "../model/record";
import { count } from "./counts";
import { canonicalJsonText } from "./json";

/** A Log that was copied, as it is told. */
export interface CopiedView {
  readonly from: string;
  readonly to: string;
  readonly records: number;
  readonly before: number;
  readonly blobs: number;
  readonly spooled: number;
  readonly head: Head | undefined;
}

/** The tables of a Log in a database, as brought up to date. */
export interface MigratedView {
  readonly address: string;
  readonly applied: readonly { readonly number: number; readonly name: string }[];
  readonly version: number;
}

/** What was copied, and how to go on with the copy. */
export function renderCopied(view: CopiedView, format: "text" | "json"): string {
  const { head, ...rest } = view;
  if (format === "json") return canonicalJsonText({ copyVersion: 1, ...rest, ...(head === undefined ? {} : { head }) });
  const { from, to, records, before, blobs, spooled } = view;
  return [
    `From ${from} to ${to}: ${count(records - before, "record")} copied${before === 0 ? "" : `, ${before} were there`}, ${count(blobs, "text")}, ${count(spooled, "spooled ending")}.`,
    ...(head === undefined ? [] : [`Head: ${head.sequence} ${head.hash}`]),
    `The copy verifies: ${count(records, "record")}. Point \`log:\` of leasehold.yaml at it before the next pass, and let nothing write to the old one.`,
  ].join("\n");
}

/** What a migration did. */
export function renderMigrated(view: MigratedView, format: "text" | "json"): string {
  if (format === "json") return canonicalJsonText({ migrationVersion: 1, ...view });
  const { address, applied, version } = view;
  return [
    ...applied.map(({ number, name }) => `+ step ${number}: ${name}`),
    applied.length === 0
      ? `${address} was at step ${version} already; roles and rights are as they should be.`
      : `${address} is at step ${version} now. Make the reconciler's login a member of leasehold_writer, an auditor's of leasehold_reader.`,
  ].join("\n");
}

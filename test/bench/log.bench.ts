/**
 * P10, the second half: `leasehold log verify` of an export. For whoever builds the table of docs/performance.md: call
 * `verifyRates` of ./verify-log, and put appends beside it; this file then needs to say no more than it does.
 */
import { median, verifyRates } from "./verify-log";

async function main(): Promise<void> {
  const { records, runs } = await verifyRates({ records: 1_000_000, runs: 5 });
  for (const { perSecond, hashesPerSecond } of runs) {
    console.log(`${Math.round(perSecond)} records/s, hashing alone ${Math.round(hashesPerSecond)}/s`);
  }
  const rate = Math.round(median(runs.map((run) => run.perSecond)));
  console.log(
    `P10 verify: ${records} records, median ${rate} records/s (bar 200000), ${rate >= 200_000 ? "reached" : "not reached"}`,
  );
}

void main();

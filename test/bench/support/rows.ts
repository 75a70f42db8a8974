/** The rows of docs/performance.md: what is measured, what people use today, and the bar. */

/** One row. */
export interface Row {
  readonly row: string;
  readonly what: string;
  readonly today: string;
  readonly bar: string;
}

/** All rows, in order. */
export const rows: readonly Row[] = [
  {
    row: "P1",
    what: "`leasehold plan`, cold, of 10,000 request files",
    today: "`terraform plan` of 10,000 resources without a change",
    bar: "1/12 of its time, 250 MB",
  },
  { row: "P2", what: "the same, warm, nothing changed", today: "the same", bar: "1/60 of its time" },
  {
    row: "P3",
    what: "planning again, told which files changed: 100,000 grants against 10,000",
    today: "grows with everything there is",
    bar: "1.3x",
  },
  {
    row: "P4",
    what: "apply, cost of one change: 100,000 grants there against 100",
    today: "Terraform: 98 ms at 1,000, 1,124 ms at 10,000",
    bar: "1.1x",
  },
  {
    row: "P5",
    what: "apply, against what the embedded gateway can do at most",
    today: "10 at a time",
    bar: "80 %",
  },
  { row: "P6", what: "100 changes into 10,000 grants, durable", today: "Terraform: 112 s", bar: "1 s" },
  {
    row: "P7",
    what: "from a deadline to the revoke sent, 100,000 live grants, 250 ends a second",
    today: "Boundary: a job every five minutes",
    bar: "1 s at p99",
  },
  {
    row: "P8",
    what: "100,000 grants that end in the same second",
    today: "Vault: 200 workers, first retry after 20 s",
    bar: "80 % of the gateway's maximum, no timer per grant",
  },
  { row: "P9", what: "memory per grant at 100,000", today: "", bar: "1 KiB" },
  {
    row: "P10",
    what: "the Log: durable appends, and verification",
    today: "the disk's own sync; SHA-256 alone",
    bar: "5,000/s and 200,000/s",
  },
  {
    row: "P11",
    what: "one approval decision, 50 rules and 100 reviews; GitHub calls for one evaluation",
    today: "OPA's budget: about 1 ms",
    bar: "1 ms at p99; 6 calls; 0 writes when nothing changed",
  },
  {
    row: "P12",
    what: "PostgreSQL: a membership granted and revoked",
    today: "raw psql on one connection, about 7,000/s",
    bar: "70 %",
  },
  {
    row: "P13",
    what: "synth of 10,000 grants through constructs",
    today: "raw cdktf: 2.4 to 4 s",
    bar: "1/5 of its time",
  },
  {
    row: "P14",
    what: "`leasehold --help`; `validate` of one file with a current Manifest",
    today: "gh: about 50 ms",
    bar: "150 ms; 250 ms",
  },
];

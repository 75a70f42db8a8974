/** The invariants, in words; `invariant` of a Violation is one of them. */
export const invariants = {
  access: "no access at the gateway without a live approved grant",
  end: "no access after its end plus what the Provider states, while a reconciler is running",
  order: "what has to end ends before anything is granted",
  intent: "no effect without an intent before it in the durable Log",
  lease: "one lease of a pair, and it ends with the pair's last grant",
  once: "no second grant for one asking",
  returned: "what ended never returns",
  foreign: "foreign objects stay byte-identical",
  epoch: "one epoch at a time",
  lost: "no grant is lost",
  cause: "nothing ends without a cause",
  log: "the Log verifies, and what was durable stays",
  fold: "at quiet points the fold of the Log is what the model says",
  converged: "converged within 2 passes after the faults end",
  quiet: "a pass with nothing to do does nothing",
  bug: "no program finds a bug in itself",
} as const;

/** One of them. */
export type Invariant = keyof typeof invariants;

/** An invariant that does not hold, and what was seen. */
export class Violation extends Error {
  constructor(
    readonly invariant: Invariant,
    readonly seen: string,
  ) {
    super(`${invariants[invariant]}: ${seen}`);
  }
}

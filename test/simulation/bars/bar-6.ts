/** Bar 6: one writer. Two reconcilers on one Log with epochs, paused for longer than any lock holds, and killed. */
import type { BarReport } from "./bar";
import { badWords, playMany, scriptWith } from "./scripts";

/** Plays schedules of two reconcilers that take the Log from each other. */
export async function bar6({ schedules }: { readonly schedules: number }): Promise<BarReport> {
  const { bad, steps } = await playMany(schedules, (seed) =>
    scriptWith(
      seed,
      { services: 2, machines: 2, store: "shared" },
      {
        count: 6,
        of: (chance) =>
          chance.happens(0.75)
            ? {
                kind: "pause",
                place: chance.between(0, 1),
                forMs: chance.between(1_000, 15 * 60_000),
                afterCalls: chance.between(0, 60),
              }
            : { kind: "kill", place: chance.between(0, 1), afterCalls: chance.between(0, 60) },
      },
    ),
  );
  const of = (invariants: readonly string[]): number =>
    bad.filter(({ violation }) => invariants.includes(violation?.invariant ?? "")).length;
  const bar =
    `bar 6: ${schedules} schedules of two reconcilers with pauses and kills, ${steps} steps: ${of(["epoch"])} records under an ` +
    `old epoch; two passes after the last stale writer stopped, ${of(["access", "end"])} live leases that the fold does not hold`;
  return { bar: bar + badWords(bad), isReached: bad.length === 0 };
}

import { bar2 } from "./bar-2";
import { bar4 } from "./bar-4";
import { bar5 } from "./bar-5";
import { bar6 } from "./bar-6";
import { bar7 } from "./bar-7";
import type { BarReport } from "./bar";

const day = 86_400_000;
const hour = 3_600_000;

/** The bars at the full numbers of QUALITY.md: `npm run simulate -- --bars`. */
export const fullBars: readonly (() => Promise<BarReport>)[] = [
  () => bar2({ grants: 100, refusedMs: 30 * day, restartMs: 17 * hour }),
  () => bar2({ grants: 10_000, refusedMs: hour, restartMs: 0.4 * hour }),
  () => bar4({ standstills: 100, clocks: 1_000 }),
  () => bar5({ interleavings: 10_000 }),
  () => bar6({ schedules: 1_000 }),
  () => bar7({ schedules: 10_000, foreign: 10_000 }),
];

/** The same at the numbers of a run of `npm test`, by number of the bar. */
export const dailyBars = {
  2: [
    () => bar2({ grants: 100, refusedMs: 3 * day, restartMs: 17 * hour }),
    () => bar2({ grants: 1_000, refusedMs: hour, restartMs: 0.4 * hour }),
  ],
  4: [() => bar4({ standstills: 6, clocks: 100 })],
  5: [() => bar5({ interleavings: 2_000 })],
  6: [() => bar6({ schedules: 200 })],
  7: [() => bar7({ schedules: 200, foreign: 10_000 })],
} as const satisfies Readonly<Record<number, readonly (() => Promise<BarReport>)[]>>;

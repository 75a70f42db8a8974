import { sayBar } from "./bar";
import { dailyBars } from "./sizes";

test("bar 6: of two reconcilers that take the Log from each other one writes, and two passes later nothing is held that the Log does not hold", async () => {
  for (const bar of dailyBars[6]) {
    const report = await bar();
    sayBar(report);
    expect(report).toMatchObject({ isReached: true });
  }
}, 600_000);

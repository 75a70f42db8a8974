import { sayBar } from "./bar";
import { dailyBars } from "./sizes";

test("bar 7: two passes after the last fault everything is right, foreign objects are as they were, and the same plan again does nothing", async () => {
  for (const bar of dailyBars[7]) {
    const report = await bar();
    sayBar(report);
    expect(report).toMatchObject({ isReached: true });
  }
}, 600_000);

import { sayBar } from "./bar";
import { dailyBars } from "./sizes";

test("bar 5: no plan is applied whose base moved", async () => {
  for (const bar of dailyBars[5]) {
    const report = await bar();
    sayBar(report);
    expect(report).toMatchObject({ isReached: true });
  }
}, 600_000);

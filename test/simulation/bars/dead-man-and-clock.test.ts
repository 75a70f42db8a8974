import { sayBar } from "./bar";
import { dailyBars } from "./sizes";

test("bar 4: after a day of standstill overdue revokes come first, what the Provider holds ended without us, and clocks that jump let nothing in early or out late", async () => {
  for (const bar of dailyBars[4]) {
    const report = await bar();
    sayBar(report);
    expect(report).toMatchObject({ isReached: true });
  }
}, 600_000);

import { foundText } from "./found-file";
import { run } from "./run";
import { shrink } from "./shrink";
import { Violation } from "./violation";

test("a failing run is made small and written as a test that can be run as it stands", async () => {
  const report = await run(5);
  // What is to be kept breaks nothing, so nothing can be left out of a run that pretends to fail.
  const violation = new Violation("access", "planted */ here\nand there");
  const small = await shrink({ ...report, violation }, { mostRuns: 25 });
  expect(small.without).toEqual({ events: [], faults: [] });
  const text = foundText(small);
  expect(text).toContain("planted * / here and there");
  expect(text).toContain('import { run } from "../run";');
  expect(text).toContain(`await run(5, {"events":[],"faults":[]})`);
});

import { join } from "node:path";
import { bench, timed } from "./support/bench";
import { requestAt } from "./support/estate";
import { measured } from "./support/result";
import { Scene } from "./support/scene";

/** P4: what one more change costs an apply, with 100,000 grants there and with 100. */
const [few, many] = [100, 100_000];
const changes = 500;
const rounds = 5;

bench(async (directory) => {
  const scenes = {
    few: await Scene.open(join(directory, "few"), { grants: few }),
    many: await Scene.open(join(directory, "many"), { grants: many }),
  };
  const perChange = { few: [] as number[], many: [] as number[] };
  const still = { few: [] as number[], many: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of ["few", "many"] as const) {
      const { quiet, changed } = await measure(scenes[name], round);
      if (round === 0) continue;
      perChange[name].push((changed - 2 * quiet) / (2 * changes));
      still[name].push(quiet);
    }
  }
  for (const scene of Object.values(scenes)) await scene.close();
  const [at100, at100k] = [
    measured("one change, 100 there", "ms", perChange.few),
    measured("one change, 100,000 there", "ms", perChange.many),
  ];
  return [
    {
      row: "P4",
      checks: [
        { what: "100,000 against 100", figure: at100k.median / at100.median, unit: "x", bar: 1.1, is: "at most" },
      ],
      measured: [
        at100,
        at100k,
        measured("an apply without a change, 100 there", "ms", still.few),
        measured("an apply without a change, 100,000 there", "ms", still.many),
      ],
      method: `A reconciler that keeps running (its Log is open, its fold in memory) merges and applies ${changes} new requests, then their removal, against an embedded gateway in another process; from the time of both, that of two applies without a change is taken away, and the rest divided by ${2 * changes}. So this is what one more change costs; what an apply costs before its first change, which grows with what there is (the gateway is observed whole), is told beside it.`,
    },
  ];
});

async function measure(scene: Scene, round: number): Promise<{ readonly quiet: number; readonly changed: number }> {
  const before = scene.requests;
  const more = Array.from({ length: changes }, (_, index) => requestAt(many + round * changes + index));
  const quiet = await timed(async () => {
    await scene.merge(before);
    await scene.pass();
  });
  const changed = await timed(async () => {
    await scene.merge([...before, ...more]);
    await scene.pass();
    await scene.merge(before);
    await scene.pass({ confirmRemovals: changes });
  });
  return { quiet, changed };
}

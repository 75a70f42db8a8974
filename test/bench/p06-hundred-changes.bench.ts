import { bench, inTurn } from "./support/bench";
import { requestsUpTo } from "./support/estate";
import { measured } from "./support/result";
import { Scene } from "./support/scene";

/** P6: 100 new grants into 10,000, from the merge of their requests to the last record on disk. */
const there = 10_000;
const changes = 100;

bench(async (directory) => {
  const scene = await Scene.open(directory, { grants: there });
  const { apply } = await inTurn(7, {
    apply: async () => {
      await scene.merge(requestsUpTo(scene.requests.length + changes));
      const { outcomes } = await scene.pass();
      if (outcomes.length !== changes) throw new Error(`${outcomes.length} outcomes`);
    },
  });
  await scene.close();
  const time = measured("merge and pass", "ms", apply);
  return [
    {
      row: "P6",
      checks: [{ what: "100 changes", figure: time.median / 1000, unit: "s", bar: 1, is: "at most" }],
      measured: [time],
      method:
        "100 new requests are merged and applied in one pass: gateway observed whole, planned, intents and outcomes on disk (fdatasync), each lease made and read back at an embedded gateway in another process. 10,000 grants are active before the first round. The Log is open, as in a reconciler that keeps running.",
    },
  ];
});

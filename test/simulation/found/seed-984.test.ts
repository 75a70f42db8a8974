/**
 * Found by the simulator: no access at the gateway without a live approved grant: ask-1 (bob@x.test on orders/read) lets in after a whole pass, but it is ended
 *
 * What is left of its script:
 * {"atMs":1000,"kind":"ask","name":"ask-1","for":["bob@x.test"],"connection":"orders/read","durationMs":3633000,"startAfterMs":0,"startBeforeMs":601000}
 * {"atMs":304459,"kind":"bad network","forMs":1086439,"faults":["does nothing"],"rate":0.6}
 * {"atMs":511164,"kind":"policy","policy":"without bob"}
 *
 * The last events:
 * 0:10:00.412 reconciler#3: GET /serverinfo 200
 * 0:10:00.415 reconciler#3: GET /access-requests/rules 200
 * 0:10:00.418 reconciler#3: GET /userinfo 200
 * 0:10:00.421 reconciler#3: GET /access-requests/rules 200
 * 0:10:00.423 reconciler#3: GET /serviceaccounts 200
 * 0:10:00.424 reconciler#3: GET /agents 200
 * 0:10:00.424 reconciler#3: GET /connections 200
 * 0:10:00.425 reconciler#3: GET /users 200
 * 0:10:00.427 reconciler#3: GET /guardrails 200
 * 0:10:00.429 reconciler#3: GET /datamasking-rules 200
 * 0:10:00.429 reconciler#3: GET /plugins/access_control 404
 * 0:10:00.432 reconciler#3: GET /reviews 200
 * 0:10:00.433 reconciler#3: list log/spool
 * 0:10:00.436 reconciler#3: read blobs/cfad7a1b6e531368503ca16d7be27cdec2600e64ff63634b083f3fae4815bc4e
 * 0:10:00.436 reconciler#3: read log/epoch
 * 0:10:00.437 reconciler#3: append to log/chain.jsonl
 * 0:10:00.439 reconciler#3: sync log/chain.jsonl
 * 0:10:00.443 reconciler#3: GET /userinfo 200
 * 0:10:00.447 reconciler#3: GET /sessions?user=bob%40x.test&connection=orders-read&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:10:00.447 reconciler#3: PUT /reviews/70666eb4-7c8a-4b0d-8977-7d45daefc276 (does nothing)
 * 0:10:00.449 reconciler#3: read log/epoch
 * 0:10:00.450 reconciler#3: append to log/chain.jsonl
 * 0:10:00.452 reconciler#3: sync log/chain.jsonl
 * 0:10:00.453 reconciler#3: list log/spool
 * 0:10:00.454 reconciler#3: write log/head.json
 */
import { run } from "../run";

test("seed 984 breaks no invariant", async () => {
  const { violation } = await run(984, {
    events: [1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23],
    faults: [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18],
  });
  expect(violation?.message).toBeUndefined();
});

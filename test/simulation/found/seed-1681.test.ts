/**
 * Found by the simulator: nothing ends without a cause: ask-1 (dora@x.test on orders/read) ended as `expired`, and nobody did that
 *
 * What is left of its script:
 * {"atMs":1000,"kind":"ask","name":"ask-1","for":["dora@x.test"],"connection":"orders/read","durationMs":1843000,"startAfterMs":0,"startBeforeMs":36001000}
 * {"atMs":181314,"kind":"clock","machine":0,"jumpMs":-300000,"forMs":750795}
 * {"atMs":199138,"kind":"gateway clock","jumpMs":-1260000,"forMs":763570}
 * {"atMs":305498,"kind":"gateway clock","jumpMs":2880000,"forMs":1038767}
 *
 * The last events:
 * 0:06:00.412 reconciler#3: read log/chain.jsonl
 * 0:06:00.413 reconciler#3: read log/chain.jsonl
 * 0:06:00.414 reconciler#3: list log/spool
 * 0:06:00.417 reconciler#3: GET /serverinfo 200
 * 0:06:00.420 reconciler#3: GET /access-requests/rules 200
 * 0:06:00.422 reconciler#3: GET /userinfo 200
 * 0:06:00.425 reconciler#3: GET /access-requests/rules 200
 * 0:06:00.428 reconciler#3: GET /agents 200
 * 0:06:00.429 reconciler#3: GET /users 200
 * 0:06:00.429 reconciler#3: GET /serviceaccounts 200
 * 0:06:00.430 reconciler#3: GET /connections 200
 * 0:06:00.432 reconciler#3: GET /datamasking-rules 200
 * 0:06:00.433 reconciler#3: GET /plugins/access_control 404
 * 0:06:00.433 reconciler#3: GET /guardrails 200
 * 0:06:00.438 reconciler#3: GET /reviews 200
 * 0:06:00.440 reconciler#3: list log/spool
 * 0:06:00.442 reconciler#3: read log/epoch
 * 0:06:00.445 reconciler#3: append to log/chain.jsonl
 * 0:06:00.447 reconciler#3: sync log/chain.jsonl
 * 0:06:00.450 reconciler#3: GET /userinfo 200
 * 0:06:00.452 reconciler#3: GET /sessions?user=dora%40x.test&connection=orders-read&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:06:00.456 reconciler#3: PUT /reviews/762c5462-01a7-4799-af8a-3c35a53beaef 200
 * 0:06:00.458 reconciler#3: read log/epoch
 * 0:06:00.459 reconciler#3: append to log/chain.jsonl
 * 0:06:00.460 reconciler#3: sync log/chain.jsonl
 */
import { run } from "../run";

test("seed 1681 breaks no invariant", async () => {
  const { violation } = await run(1681, { events: [3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], faults: [] });
  expect(violation?.message).toBeUndefined();
});

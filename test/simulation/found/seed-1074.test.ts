/**
 * Found by the simulator: nothing ends without a cause: swap-6510 (alice@x.test on cache/read) ended as `ended outside`, and nobody did that
 *
 * What is left of its script:
 * {"atMs":18094,"kind":"ask","name":"ask-2","for":["alice@x.test"],"connection":"orders/write","durationMs":3602000,"startAfterMs":0,"startBeforeMs":36018094}
 * {"atMs":348892,"kind":"drift","machine":0,"rate":0.05,"forMs":398097}
 * {"atMs":571297,"kind":"swap","request":"ask-2","name":"swap-6510","durationMs":300000}
 *
 * The last events:
 * 0:14:31.002 pass#7: read the spool
 * 0:14:31.005 pass#7: take an epoch
 * 0:14:31.007 pass#7: read the chain from 24
 * 0:14:31.009 pass#7: read the spool
 * 0:14:31.012 pass#7: GET /serverinfo 200
 * 0:14:31.018 pass#7: GET /access-requests/rules 200
 * 0:14:31.021 pass#7: GET /userinfo 200
 * 0:14:31.021 pass#7: GET /access-requests/rules 200
 * 0:14:31.024 pass#7: GET /serviceaccounts 200
 * 0:14:31.025 pass#7: GET /agents 200
 * 0:14:31.026 pass#7: GET /users 200
 * 0:14:31.027 pass#7: GET /connections 200
 * 0:14:31.028 pass#7: GET /guardrails 200
 * 0:14:31.028 pass#7: GET /plugins/access_control 404
 * 0:14:31.031 pass#7: GET /datamasking-rules 200
 * 0:14:31.033 pass#7: GET /reviews 200
 * 0:14:31.036 pass#7: GET /sessions?review.status=APPROVED&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:14:31.036 pass#7: read the spool
 * 0:14:31.039 pass#7: read a blob
 * 0:14:31.042 pass#7: read a blob
 * 0:14:31.044 pass#7: append epoch.taken, ending.intended under epoch 16
 * 0:14:31.045 pass#7: GET /userinfo 200
 * 0:14:31.049 pass#7: GET /sessions?user=alice%40x.test&connection=cache-read&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:14:31.051 pass#7: PUT /reviews/4fb250e4-91d0-4645-acb1-5362a0d6a858 200
 * 0:14:31.052 pass#7: append ending.done under epoch 16
 */
import { run } from "../run";

test("seed 1074 breaks no invariant", async () => {
  const { violation } = await run(1074, {
    events: [0, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 19, 20, 21],
    faults: [],
  });
  expect(violation?.message).toBeUndefined();
});

/**
 * Found by the simulator: nothing ends without a cause: ask-3 (alice@x.test on orders/write) ended as `ended outside`, and nobody did that
 *
 * What is left of its script:
 * {"atMs":1000,"kind":"ask","name":"ask-1","for":["bob@x.test"],"connection":"orders/write","durationMs":3607000,"startAfterMs":0,"startBeforeMs":601000}
 * {"atMs":1185,"kind":"ask","name":"ask-4","for":["alice@x.test"],"connection":"cache/read","durationMs":1820000,"startAfterMs":0,"startBeforeMs":3601185}
 * {"atMs":9053,"kind":"ask","name":"ask-2","for":["alice@x.test"],"connection":"orders/read","durationMs":1826000,"startAfterMs":0,"startBeforeMs":3609053}
 * {"atMs":96833,"kind":"narrow","request":"ask-4","durationMs":480000}
 * {"atMs":123188,"kind":"ask","name":"ask-3","for":["alice@x.test"],"connection":"orders/write","durationMs":752000,"startAfterMs":423188,"startBeforeMs":1023188}
 * {"atMs":501587,"kind":"approve","request":"ask-1","by":"erin@x.test"}
 * {"atMs":551828,"kind":"approve","request":"ask-3","by":"erin@x.test"}
 * {"atMs":660738,"kind":"spoilt call","of":"provision","fault":"empty 200"}
 *
 * The last events:
 * 0:17:31.016 pass#12: GET /access-requests/rules 200
 * 0:17:31.017 pass#12: GET /userinfo 200
 * 0:17:31.021 pass#12: GET /access-requests/rules 200
 * 0:17:31.022 pass#12: GET /serviceaccounts 200
 * 0:17:31.023 pass#12: GET /agents 200
 * 0:17:31.025 pass#12: GET /users 200
 * 0:17:31.025 pass#12: GET /connections 200
 * 0:17:31.028 pass#12: GET /plugins/access_control 404
 * 0:17:31.028 pass#12: GET /guardrails 200
 * 0:17:31.029 pass#12: GET /datamasking-rules 200
 * 0:17:31.032 pass#12: GET /connections/orders-write 200
 * 0:17:31.033 pass#12: GET /connections/cache-read 200
 * 0:17:31.034 pass#12: GET /connections/orders-read 200
 * 0:17:31.038 pass#12: GET /reviews 200
 * 0:17:31.038 pass#12: GET /sessions?review.status=APPROVED&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:17:31.041 pass#12: read the spool
 * 0:17:31.043 pass#12: read a blob
 * 0:17:31.045 pass#12: read a blob
 * 0:17:31.045 pass#12: append epoch.taken, ending.intended under epoch 28
 * 0:17:31.051 pass#12: GET /userinfo 200
 * 0:17:31.055 pass#12: GET /users 200
 * 0:17:31.058 pass#12: GET /sessions?user=alice%40x.test&connection=orders-write&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:17:32.061 pass#12: GET /sessions?user=alice%40x.test&connection=orders-write&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:17:37.062 pass#12: GET /sessions?user=alice%40x.test&connection=orders-write&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:17:37.064 pass#12: append ending.done under epoch 28
 */
import { run } from "../run";

test("seed 14003256 breaks no invariant", async () => {
  const { violation } = await run(14003256, { events: [5, 9, 10, 11, 12, 13], faults: [] });
  expect(violation?.message).toBeUndefined();
});

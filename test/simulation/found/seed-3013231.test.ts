/**
 * Found by the simulator: nothing ends without a cause: ask-1 (dora@x.test on cache/read) ended as `ended outside`, and nobody did that
 *
 * What is left of its script:
 * {"atMs":1000,"kind":"ask","name":"ask-1","for":["group:devs"],"connection":"cache/read","durationMs":1853000,"startAfterMs":481000,"startBeforeMs":4081000}
 * {"atMs":6829,"kind":"ask","name":"ask-3","for":["group:devs"],"connection":"cache/read","durationMs":761000,"startAfterMs":0,"startBeforeMs":3606829}
 * {"atMs":519603,"kind":"pause","place":0,"forMs":580545,"afterCalls":11}
 * {"atMs":740855,"kind":"ask","name":"ask-2","for":["dora@x.test"],"connection":"cache/read","durationMs":320000,"startAfterMs":0,"startBeforeMs":4340855}
 *
 * The last events:
 * 0:24:11.143 reconciler#3: read the spool
 * 0:24:11.144 reconciler#3: read the chain from 53
 * 0:24:40.883 reconciler#3: take an epoch
 * 0:24:40.885 reconciler#3: read the spool
 * 0:24:40.888 reconciler#3: read the chain from 53
 * 0:24:40.890 reconciler#3: GET /serverinfo 200
 * 0:24:40.891 reconciler#3: GET /access-requests/rules 200
 * 0:24:40.894 reconciler#3: GET /userinfo 200
 * 0:24:40.894 reconciler#3: GET /access-requests/rules 200
 * 0:24:40.896 reconciler#3: GET /serviceaccounts 200
 * 0:24:40.897 reconciler#3: GET /users 200
 * 0:24:40.898 reconciler#3: GET /agents 200
 * 0:24:40.900 reconciler#3: GET /connections 200
 * 0:24:40.901 reconciler#3: GET /guardrails 200
 * 0:24:40.903 reconciler#3: GET /plugins/access_control 404
 * 0:24:40.904 reconciler#3: GET /datamasking-rules 200
 * 0:24:40.908 reconciler#3: GET /reviews 200
 * 0:24:40.910 reconciler#3: read the spool
 * 0:24:40.913 reconciler#3: read a blob
 * 0:24:40.913 reconciler#3: append epoch.taken, ending.intended, ending.intended, ending.intended under epoch 14
 * 0:24:40.916 reconciler#3: GET /userinfo 200
 * 0:24:40.919 reconciler#3: GET /sessions?user=dora%40x.test&connection=cache-read&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:24:40.919 reconciler#3: GET /sessions?user=bob%40x.test&connection=cache-read&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:24:40.919 reconciler#3: GET /sessions?user=alice%40x.test&connection=cache-read&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:24:40.920 reconciler#3: append ending.done, ending.done, ending.done under epoch 14
 */
import { run } from "../run";

test("seed 3013231 breaks no invariant", async () => {
  const { violation } = await run(3013231, { events: [2, 3, 4, 5, 7, 9, 10, 11, 12, 13, 14, 15, 16], faults: [] });
  expect(violation?.message).toBeUndefined();
});

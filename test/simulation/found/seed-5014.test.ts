/**
 * Found by the simulator: no grant is lost: ask-2 (alice@x.test on orders/read) is wanted and approved, and is rejected (cannot be held)
 *
 * What is left of its script:
 * {"atMs":507659,"kind":"spoilt call","of":"provision","fault":"error in a 200"}
 * {"atMs":657572,"kind":"ask","name":"ask-2","for":["group:devs"],"connection":"orders/read","durationMs":62000,"startAfterMs":0,"startBeforeMs":4257572}
 *
 * The last events:
 * 0:27:31.049 pass#6: take an epoch
 * 0:27:31.050 pass#6: read the chain from 33
 * 0:27:31.052 pass#6: read the spool
 * 0:27:31.056 pass#6: GET /serverinfo 200
 * 0:27:31.058 pass#6: GET /access-requests/rules 200
 * 0:27:31.059 pass#6: GET /userinfo 200
 * 0:27:31.059 pass#6: GET /access-requests/rules 200
 * 0:27:31.061 pass#6: GET /agents 200
 * 0:27:31.062 pass#6: GET /serviceaccounts 200
 * 0:27:31.063 pass#6: GET /connections 200
 * 0:27:31.063 pass#6: GET /users 200
 * 0:27:31.065 pass#6: GET /plugins/access_control 404
 * 0:27:31.066 pass#6: GET /guardrails 200
 * 0:27:31.067 pass#6: GET /datamasking-rules 200
 * 0:27:31.071 pass#6: GET /reviews 200
 * 0:27:31.074 pass#6: GET /sessions/48742155-374b-491f-81d4-2bfe08a8a862 200
 * 0:27:31.077 pass#6: read the spool
 * 0:27:31.078 pass#6: read a blob
 * 0:27:31.078 pass#6: read a blob
 * 0:27:31.081 pass#6: read the spool
 * 0:27:31.082 pass#6: release epoch 12
 * 0:27:31.082 look#7: starts
 * 0:27:31.083 look#7: read the chain from 1
 * 0:27:31.086 look#7: read the chain from 1
 * 0:27:31.088 look#7: read the spool
 */
import { run } from "../run";

test("seed 5014 breaks no invariant", async () => {
  const { violation } = await run(5014, { events: [0, 1, 2, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], faults: [0, 1] });
  expect(violation?.message).toBeUndefined();
});

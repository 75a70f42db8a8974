/**
 * Found by the simulator: no access at the gateway without a live approved grant: ask-2 (bob@x.test on orders/read) is about to start outside of what was asked
 *
 * What is left of its script:
 * {"atMs":355538,"kind":"ask","name":"ask-2","for":["bob@x.test"],"connection":"orders/read","durationMs":722000,"startAfterMs":1375538,"startBeforeMs":1975538}
 * {"atMs":1312007,"kind":"pause","place":0,"forMs":756737,"afterCalls":19}
 *
 * The last events:
 * 0:20:00.320 reconciler#3: read the spool
 * 0:20:00.320 reconciler#3: release epoch 8
 * 0:21:52.007 script: {"atMs":1312007,"kind":"pause","place":0,"forMs":756737,"afterCalls":19}
 * 0:30:00.321 reconciler#3: take an epoch
 * 0:30:00.322 reconciler#3: read the chain from 17
 * 0:30:00.324 reconciler#3: read the spool
 * 0:30:00.329 reconciler#3: GET /serverinfo 200
 * 0:30:00.332 reconciler#3: GET /access-requests/rules 200
 * 0:30:00.335 reconciler#3: GET /userinfo 200
 * 0:30:00.339 reconciler#3: GET /access-requests/rules 200
 * 0:30:00.340 reconciler#3: GET /serviceaccounts 200
 * 0:30:00.341 reconciler#3: GET /users 200
 * 0:30:00.341 reconciler#3: GET /connections 200
 * 0:30:00.342 reconciler#3: GET /agents 200
 * 0:30:00.346 reconciler#3: GET /datamasking-rules 200
 * 0:30:00.347 reconciler#3: GET /plugins/access_control 404
 * 0:30:00.347 reconciler#3: GET /guardrails 200
 * 0:30:00.349 reconciler#3: GET /reviews 200
 * 0:30:00.350 reconciler#3: read the spool
 * 0:30:00.352 reconciler#3: append epoch.taken, decision.made under epoch 9
 * 0:30:00.354 reconciler#3: read the spool
 * 0:30:00.358 reconciler#3: GET /userinfo 200
 * 0:30:00.358 reconciler#3: is paused for 756737 ms
 * 0:42:37.097 reconciler#3: GET /sessions?correlation_id=lh%3Asimulated-installation%3Aeq5musru4xgjbs77ksuef35gni%3A0&limit=100&count=none 200
 * 0:42:37.098 reconciler#3: append activation.intended under epoch 9
 */
import { run } from "../run";

test("seed 1981 breaks no invariant", async () => {
  const { violation } = await run(1981, { events: [0, 1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13], faults: [] });
  expect(violation?.message).toBeUndefined();
});

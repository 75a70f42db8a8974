/**
 * Found by the simulator: the Log verifies, and what was durable stays: E600 the Log does not verify: record 26: it is not JSON: `{"body":{"decision":{"approvers":[],"by"...`
 *
 * What is left of its script:
 * {"atMs":532453,"kind":"ask","name":"ask-3","for":["bob@x.test"],"connection":"cache/read","durationMs":1825000,"startAfterMs":1132453,"startBeforeMs":1732453}
 * {"atMs":3631877,"kind":"ask","name":"ask-2","for":["group:devs"],"connection":"cache/read","durationMs":3631000,"startAfterMs":0,"startBeforeMs":7231877}
 * {"atMs":912195,"kind":"kill of people","afterCalls":62}
 *
 * The last events:
 * 1:00:31.960 apply#7: GET /serviceaccounts 200
 * 1:00:31.962 apply#7: GET /connections 200
 * 1:00:31.963 apply#7: GET /agents 200
 * 1:00:31.963 apply#7: GET /users 200
 * 1:00:31.965 apply#7: GET /guardrails 200
 * 1:00:31.967 apply#7: GET /plugins/access_control 404
 * 1:00:31.968 apply#7: GET /datamasking-rules 200
 * 1:00:31.969 apply#7: GET /connections/orders-read 200
 * 1:00:31.972 apply#7: GET /connections/cache-read 200
 * 1:00:31.972 apply#7: GET /connections/orders-write 200
 * 1:00:31.974 apply#7: GET /reviews 200
 * 1:00:31.979 apply#7: GET /sessions/6f30672e-9f98-4701-8371-2f74e0081003 200
 * 1:00:31.979 apply#7: list log/spool
 * 1:00:31.981 apply#7: read log/epoch
 * 1:00:31.981 apply#7: append to log/chain.jsonl
 * 1:00:31.982 apply#7: sync log/chain.jsonl
 * 1:00:31.982 apply#7: dies within sync log/chain.jsonl (power)
 * 1:00:51.982 reconciler#8: starts
 * 1:00:51.982 reconciler#9: starts
 * 1:00:51.982 reconciler#10: starts
 * 1:00:51.982 reconciler#9: list log/spool
 * 1:00:51.982 reconciler#10: list log/spool
 * 1:00:51.984 reconciler#9: read log/head.json
 * 1:00:51.984 reconciler#8: list log/spool
 * 1:00:51.984 reconciler#9: read log/chain.jsonl
 */
import { run } from "../run";

test("seed 1507352 breaks no invariant", async () => {
  const { violation } = await run(1507352, { events: [0, 1, 3, 4, 5, 7, 8, 9, 10, 12], faults: [] });
  expect(violation?.message).toBeUndefined();
});

/**
 * Found by the simulator: nothing ends without a cause: ask-4 (bob@x.test on orders/write) ended as `ended outside`, and nobody did that
 *
 * What is left of its script:
 * {"atMs":1000,"kind":"ask","name":"ask-1","for":["bob@x.test"],"connection":"orders/read","durationMs":60000,"startAfterMs":0,"startBeforeMs":601000}
 * {"atMs":527684,"kind":"ask","name":"ask-4","for":["bob@x.test"],"connection":"orders/write","durationMs":1806000,"startAfterMs":0,"startBeforeMs":4127684}
 * {"atMs":596797,"kind":"ask","name":"ask-2","for":["alice@x.test"],"connection":"orders/read","durationMs":88000,"startAfterMs":1496797,"startBeforeMs":37496797}
 * {"atMs":670058,"kind":"power"}
 * {"atMs":677334,"kind":"hand makes","name":"theirs-168"}
 * {"atMs":805151,"kind":"power"}
 * {"atMs":809388,"kind":"ask","name":"ask-3","for":["bob@x.test"],"connection":"orders/write","durationMs":748000,"startAfterMs":0,"startBeforeMs":4409388}
 * {"atMs":994381,"kind":"approve","request":"ask-4","by":"erin@x.test"}
 * {"atMs":1250636,"kind":"approve","request":"ask-3","by":"erin@x.test"}
 * {"atMs":1311018,"kind":"power"}
 * {"atMs":1143708,"kind":"give back beside a grant"}
 *
 * The last events:
 * 0:22:11.237 reconciler#16: GET /guardrails 200
 * 0:22:11.238 reconciler#16: GET /datamasking-rules 200
 * 0:22:11.240 reconciler#16: GET /connections/cache-read 200
 * 0:22:11.241 reconciler#16: GET /connections/orders-read 200
 * 0:22:11.242 reconciler#16: GET /connections/orders-write 200
 * 0:22:11.247 reconciler#16: GET /reviews 200
 * 0:22:11.249 reconciler#16: GET /sessions?review.status=APPROVED&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:22:11.250 reconciler#16: list log/spool
 * 0:22:11.251 reconciler#16: read blobs/72fc73d7431bba0eefc57207f7ab966c05b63e69fdd29b8845f093ba04432f08
 * 0:22:11.252 reconciler#16: read blobs/340013daed9b5f05fe0707cbb1e6d9473bcc00fe4d24ca5039ac4ed0a05ee155
 * 0:22:11.255 reconciler#16: read log/epoch
 * 0:22:11.257 reconciler#16: append to log/chain.jsonl
 * 0:22:11.259 reconciler#16: sync log/chain.jsonl
 * 0:22:11.263 reconciler#16: GET /userinfo 200
 * 0:22:11.266 reconciler#16: GET /users 200
 * 0:22:11.268 reconciler#16: GET /sessions?user=bob%40x.test&connection=orders-write&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:22:11.358 revoke#17: GET /sessions?user=bob%40x.test&connection=orders-write&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:22:12.271 reconciler#16: GET /sessions?user=bob%40x.test&connection=orders-write&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:22:12.362 revoke#17: POST /sessions/daac80eb-0a1b-455d-9b87-cf5fcddc9f98/kill 204
 * 0:22:12.365 revoke#17: POST /sessions/d8dd0ae9-a78c-4dc5-a1d6-57998b0e1008/kill 204
 * 0:22:12.367 revoke#17: GET /sessions?user=bob%40x.test&connection=orders-write&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:22:17.270 reconciler#16: GET /sessions?user=bob%40x.test&connection=orders-write&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:22:17.271 reconciler#16: read log/epoch
 * 0:22:17.272 reconciler#16: append to log/chain.jsonl
 * 0:22:17.272 reconciler#16: sync log/chain.jsonl
 */
import { run } from "../run";

test("seed 18019118 breaks no invariant", async () => {
  const { violation } = await run(18019118, { events: [10, 11, 12, 13, 15, 16], faults: [] });
  expect(violation?.message).toBeUndefined();
});

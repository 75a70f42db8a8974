/**
 * Found by the simulator: no access after its end plus what the Provider states, while a reconciler is running: ask-4 (dora@x.test on orders/read) still lets in, and somebody was told that it is out
 *
 * What is left of its script:
 * {"atMs":190082,"kind":"ask","name":"ask-4","for":["dora@x.test"],"connection":"orders/read","durationMs":359000,"startAfterMs":0,"startBeforeMs":790082}
 * {"atMs":239444,"kind":"opt out","person":"bob@x.test","rule":"reading","liftAfterMs":1200000}
 * {"atMs":255440,"kind":"power"}
 * {"atMs":281344,"kind":"spoilt call","of":"provision","fault":"lost answer"}
 * {"atMs":320941,"kind":"ask","name":"ask-3","for":["group:devs"],"connection":"orders/read","durationMs":354000,"startAfterMs":0,"startBeforeMs":36320941}
 * {"atMs":342108,"kind":"give back","request":"ask-4","person":"alice@x.test","connection":"cache/read"}
 *
 * The last events:
 * 0:05:42.116 revoke#8: write spool/cbab64928e114c6ac22e7703742280d9.json
 * 0:05:42.119 revoke#8: list log/spool
 * 0:05:42.121 revoke#8: read spool/cbab64928e114c6ac22e7703742280d9.json
 * 0:05:42.124 revoke#8: read log/head.json
 * 0:05:42.127 revoke#8: read log/chain.jsonl
 * 0:05:42.128 revoke#8: read log/chain.jsonl
 * 0:05:42.133 revoke#8: GET /serverinfo 200
 * 0:05:42.134 revoke#8: GET /access-requests/rules 200
 * 0:05:42.137 revoke#8: GET /userinfo 200
 * 0:05:42.141 revoke#8: GET /access-requests/rules 200
 * 0:05:42.143 revoke#8: GET /serviceaccounts 200
 * 0:05:42.144 revoke#8: GET /agents 200
 * 0:05:42.145 revoke#8: GET /users 200
 * 0:05:42.146 revoke#8: GET /connections 200
 * 0:05:42.150 revoke#8: GET /guardrails 200
 * 0:05:42.150 revoke#8: GET /plugins/access_control 404
 * 0:05:42.151 revoke#8: GET /datamasking-rules 200
 * 0:05:42.152 revoke#8: GET /connections/orders-write 200
 * 0:05:42.154 revoke#8: GET /connections/orders-read 200
 * 0:05:42.155 revoke#8: GET /connections/cache-read 200
 * 0:05:42.156 revoke#8: GET /reviews 200
 * 0:05:42.160 revoke#8: GET /sessions?review.status=APPROVED&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:05:42.162 revoke#8: make /log
 * 0:05:42.164 revoke#8: lock log/lock
 * 0:05:42.165 revoke#8: read log/epoch
 */
import { run } from "../run";

test("seed 8002328 breaks no invariant", async () => {
  const { violation } = await run(8002328, {
    events: [0, 1, 2, 3, 4, 5, 6, 7, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25],
    faults: [],
  });
  expect(violation?.message).toBeUndefined();
});

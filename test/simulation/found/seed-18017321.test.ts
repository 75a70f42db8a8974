/**
 * Found by the simulator: no access after its end plus what the Provider states, while a reconciler is running: ask-2 (bob@x.test on cache/read) is recorded as ended, and still lets in
 *
 * What is left of its script:
 * {"atMs":1000,"kind":"ask","name":"ask-1","for":["bob@x.test"],"connection":"orders/write","durationMs":1838000,"startAfterMs":0,"startBeforeMs":601000}
 * {"atMs":487437,"kind":"revoke","request":"ask-1","person":"bob@x.test","connection":"orders/write"}
 * {"atMs":590296,"kind":"approve","request":"ask-1","by":"carol@x.test"}
 * {"atMs":590856,"kind":"ask","name":"ask-2","for":["group:devs"],"connection":"cache/read","durationMs":744000,"startAfterMs":0,"startBeforeMs":36590856}
 * {"atMs":852357,"kind":"pause","place":0,"forMs":948197,"afterCalls":31}
 * {"atMs":1244325,"kind":"spoilt call","of":"review","fault":"empty 200"}
 * {"atMs":1279818,"kind":"swap","request":"ask-1","name":"swap-976626077","durationMs":1200000}
 * {"atMs":182408,"kind":"opt out beside a pass","person":"bob@x.test","rule":"writing","afterMs":7,"liftAfterMs":1440000}
 * {"atMs":944673,"kind":"opt out beside a pass","person":"dora@x.test","rule":"reading","afterMs":12,"liftAfterMs":1620000}
 *
 * The last events:
 * 0:21:19.883 apply#9: append activation.intended under epoch 14
 * 0:21:19.884 opt-out#10: read the chain from 38
 * 0:21:19.885 apply#9: GET /userinfo 200
 * 0:21:19.886 apply#9: GET /access-requests/rules 200
 * 0:21:19.887 opt-out#10: GET /serverinfo 200
 * 0:21:19.890 opt-out#10: GET /access-requests/rules 200
 * 0:21:19.891 apply#9: POST /sessions/provision 202
 * 0:21:19.893 opt-out#10: GET /userinfo 200
 * 0:21:19.895 apply#9: GET /sessions?user=bob%40x.test&connection=cache-read&review.status=APPROVED&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:21:19.895 apply#9: PUT /reviews/e360b861-a4c3-4461-9ef0-ef887835c7df (empty 200)
 * 0:21:19.898 opt-out#10: GET /access-requests/rules 200
 * 0:21:19.899 apply#9: GET /reviews/e360b861-a4c3-4461-9ef0-ef887835c7df 200
 * 0:21:19.900 opt-out#10: GET /serviceaccounts 200
 * 0:21:19.901 opt-out#10: GET /users 200
 * 0:21:19.901 opt-out#10: GET /agents 200
 * 0:21:19.901 opt-out#10: GET /connections 200
 * 0:21:19.904 opt-out#10: GET /guardrails 200
 * 0:21:19.905 opt-out#10: GET /datamasking-rules 200
 * 0:21:19.906 opt-out#10: GET /plugins/access_control 404
 * 0:21:19.910 opt-out#10: GET /reviews 200
 * 0:21:19.911 opt-out#10: GET /sessions?review.status=APPROVED&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:21:19.914 opt-out#10: take an epoch
 * 0:21:19.916 opt-out#10: read the spool
 * 0:21:19.917 opt-out#10: read the chain from 39
 * 0:21:19.918 opt-out#10: append epoch.taken, ending.intended, ending.done under epoch 15
 */
import { run } from "../run";

test("seed 18017321 breaks no invariant", async () => {
  const { violation } = await run(18017321, { events: [1, 5, 7, 8, 11, 12, 13, 14, 17], faults: [0, 1] });
  expect(violation?.message).toBeUndefined();
});

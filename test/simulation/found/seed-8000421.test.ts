/**
 * Found by the simulator: converged within 2 passes after the faults end: the second pass ends with 7: [{"code":"E503","severity":"error","summary":"the gateway refused a change","detail":"gateway gw: less than a second is left of it","fix":"mend what the gateway names, then run it again"}]
 *
 * What is left of its script:
 * {"atMs":1000,"kind":"ask","name":"ask-1","for":["dora@x.test"],"connection":"cache/read","durationMs":328000,"startAfterMs":121000,"startBeforeMs":721000}
 * {"atMs":58492,"kind":"bad network","forMs":155499,"faults":["502","reset before"],"rate":0.6}
 * {"atMs":284325,"kind":"bad network","forMs":711770,"faults":["401","reset after","HTML"],"rate":0.05}
 * {"atMs":363670,"kind":"ask","name":"ask-2","for":["dora@x.test"],"connection":"cache/read","durationMs":720000,"startAfterMs":0,"startBeforeMs":3963670}
 * {"atMs":480761,"kind":"narrow","request":"ask-2","durationMs":120000}
 *
 * The last events:
 * 0:11:31.113 pass#8: GET /users 200
 * 0:11:31.113 pass#8: GET /serviceaccounts 200
 * 0:11:31.115 pass#8: GET /guardrails 200
 * 0:11:31.117 pass#8: GET /datamasking-rules 200
 * 0:11:31.117 pass#8: GET /plugins/access_control 404
 * 0:11:31.118 pass#8: GET /connections/orders-read 200
 * 0:11:31.119 pass#8: GET /connections/cache-read 200
 * 0:11:31.121 pass#8: GET /connections/orders-write 200
 * 0:11:31.126 pass#8: GET /reviews 200
 * 0:11:31.128 pass#8: GET /sessions?review.status=APPROVED&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:11:31.129 pass#8: list log/spool
 * 0:11:31.131 pass#8: read blobs/72fc73d7431bba0eefc57207f7ab966c05b63e69fdd29b8845f093ba04432f08
 * 0:11:31.132 pass#8: read blobs/8c7aadcc75e4b5f5cb863fa905bac183dc423e6b7a9c14520e8cfdc60e6835c6
 * 0:11:31.135 pass#8: read log/epoch
 * 0:11:31.137 pass#8: append to log/chain.jsonl
 * 0:11:31.138 pass#8: sync log/chain.jsonl
 * 0:11:31.142 pass#8: GET /userinfo 200
 * 0:11:31.145 pass#8: GET /access-requests/rules 200
 * 0:11:31.146 pass#8: GET /sessions?correlation_id=lh%3Asimulated-installation%3Axmd57oclslzlp23q2zm5zu475g%3A1&limit=100&count=none 200
 * 0:11:31.147 pass#8: GET /users 200
 * 0:11:31.147 pass#8: read log/epoch
 * 0:11:31.150 pass#8: append to log/chain.jsonl
 * 0:11:31.150 pass#8: sync log/chain.jsonl
 * 0:11:31.151 pass#8: list log/spool
 * 0:11:31.151 pass#8: write log/head.json
 */
import { run } from "../run";

test("seed 8000421 breaks no invariant", async () => {
  const { violation } = await run(8000421, {
    events: [1, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 16, 17],
    faults: [5, 6, 7, 8, 9],
  });
  expect(violation?.message).toBeUndefined();
});

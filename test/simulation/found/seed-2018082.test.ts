/**
 * Found by the simulator: converged within 2 passes after the faults end: the second pass ends with 10: [{"code":"E502","severity":"error","summary":"this machine's clock stands before the Log's last record","detail":"the clock says 2026-03-01T08:17:31.096Z, the last record was made at 2026-03-01T08:31:00.493Z; nothing new was granted, endings go on by the later of the two","fix":"set this machine's clock right (NTP), then run it again"}]
 *
 * What is left of its script:
 * {"atMs":151863,"kind":"clock","machine":0,"jumpMs":120000,"forMs":943965}
 * {"atMs":686992,"kind":"clock","machine":0,"jumpMs":960000,"forMs":736208}
 * {"atMs":767428,"kind":"pause","place":0,"forMs":623972,"afterCalls":28}
 *
 * The last events:
 * 0:17:31.081 pass#5: read log/chain.jsonl
 * 0:17:31.083 pass#5: read log/chain.jsonl
 * 0:17:31.085 pass#5: read log/epoch
 * 0:17:31.086 pass#5: write log/epoch
 * 0:17:31.089 pass#5: list log/spool
 * 0:17:31.091 pass#5: read log/head.json
 * 0:17:31.094 pass#5: read log/chain.jsonl
 * 0:17:31.096 pass#5: read log/chain.jsonl
 * 0:17:31.099 pass#5: GET /serverinfo 200
 * 0:17:31.105 pass#5: GET /access-requests/rules 200
 * 0:17:31.109 pass#5: GET /userinfo 200
 * 0:17:31.112 pass#5: GET /access-requests/rules 200
 * 0:17:31.113 pass#5: GET /users 200
 * 0:17:31.113 pass#5: GET /serviceaccounts 200
 * 0:17:31.114 pass#5: GET /connections 200
 * 0:17:31.115 pass#5: GET /agents 200
 * 0:17:31.116 pass#5: GET /plugins/access_control 404
 * 0:17:31.119 pass#5: GET /datamasking-rules 200
 * 0:17:31.119 pass#5: GET /guardrails 200
 * 0:17:31.121 pass#5: GET /reviews 200
 * 0:17:31.125 pass#5: GET /sessions/b40aa8e4-5840-4ec3-bdcb-11de74fe47ef 200
 * 0:17:31.127 pass#5: list log/spool
 * 0:17:31.130 pass#5: read blobs/72fc73d7431bba0eefc57207f7ab966c05b63e69fdd29b8845f093ba04432f08
 * 0:17:31.130 pass#5: read blobs/e032f03a091ebc2d22a1491112795f3234c0712070cf460010987c2a35501107
 * 0:17:31.132 pass#5: list log/spool
 */
import { run } from "../run";

test("seed 2018082 breaks no invariant", async () => {
  const { violation } = await run(2018082, {
    events: [0, 1, 2, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 16, 17],
    faults: [],
  });
  expect(violation?.message).toBeUndefined();
});

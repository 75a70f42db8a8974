/**
 * Found by the simulator: no access at the gateway without a live approved grant: a line of dora@x.test on cache-read lives on after a whole pass
 *
 * What is left of its script:
 * {"atMs":380492,"kind":"ask","name":"ask-3","for":["group:devs"],"connection":"orders/read","durationMs":724000,"startAfterMs":0,"startBeforeMs":980492}
 * {"atMs":1020554,"kind":"swap","request":"ask-3","name":"swap-161","durationMs":720000}
 * {"atMs":1092005,"kind":"connect","person":"dora@x.test","connection":"cache/read","raceMs":1}
 * {"atMs":1334562,"kind":"hand deletes","connection":"cache/read"}
 *
 * The last events:
 * 0:27:37.693 pass#8: GET /sessions?user=alice%40x.test&connection=cache-read&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:27:37.693 pass#8: GET /sessions?user=bob%40x.test&connection=cache-read&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:27:37.695 pass#8: PUT /reviews/b57b140e-b278-457f-ab4a-fcd37a4513f3 200
 * 0:27:37.696 pass#8: PUT /reviews/3d11d0ff-aaf6-4a29-a46d-da812f1af4a3 200
 * 0:27:37.700 pass#8: POST /sessions/5297d4ea-2a37-417a-b0d4-b27336710c3d/kill 204
 * 0:27:37.701 pass#8: POST /sessions/0c5d871f-0544-49b2-9d70-a6aaf342a512/kill 204
 * 0:27:37.702 pass#8: GET /sessions?user=bob%40x.test&connection=cache-read&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:27:37.703 pass#8: GET /sessions?user=alice%40x.test&connection=cache-read&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:27:38.704 pass#8: POST /sessions/0c5d871f-0544-49b2-9d70-a6aaf342a512/kill 204
 * 0:27:38.706 pass#8: GET /sessions?user=bob%40x.test&connection=cache-read&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:27:38.708 pass#8: POST /sessions/5297d4ea-2a37-417a-b0d4-b27336710c3d/kill 204
 * 0:27:38.708 pass#8: GET /sessions?user=alice%40x.test&connection=cache-read&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:27:43.704 pass#8: POST /sessions/0c5d871f-0544-49b2-9d70-a6aaf342a512/kill 204
 * 0:27:43.707 pass#8: POST /sessions/5297d4ea-2a37-417a-b0d4-b27336710c3d/kill 204
 * 0:27:43.708 pass#8: GET /sessions?user=alice%40x.test&connection=cache-read&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:27:43.709 pass#8: GET /sessions?user=bob%40x.test&connection=cache-read&limit=100&count=none&start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0 200
 * 0:27:43.710 pass#8: read log/epoch
 * 0:27:43.713 pass#8: append to log/chain.jsonl
 * 0:27:43.714 pass#8: sync log/chain.jsonl
 * 0:27:43.714 pass#8: write log/head.json
 * 0:27:43.714 pass#8: read log/epoch
 * 0:27:43.716 pass#8: append to log/chain.jsonl
 * 0:27:43.718 pass#8: sync log/chain.jsonl
 * 0:27:43.721 pass#8: list log/spool
 * 0:27:43.723 pass#8: write log/head.json
 */
import { run } from "../run";

test("seed 355 breaks no invariant", async () => {
  const { violation } = await run(355, {
    events: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 21, 22, 24, 25],
    faults: [],
  });
  expect(violation?.message).toBeUndefined();
});

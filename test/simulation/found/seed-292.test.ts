/**
 * Found by the simulator: no access at the gateway without a live approved grant: ask-1 (alice@x.test on orders/write) is about to start, but it was given back or revoked
 *
 * What is left of its script:
 * {"atMs":1000,"kind":"ask","name":"ask-1","for":["alice@x.test"],"connection":"orders/write","durationMs":720000,"startAfterMs":0,"startBeforeMs":3601000}
 * {"atMs":298752,"kind":"revoke","request":"ask-1","person":"alice@x.test","connection":"orders/read"}
 * {"atMs":317563,"kind":"approve","request":"ask-1","by":"carol@x.test"}
 * {"atMs":327707,"kind":"policy","policy":"no writing"}
 * {"atMs":364708,"kind":"policy","policy":"without bob"}
 *
 * The last events:
 * 0:09:00.460 reconciler#4: read log/chain.jsonl
 * 0:09:00.462 reconciler#4: list log/spool
 * 0:09:00.466 reconciler#4: GET /serverinfo 200
 * 0:09:00.471 reconciler#4: GET /access-requests/rules 200
 * 0:09:00.473 reconciler#4: GET /userinfo 200
 * 0:09:00.474 reconciler#4: GET /access-requests/rules 200
 * 0:09:00.475 reconciler#4: GET /users 200
 * 0:09:00.476 reconciler#4: GET /connections 200
 * 0:09:00.477 reconciler#4: GET /serviceaccounts 200
 * 0:09:00.478 reconciler#4: GET /agents 200
 * 0:09:00.479 reconciler#4: GET /datamasking-rules 200
 * 0:09:00.482 reconciler#4: GET /plugins/access_control 404
 * 0:09:00.482 reconciler#4: GET /guardrails 200
 * 0:09:00.484 reconciler#4: GET /reviews 200
 * 0:09:00.485 reconciler#4: list log/spool
 * 0:09:00.487 reconciler#4: read blobs/cfad7a1b6e531368503ca16d7be27cdec2600e64ff63634b083f3fae4815bc4e
 * 0:09:00.488 reconciler#4: read log/epoch
 * 0:09:00.489 reconciler#4: append to log/chain.jsonl
 * 0:09:00.490 reconciler#4: sync log/chain.jsonl
 * 0:09:00.493 reconciler#4: list log/spool
 * 0:09:00.497 reconciler#4: GET /userinfo 200
 * 0:09:00.498 reconciler#4: GET /sessions?correlation_id=lh%3Asimulated-installation%3Ayyrfulzbv5tew7qjzl3r7f6onp%3A0&limit=100&count=none 200
 * 0:09:00.499 reconciler#4: read log/epoch
 * 0:09:00.502 reconciler#4: append to log/chain.jsonl
 * 0:09:00.503 reconciler#4: sync log/chain.jsonl
 */
import { run } from "../run";

test("seed 292 breaks no invariant", async () => {
  const { violation } = await run(292, {"events":[1,2,3,4,5,6,7,8,10,13,15,16,17,18,19,20,21,22,23,24,25,26],"faults":[]});
  expect(violation?.message).toBeUndefined();
});

/**
 * Found by the simulator: no access after its end plus what the Provider states, while a reconciler is running: ask-1 (alice@x.test on orders/write) still lets in, and somebody was told that it is out
 *
 * What is left of its script:
 * {"atMs":1000,"kind":"ask","name":"ask-1","for":["alice@x.test"],"connection":"orders/write","durationMs":69000,"startAfterMs":0,"startBeforeMs":601000}
 * {"atMs":33959,"kind":"power"}
 * {"atMs":141070,"kind":"spoilt call","of":"provision","fault":"late"}
 * {"atMs":218367,"kind":"approve","request":"ask-1","by":"erin@x.test"}
 * {"atMs":491013,"kind":"opt out","person":"alice@x.test","rule":"writing"}
 *
 * The last events:
 * 0:08:11.016 opt-out#7: write spool/1a35a62909758c81aa7e38e2e6b0df19.json
 * 0:08:11.016 opt-out#7: list log/spool
 * 0:08:11.018 opt-out#7: read spool/1a35a62909758c81aa7e38e2e6b0df19.json
 * 0:08:11.020 opt-out#7: read log/head.json
 * 0:08:11.023 opt-out#7: read log/chain.jsonl
 * 0:08:11.025 opt-out#7: read log/chain.jsonl
 * 0:08:11.026 opt-out#7: make /log
 * 0:08:11.029 opt-out#7: lock log/lock
 * 0:08:11.030 opt-out#7: open log/chain.jsonl
 * 0:08:11.032 opt-out#7: read log/head.json
 * 0:08:11.034 opt-out#7: read log/chain.jsonl
 * 0:08:11.035 opt-out#7: read log/chain.jsonl
 * 0:08:11.035 opt-out#7: read log/epoch
 * 0:08:11.037 opt-out#7: write log/epoch
 * 0:08:11.039 opt-out#7: list log/spool
 * 0:08:11.040 opt-out#7: read spool/1a35a62909758c81aa7e38e2e6b0df19.json
 * 0:08:11.042 opt-out#7: read log/head.json
 * 0:08:11.043 opt-out#7: read log/chain.jsonl
 * 0:08:11.046 opt-out#7: read log/chain.jsonl
 * 0:08:11.046 opt-out#7: read log/epoch
 * 0:08:11.048 opt-out#7: append to log/chain.jsonl
 * 0:08:11.050 opt-out#7: sync log/chain.jsonl
 * 0:08:11.050 opt-out#7: remove spool/1a35a62909758c81aa7e38e2e6b0df19.json
 * 0:08:11.052 opt-out#7: list log/spool
 * 0:08:11.053 opt-out#7: write log/head.json
 */
import { run } from "../run";

test("seed 3008889 breaks no invariant", async () => {
  const { violation } = await run(3008889, { events: [1, 4, 6, 7, 9, 10, 11, 12, 13, 14], faults: [] });
  expect(violation?.message).toBeUndefined();
});

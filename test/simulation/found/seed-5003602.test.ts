/**
 * Found by the simulator: no access at the gateway without a live approved grant: ask-2 (dora@x.test on orders/read) is about to start, but its person had opted out
 *
 * What is left of its script:
 * {"atMs":1000,"kind":"ask","name":"ask-1","for":["dora@x.test"],"connection":"cache/read","durationMs":78000,"startAfterMs":0,"startBeforeMs":3601000}
 * {"atMs":206827,"kind":"ask","name":"ask-3","for":["alice@x.test"],"connection":"cache/read","durationMs":351000,"startAfterMs":0,"startBeforeMs":806827}
 * {"atMs":620771,"kind":"lost kill"}
 * {"atMs":802774,"kind":"ask","name":"ask-2","for":["dora@x.test"],"connection":"orders/read","durationMs":3628000,"startAfterMs":0,"startBeforeMs":36802774}
 * {"atMs":1319567,"kind":"bad network","forMs":657907,"faults":["lost request","lost answer","reset before","reset after","late","duplicate","slow","500 before","500 after","502","404","401","HTML","empty 200","error in a 200","cut body","does nothing"],"rate":0.05}
 * {"atMs":1476937,"kind":"connect","person":"bob@x.test","connection":"orders/read","raceMs":1}
 * {"atMs":1514143,"kind":"pause","place":0,"forMs":152292,"afterCalls":5}
 * {"atMs":1838251,"kind":"bad network","forMs":977894,"faults":["empty 200","lost answer"],"rate":0.05}
 * {"atMs":1852412,"kind":"connect","person":"bob@x.test","connection":"cache/read","raceMs":500}
 * {"atMs":2663825,"kind":"swap","request":"ask-3","name":"swap-494469800","durationMs":720000}
 * {"atMs":2730851,"kind":"connect","person":"alice@x.test","connection":"cache/read","raceMs":1}
 * {"atMs":3184022,"kind":"full disk","forMs":686793,"left":1119}
 * {"atMs":3551307,"kind":"bad network","forMs":376760,"faults":["500 before"],"rate":0.05}
 * {"atMs":294793,"kind":"connect beside a revoke","raceMs":10}
 * {"atMs":751946,"kind":"opt out beside a pass","person":"alice@x.test","rule":"reading","afterMs":14}
 * {"atMs":2346766,"kind":"opt out beside a pass","person":"dora@x.test","rule":"writing","afterMs":4,"liftAfterMs":660000}
 *
 * The last events:
 * 0:13:22.854 apply#7: GET /connections/orders-write 200
 * 0:13:22.854 apply#7: GET /connections/orders-read 200
 * 0:13:22.857 apply#7: GET /connections/cache-read 200
 * 0:13:22.860 apply#7: GET /reviews 200
 * 0:13:22.865 apply#7: GET /sessions/74d2c6c9-27b0-46f3-b786-c3cc7dac604c 200
 * 0:13:22.867 apply#7: list log/spool
 * 0:13:22.869 apply#7: read log/epoch
 * 0:13:22.871 opt-out#8: starts
 * 0:13:22.871 apply#7: append to log/chain.jsonl
 * 0:13:22.872 opt-out#8: make /log
 * 0:13:22.874 apply#7: sync log/chain.jsonl
 * 0:13:22.874 opt-out#8: make log/spool
 * 0:13:22.875 apply#7: list log/spool
 * 0:13:22.875 opt-out#8: write spool/1987d408c6d470c1f9c9032e9aeda317.json
 * 0:13:22.875 opt-out#8: list log/spool
 * 0:13:22.877 opt-out#8: read spool/1987d408c6d470c1f9c9032e9aeda317.json
 * 0:13:22.877 opt-out#8: read log/head.json
 * 0:13:22.880 opt-out#8: read log/chain.jsonl
 * 0:13:22.880 apply#7: GET /userinfo 200
 * 0:13:22.882 opt-out#8: read log/chain.jsonl
 * 0:13:22.882 apply#7: GET /sessions?correlation_id=lh%3Asimulated-installation%3Acrcmcljnrnb7synf2jrcb7koeb%3A0&limit=100&count=none 200
 * 0:13:22.884 apply#7: read log/epoch
 * 0:13:22.884 apply#7: append to log/chain.jsonl
 * 0:13:22.885 opt-out#8: make /log
 * 0:13:22.887 apply#7: sync log/chain.jsonl
 */
import { run } from "../run";

test("seed 5003602 breaks no invariant", async () => {
  const { violation } = await run(5003602, { events: [4, 5, 18, 19], faults: [] });
  expect(violation?.message).toBeUndefined();
});

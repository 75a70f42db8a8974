import * as fc from "fast-check";
import { Deadlines } from "../../../../providers/embedded/proxy/deadlines";

describe("deadlines", () => {
  test("come due in order, none early and none forgotten, whatever the clock does", () => {
    const steps = fc.array(fc.oneof(fc.record({ add: fc.nat(1000) }), fc.record({ clock: fc.nat(1000) })), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(steps, (acts) => {
        let now = 0;
        const waiting = new Map<string, number>();
        const told: string[] = [];
        const deadlines = new Deadlines({ nowMs: () => now, stamp: () => now * 1000 }, (ids) => told.push(...ids));
        for (const [at, act] of acts.entries()) {
          if ("add" in act) {
            waiting.set(`d${at}`, act.add);
            deadlines.add(act.add, `d${at}`);
          } else {
            now = act.clock;
            deadlines.check();
            const due = [...waiting].filter(([, when]) => when <= now);
            expect(told.map((id) => waiting.get(id))).toEqual(due.map(([, when]) => when).sort((a, b) => a - b));
            expect(new Set(told)).toEqual(new Set(due.map(([id]) => id)));
            for (const id of told.splice(0)) waiting.delete(id);
          }
        }
        deadlines.close();
      }),
    );
  });

  test("that come due together are told in turns, and all of them", () => {
    let told = 0;
    let turns = 0;
    const deadlines = new Deadlines({ nowMs: () => 1, stamp: () => 1000 }, (ids) => {
      told += ids.length;
      turns += 1;
    });
    for (let at = 0; at < 5000; at += 1) deadlines.add(1, `d${at}`);
    for (let turn = 0; turn < 3; turn += 1) deadlines.check();
    expect([told, turns]).toEqual([5000, 3]);
    deadlines.close();
  });

  test("wait with a real timer, one for all", async () => {
    const clock = { nowMs: () => Date.now(), stamp: () => Date.now() * 1000 };
    const order: string[] = [];
    await new Promise<void>((resolve) => {
      const deadlines = new Deadlines(clock, (ids) => {
        order.push(...ids);
        if (order.length === 2) resolve();
      });
      deadlines.add(Date.now() + 40, "second");
      deadlines.add(Date.now() + 10, "first");
    });
    expect(order).toEqual(["first", "second"]);
  });
});

/** Convergent, whatever happens to the calls to a gateway. */
import * as fc from "fast-check";
import { memoryProvider } from "../../providers/memory/provider";
import { putLease } from "../../providers/memory/world";
import type { MemoryFault } from "../../providers/memory/faults";
import { disagreements } from "./support/agreement";
import { House, installation } from "./support/house";
import { gateway, request } from "./support/rules";

const fault: fc.Arbitrary<MemoryFault | undefined> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  fc.constantFrom<MemoryFault>({ kind: "drop" }, { kind: "unanswered" }, { kind: "double" }),
  fc.record({ kind: fc.constant("late" as const), after: fc.integer({ min: 1, max: 12 }) }),
  fc.constantFrom<MemoryFault>({ kind: "refuse", because: "passing" }, { kind: "refuse", because: "credential" }),
);

test("calls dropped, doubled, delayed, reordered and refused: two passes after the faults gateway and Log agree", async () => {
  const seen = { passes: 0, faults: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { minLength: 5, maxLength: 40 }), fc.nat(2), async (faults, which) => {
      const house = await House.open();
      await house.merge(request("a"), request("b", { for: ["bob@x.test"], durationSeconds: 7200 }));
      await house.apply();
      putLease(house.world, { person: "erin@x.test", connection: "cache-read", seconds: 99_999 });
      const foreign = JSON.stringify(house.world.leases.at(-1));
      let at = 0;
      const provider = memoryProvider({
        gateway,
        installation,
        world: house.world,
        faults: () => {
          const next = faults[(at += 1) - 1];
          if (next !== undefined) seen.faults += 1;
          return next;
        },
      });
      const providers = new Map([[gateway, provider]]);
      await house.merge(
        request("b", { for: ["bob@x.test"], durationSeconds: 1200 }),
        request("c", { for: ["dora@x.test"] }),
        request("d", { access: ["cache/read"] }),
        request("e", { for: ["bob@x.test"], access: ["cache/read"] }),
      );
      for (let run = 0; run < 3; run += 1) {
        if (run === which) await house.end({ providers, select: { kind: "who", person: "dora@x.test" } });
        await house.apply({ providers });
        house.clock.advanceSeconds(60);
        seen.passes += 1;
      }
      // What was delayed lands now, long after everybody gave it up.
      await provider.close();
      await house.apply();
      await house.apply();
      expect(await disagreements(house)).toEqual([]);
      expect(house.isIn("dora@x.test")).toBe(false);
      expect(house.world.leases.filter((row) => JSON.stringify(row) === foreign)).toHaveLength(1);
      const last = await house.apply();
      expect([last.recorded, last.effects, last.overdue]).toEqual([0, 0, []]);
    }),
    { numRuns: 150 },
  );
  expect(seen.faults).toBeGreaterThan(500);
}, 120_000);

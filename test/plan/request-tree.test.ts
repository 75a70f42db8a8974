import * as fc from "fast-check";
import { RequestTree } from "../../lib/plan/request-tree";
import { request } from "../support/core";

const name = fc.integer({ min: 0, max: 9 }).map((n) => `r-${n}`);
const step = fc.record({ name, minutes: fc.integer({ min: 1, max: 3 }), isRemoved: fc.boolean() });

describe("the digest of a request set", () => {
  it("is of the requests that are there, whichever way and in whichever order they came", () => {
    const digests = new Map<string, string>();
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const tree = new RequestTree([]);
        const there = new Map<string, ReturnType<typeof request>>();
        for (const { name: at, minutes, isRemoved } of steps) {
          const one = request(at, { durationSeconds: minutes * 60 });
          if (isRemoved) tree.remove(at);
          else tree.put(one);
          if (isRemoved) there.delete(at);
          else there.set(at, one);
          // Asked for in between, so that what is kept from before has to follow.
          expect(tree.digest()).toBe(new RequestTree([...there.values()].toReversed()).digest());
        }
        const content = JSON.stringify([...there].toSorted(([a], [b]) => (a < b ? -1 : 1)));
        expect([undefined, content]).toContain(digests.get(tree.digest()));
        digests.set(tree.digest(), content);
      }),
    );
  });

  it("tells two requests of one leaf apart, and does not mind their order", () => {
    // So many that some share a leaf.
    const all = Array.from({ length: 2_000 }, (_, n) => request(`r-${n}`, {}));
    expect(new RequestTree(all).digest()).toBe(new RequestTree(all.toReversed()).digest());
    expect(new RequestTree(all.slice(1)).digest()).not.toBe(new RequestTree(all).digest());
  });
});

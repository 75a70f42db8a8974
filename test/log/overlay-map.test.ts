import * as fc from "fast-check";
import { OverlayMap } from "../../lib/log/overlay-map";

const entries = fc.array(fc.tuple(fc.constantFrom("a", "b", "c", "d", "e"), fc.integer()), { maxLength: 8 });

it("shows the same as a copy of the map with the patches put in, also after the map below has changed", () => {
  fc.assert(
    fc.property(entries, entries, entries, (below, patched, later) => {
      const map = new Map<string, number>(below);
      const patches = new Map(
        patched.map(([key, value]) => [key, (seen?: number) => (seen === undefined && value < 0 ? undefined : value)]),
      );
      const overlay = new OverlayMap(map, patches);
      for (const [key, changed] of [["a", 0] as const, ...later]) {
        map.set(key, changed);
        const copy = new Map(map);
        for (const [name, patch] of patches) {
          const seen = patch(map.get(name));
          if (seen !== undefined) copy.set(name, seen);
        }
        expect(new Map(overlay)).toEqual(copy);
        expect([...overlay.keys()].map((name) => overlay.get(name))).toEqual([...overlay.values()]);
        expect(overlay.size).toBe(copy.size);
        const visited: [string, number][] = [];
        overlay.forEach((value, name) => visited.push([name, value]));
        expect(visited).toEqual([...overlay]);
        expect(["a", "z"].map((name) => overlay.has(name))).toEqual([true, false]);
      }
    }),
  );
});

import type { Anchors } from "../../ports";

/** Two places for anchors as one: the later of their newest counts, and what is anchored is so in both. */
export function bothAnchors(first: Anchors, second: Anchors): Anchors {
  return {
    async newest() {
      const [a, b] = [await first.newest(), await second.newest()];
      if (a === undefined || b === undefined) return a ?? b;
      return b.sequence > a.sequence ? b : a;
    },
    history: async () => [...(await second.history()), ...(await first.history())],
    async add(head, details) {
      await second.add(head, details);
      return first.add(head, details);
    },
  };
}

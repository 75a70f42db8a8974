import * as fc from "fast-check";
import type { CommitPlace } from "../../lib/github/commit-facts";
import { mergeBaseFromList } from "../../lib/github/merge-bases";

/** A random history: each commit's parents are among those before it. */
const history = fc
  .array(fc.tuple(fc.nat(), fc.option(fc.nat(), { nil: undefined })), { minLength: 2, maxLength: 12 })
  .map((parents) =>
    parents.map(([first, second], at) => {
      if (at === 0) return [];
      const chosen = [first % at, ...(second === undefined ? [] : [second % at])];
      return [...new Set(chosen)];
    }),
  );

/** All commits that lead to one, itself included. */
function reachable(parents: readonly (readonly number[])[], from: number): ReadonlySet<number> {
  const seen = new Set<number>();
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (!seen.has(at)) open.push(...(parents[at] ?? []));
    seen.add(at);
  }
  return seen;
}

test("where the list alone tells a merge base, it is the one that Git would find", () => {
  fc.assert(
    fc.property(history, fc.nat(), fc.nat(), (parents, someHead, someBase) => {
      const head = someHead % parents.length;
      const base = someBase % parents.length;
      const ofBase = reachable(parents, base);
      const listed = [...reachable(parents, head)].filter((at) => !ofBase.has(at));
      const name = (at: number) => ({ sha: String(at), tree: `t${at}` });
      const places = new Map<string, CommitPlace>(
        listed.map((at) => [String(at), { ...name(at), parents: (parents[at] ?? []).map(name) }]),
      );
      for (const commit of listed) {
        const found = mergeBaseFromList(String(commit), places);
        if (found === undefined) continue;
        const common = [...reachable(parents, commit)].filter((at) => ofBase.has(at));
        // The best common ancestor: all others lead to it.
        expect(common).toContain(Number(found.sha));
        expect([...reachable(parents, Number(found.sha))].toSorted()).toEqual(common.toSorted());
      }
    }),
    { numRuns: 1_000 },
  );
});

test("a straight line tells it; a merge of the base, and a history of its own, do not", () => {
  const place = (sha: string, parents: readonly string[]): [string, CommitPlace] => [
    sha,
    { sha, tree: `tree of ${sha}`, parents: parents.map((one) => ({ sha: one, tree: `tree of ${one}` })) },
  ];
  const places = new Map([place("1", ["base"]), place("2", ["1"]), place("3", ["2", "main"]), place("r", [])]);
  expect(mergeBaseFromList("2", places)).toEqual({ sha: "base", tree: "tree of base" });
  expect(mergeBaseFromList("3", places)).toBeUndefined();
  expect(mergeBaseFromList("r", places)).toBeUndefined();
});

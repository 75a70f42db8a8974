import * as fc from "fast-check";
import { findGroupProblems } from "../../lib/synth/group-problems";
import { DeclaredPaths } from "../../lib/synth/paths";
import { People } from "../../lib/synth/people";

type Nesting = Readonly<Record<string, readonly string[]>>;

const names = ["a", "b", "c", "d", "e", "f", "g"];
const nesting: fc.Arbitrary<Nesting> = fc
  .tuple(...names.map(() => fc.uniqueArray(fc.constantFrom(...names, "unknown"), { maxLength: 3 })))
  .map((lists) => Object.fromEntries(names.map((name, index) => [name, lists[index] ?? []])));

const groupsOf = (nested: Nesting) =>
  Object.entries(nested).map(([name, groups]) => ({ name, members: [`${name}@x.org`], groups }));

/** Every name that is reached from one, by walking until nothing new comes. */
function reached(nested: Nesting, from: string): ReadonlySet<string> {
  const seen = new Set(nested[from] ?? []);
  for (const name of seen) for (const next of nested[name] ?? []) seen.add(next);
  return seen;
}

test("there is a cycle exactly when some group reaches itself, and what is named is one", () => {
  fc.assert(
    fc.property(nesting, (nested) => {
      const problems = findGroupProblems({ groups: groupsOf(nested) }, new DeclaredPaths());
      const cyclic = names.filter((name) => reached(nested, name).has(name));
      expect(problems.length > 0).toBe(cyclic.length > 0);
      for (const { sentence } of problems) {
        const [, cycle = ""] = sentence.split(": ");
        const steps = cycle.split(" -> ");
        expect(steps[0]).toBe(steps.at(-1));
        for (const [index, name] of steps.slice(0, -1).entries()) expect(nested[name]).toContain(steps[index + 1]);
      }
    }),
    { numRuns: 300 },
  );
});

test("the people of a group are those of all that it reaches, cycles or not", () => {
  fc.assert(
    fc.property(nesting, fc.constantFrom(...names), (nested, name) => {
      fc.pre(!names.some((one) => reached(nested, one).has(one)));
      const users = names.map((one) => ({ email: `${one}@x.org` }));
      const people = new People({ users, groups: groupsOf(nested), serviceAccounts: [] });
      const expected = [name, ...reached(nested, name)].filter((one) => one !== "unknown").map((one) => `${one}@x.org`);
      expect([...people.inGroup(name)].toSorted()).toEqual([...new Set(expected)].toSorted());
    }),
  );
});

test("a chain of a hundred thousand groups is refused without being walked into", () => {
  const groups = Array.from({ length: 100_000 }, (_, n) => ({ name: `g${n}`, members: [], groups: [`g${n + 1}`] }));
  const problems = findGroupProblems({ groups }, new DeclaredPaths());
  expect(problems).toHaveLength(100_000 - 10);
});

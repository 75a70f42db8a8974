import { foldedEnding, viewSpool } from "../../lib/log";
import { reconcilerActor } from "../../lib/model/actor";
import type { Actor } from "../../lib/model/actor";
import type { SpoolEntry } from "../../lib/model/record";
import { at, facts } from "./bodies";

const ana: Actor = { id: "ana@example.com", authenticatedBy: "gateway" };
const [one, two] = [facts(1).grant, facts(2).grant];

function asked(id: string, seconds: number): SpoolEntry {
  return { id, at: at(seconds), body: { kind: "end", grants: [one, two], reason: "given back", by: ana } };
}

function done(id: string, seconds: number, grants: readonly string[]): SpoolEntry {
  const outcomes = grants.map((grant) => ({ grant, at: at(seconds), sessionsCut: 3 }));
  const body = { kind: "end", grants, reason: "expired", by: reconcilerActor, done: outcomes } as const;
  return { id, at: at(seconds), body };
}

it("knows of an ending that was carried out in other hands what became of it", () => {
  const { endings } = viewSpool(new Set(), [done("a", 5, [one])]);
  expect(endings.get(one)).toMatchObject({ spool: "a", outcome: { grant: one, at: at(5), sessionsCut: 3 } });
});

it("keeps who asked for an ending first, whoever carried it out later, and leaves the others open", () => {
  const { endings } = viewSpool(new Set(), [done("b", 5, [one]), asked("a", 1)]);
  expect(endings.get(one)).toMatchObject({ spool: "a", by: ana, reason: "given back", outcome: { at: at(5) } });
  expect(endings.get(two)?.outcome).toBeUndefined();
});

it("keeps the first outcome where two replicas carried out the same", () => {
  const { endings } = viewSpool(new Set(), [done("b", 7, [one]), done("a", 5, [one])]);
  expect(endings.get(one)?.outcome?.at).toBe(at(5));
});

it("waits until the chain has every grant of an entry", () => {
  const entry = done("a", 5, [one, two]);
  expect(viewSpool(new Set([foldedEnding("a", one)]), [entry])).toMatchObject({ waiting: [entry], done: [] });
  const folded = new Set([foldedEnding("a", one), foldedEnding("a", two)]);
  expect(viewSpool(folded, [entry])).toMatchObject({ waiting: [], done: [entry] });
});

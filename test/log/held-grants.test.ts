import * as fc from "fast-check";
import { heldGrants, isHeld, type GrantMap } from "../../lib/log/held-grants";
import { emptyState, put, rehearsed } from "../../lib/log/fold/state";
import type { GrantPhase } from "../../lib/model/grant";
import type { Instant } from "../../lib/model/instant";
import type { GrantState } from "../../lib/model/log-state";
import { reconcilerActor } from "../../lib/model/actor";

const people = ["ana@example.com", "ben@example.com"];
const rarely = fc.integer({ min: 0, max: 7 }).map((n) => n === 0);

const step = fc.record({
  id: fc.integer({ min: 0, max: 3 }),
  // Mostly held: what is not is easily right.
  phase: fc.constantFrom<GrantPhase>("active", "active", "activating", "ended", "pending", "rejected"),
  end: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
  isEnding: rarely,
  isGone: rarely,
  isRehearsed: fc.boolean(),
  asked: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
});

describe("the held grants of a fold", () => {
  it("are those that a walk over all grants finds, whatever moves and whenever somebody asks", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: "max" }), (steps) => {
        const state = emptyState();
        for (const one of steps) {
          const grant = grantOf(one);
          const move = (): void => {
            if (one.isGone) state.grants.delete(grant.facts.grant);
            else put(state, state.grants, grant.facts.grant, grant);
          };
          if (!one.isRehearsed) move();
          else if (!one.isGone) rehearsed(state, move);
          if (one.asked !== undefined) expectAsWalked(state.grants as GrantMap, time(one.asked));
        }
        for (let at = 0; at < 10; at += 1) expectAsWalked(state.grants as GrantMap, time(at));
        // A clock that went back is given what is due by it, and no more.
        expectAsWalked(state.grants as GrantMap, time(0));
      }),
    );
  });

  it("are found in any other map by one walk", () => {
    const [a, b] = [grantOf({ id: 1, phase: "active", end: 3 }), grantOf({ id: 2, phase: "ended", end: 1 })];
    const held = heldGrants({ grants: new Map([a, b].map((grant) => [grant.facts.grant, grant])) });
    expect(held.due(time(3))).toEqual([a]);
    expect(held.nextEnd(time(2))).toBe(time(3));
  });
});

function expectAsWalked(grants: GrantMap, at: Instant): void {
  const all = [...grants.values()].filter(isHeld).toSorted((a, b) => a.firstSequence - b.firstSequence);
  const { held } = grants;
  expect(held.due(at)).toEqual(
    all.filter(({ ending, end }) => ending !== undefined || (end !== undefined && end <= at)),
  );
  expect(held.nextEnd(at)).toBe(
    all
      .flatMap(({ end }) => end ?? [])
      .filter((end) => end > at)
      .toSorted()[0],
  );
  for (const person of people) expect(held.of(person)).toEqual(all.filter(({ facts }) => facts.person === person));
}

function grantOf(of: {
  readonly id: number;
  readonly phase: GrantPhase;
  readonly end?: number | undefined;
  readonly isEnding?: boolean;
}): GrantState {
  const facts = { grant: `grant-${of.id}`, person: people[of.id % 2] } as GrantState["facts"];
  return {
    facts,
    phase: of.phase,
    generation: 0,
    firstSequence: of.id,
    lastSequence: of.id,
    ...(of.end === undefined ? {} : { end: time(of.end) }),
    ...(of.isEnding === true ? { ending: { reason: "revoked", by: reconcilerActor, since: time(0) } } : {}),
  };
}

function time(second: number): Instant {
  return `2026-01-01T00:00:0${second}.000Z`;
}

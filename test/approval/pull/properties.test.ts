import * as fc from "fast-check";
import { decidePull, isApproved } from "../../../lib/approval";
import type { PullDecision } from "../../../lib/approval";
import type { PullReview, Snapshot } from "../../../lib/model/snapshot";
import { request } from "../../support/core";
import { anyReview, anySnapshot } from "../support/arbitrary-snapshots";
import { added, email, review, snapshot } from "../support/snapshots";

function withReviews(made: Snapshot, reviews: readonly PullReview[]): Snapshot {
  return made.pull === undefined ? made : { ...made, pull: { ...made.pull, reviews } };
}

function approvedGrants(decision: PullDecision): ReadonlySet<string> {
  return new Set(decision.grants.filter(isApproved).map(({ desired }) => desired.id));
}

/** A Decision without the order of its reviews and of what is said of them. */
function outcome(decision: PullDecision): unknown {
  const grants = decision.grants.map(({ desired, decision: one, underNewRules }) => [
    desired.id,
    one.verdict,
    underNewRules?.verdict,
  ]);
  return [decision.verdict, grants, decision.policyEdit?.verdict, decision.wideningDigest, decision.refused];
}

describe("whatever the pull request", () => {
  it("one approval less never approves more", () => {
    const verdicts = new Map<string, number>();
    fc.assert(
      fc.property(anySnapshot, fc.nat(), (made, at) => {
        const reviews = made.pull?.reviews ?? [];
        const removed = reviews[at % Math.max(1, reviews.length)];
        const all = decidePull(made);
        verdicts.set(all.verdict, (verdicts.get(all.verdict) ?? 0) + 1);
        // Taking back what withdraws an approval is no approval less.
        if (removed === undefined || removed.state !== "approved" || hasLaterOrEarlier(reviews, removed)) return;
        const fewer = decidePull(
          withReviews(
            made,
            reviews.filter((one) => one !== removed),
          ),
        );
        const there = approvedGrants(all);
        for (const id of approvedGrants(fewer)) expect(there.has(id)).toBe(true);
        if (fewer.verdict === "approved") expect(all.verdict).toBe("approved");
        if (fewer.policyEdit?.verdict === "approved") expect(all.policyEdit?.verdict).toBe("approved");
      }),
      { numRuns: 400 },
    );
    expect([...verdicts.keys()].sort()).toEqual(["approved", "invalid", "nothing to approve", "refused", "waiting"]);
  });

  it("the order of reviews of different people changes nothing", () => {
    fc.assert(
      fc.property(
        anySnapshot,
        fc.array(anyReview, { maxLength: 6 }),
        fc.infiniteStream(fc.nat()),
        (made, more, dice) => {
          const one = new Map([...(made.pull?.reviews ?? []), ...more].map((each) => [each.by?.id, each]));
          const reviews = [...one.values()];
          const keys = new Map(reviews.map((each) => [each, Number(dice.next().value)]));
          const shuffled = reviews.toSorted((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));
          expect(outcome(decidePull(withReviews(made, shuffled)))).toEqual(
            outcome(decidePull(withReviews(made, reviews))),
          );
        },
      ),
      { numRuns: 150 },
    );
  });

  it("a commit that adds something voids every approval that was not given on it", () => {
    fc.assert(
      fc.property(anySnapshot, (made) => {
        const extra = added(request("extra", { for: [email("alice")], access: ["orders-db/read"] }));
        const { subject } = made;
        const wider = { ...made, subject: { ...subject, requestChanges: [...subject.requestChanges, extra] } };
        const decision = decidePull(wider);
        if (!decision.widening.some((item) => item.kind === "grant" && item.request === "extra")) return;
        for (const { commit, verdict } of decision.reviews) {
          if (commit !== subject.sha) expect(verdict.kind).not.toBe("counts");
        }
      }),
      { numRuns: 150 },
    );
  });

  it("a commit that is refused or invalid approves nothing and records nothing", () => {
    fc.assert(
      fc.property(anySnapshot, (made) => {
        const decision = decidePull(made);
        const isWhole = decision.refused.length > 0 || decision.verdict === "invalid";
        if (isWhole) expect([approvedGrants(decision).size, decision.approvals]).toEqual([0, []]);
        if (decision.verdict === "approved") {
          expect(decision.grants.every(isApproved)).toBe(true);
          expect(decision.policyEdit?.verdict ?? "approved").toBe("approved");
          expect([decision.refusals, decision.diagnostics]).toEqual([[], []]);
        }
        expect(decision.files.map(({ path }) => path)).toEqual(made.subject.requestChanges.map(({ path }) => path));
        expect(decision.reviews).toHaveLength(made.pull?.reviews.length ?? 0);
      }),
      { numRuns: 150 },
    );
  });

  it("the same Snapshot is decided the same, also after it was stored", () => {
    fc.assert(
      fc.property(anySnapshot, (made) => {
        const stored = JSON.parse(JSON.stringify(made)) as Snapshot;
        expect(decidePull(stored)).toEqual(decidePull(made));
      }),
      { numRuns: 60 },
    );
  });
});

function hasLaterOrEarlier(reviews: readonly PullReview[], one: PullReview): boolean {
  return reviews.some((other) => other !== one && other.by?.id === one.by?.id);
}

/** The Snapshot with some of its texts replaced by anything. */
function spoil(value: unknown, texts: readonly string[], dice: () => number): unknown {
  if (typeof value === "string") return dice() % 8 === 0 ? (texts[dice() % texts.length] ?? value) : value;
  if (Array.isArray(value)) return value.map((one) => spoil(one, texts, dice));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, spoil(one, texts, dice)]));
}

describe("whatever its texts", () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.constantFrom(
      "__proto__",
      "constructor",
      "",
      "null",
      "\u202e",
      "9999999999999999",
      "[bot]",
      "group:",
      "a".repeat(5000),
    ),
  );

  it("there is a Decision, and nothing is approved that is not approved without them", () => {
    const whole = snapshot({ pull: { reviews: [review("carol")] } });
    fc.assert(
      fc.property(
        fc.oneof({ weight: 1, arbitrary: fc.constant(whole) }, { weight: 3, arbitrary: anySnapshot }),
        fc.array(hostile, { minLength: 1, maxLength: 5 }),
        fc.infiniteStream(fc.nat()),
        (made, texts, dice) => {
          const spoilt = spoil(made, texts, () => Number(dice.next().value)) as Snapshot;
          const decision = decidePull(spoilt);
          expect(["approved", "nothing to approve", "waiting", "refused", "invalid"]).toContain(decision.verdict);
          expect(decision.tree.sentence.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 400 },
    );
  });

  it("an instant that is none is an invalid Decision, not an error", () => {
    const decision = decidePull(snapshot({ asOf: "soon" }));
    expect(decision).toMatchObject({ verdict: "invalid", grants: [], approvals: [], diagnostics: [{ code: "E900" }] });
  });
});

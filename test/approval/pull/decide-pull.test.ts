import { decidePull } from "../../../lib/approval";
import { review, snapshot, merge } from "../support/snapshots";

describe("a pull request that asks for one grant", () => {
  it("waits for its rule's approvers, by name", () => {
    const decision = decidePull(snapshot());
    expect(decision.verdict).toBe("waiting");
    expect(decision.tree.sentence).toBe(
      "Waiting for 1 more of step 1 of leads (carol@example.com or dave@example.com)",
    );
  });

  it("is approved by one of them", () => {
    const decision = decidePull(snapshot({ pull: { reviews: [review("carol")] } }));
    expect(decision).toMatchObject({ verdict: "approved", refused: [], diagnostics: [] });
    expect(decision.approvals).toMatchObject([{ request: "r1", person: "carol@example.com", source: "github" }]);
    expect(decidePull(merge({ pull: { reviews: [review("carol")] } })).verdict).toBe("approved");
  });
});

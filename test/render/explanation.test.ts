import type { Decision } from "../../lib/model/decision";
import type { Explanation } from "../../lib/model/report";
import { renderDecision } from "../../lib/render/decision";
import { renderExplanation } from "../../lib/render/explanation";
import { schemaProblems } from "../support/schemas";
import { expectGolden } from "./support/golden";
import { now } from "./support/plans";
import { at, everyState, aRow } from "./support/reports";

const waiting: Decision = {
  grant: aRow().grant,
  request: "orders-inc-4711",
  verdict: "waiting",
  by: "nobody",
  approvers: ["carol@example.com"],
  tree: {
    kind: "rule",
    verdict: "open",
    sentence: "Rule orders-write: needs 1 more approval",
    children: [
      {
        kind: "automatic",
        verdict: "failed",
        sentence: "automatic approval does not apply: class critical is excluded",
        children: [{ kind: "condition", verdict: "met", sentence: "alice@example.com is in backend", children: [] }],
      },
      {
        kind: "step",
        verdict: "met",
        sentence: "Step 1, 1 of orders-leads: approved by carol@example.com",
        children: [{ kind: "approval", verdict: "met", sentence: "carol@example.com approved", children: [] }],
      },
      { kind: "step", verdict: "open", sentence: "Step 2, 1 of security: waiting for 1 more approval", children: [] },
      { kind: "step", verdict: "not needed", sentence: "Step 3, 1 of legal: not needed", children: [] },
    ],
  },
};

const explanation: Explanation = {
  explanationVersion: 1,
  subject: "orders-inc-4711",
  answer: [
    "alice@example.com waits for 1 more approval on orders-db/write.",
    "It has to start by 2026-11-25 18:00 UTC.",
  ],
  grants: everyState().rows,
  decisions: [waiting],
  history: [{ sequence: 17, time: at(-30), sentence: "carol@example.com approved orders-inc-4711" }],
  next: ["leasehold approve orders-inc-4711 --as dan@example.com"],
};

describe("a decision", () => {
  test.each([
    { name: "waiting", decision: waiting },
    { name: "approved", decision: { ...waiting, verdict: "approved", by: "people" } as const },
    { name: "automatic", decision: { ...waiting, verdict: "approved", by: "automatic", approvers: [] } as const },
    { name: "refused", decision: { ...waiting, verdict: "refused", by: "nobody" } as const },
  ])("that is $name is what its golden file says", ({ name, decision }) => {
    expectGolden(`decision-${name}.txt`, renderDecision(decision, { format: "text" }));
  });

  test("has a mark and a word for every node, each below its parent", () => {
    const lines = renderDecision(waiting, {}).split("\n").slice(1);
    expect(lines).toHaveLength(7);
    for (const line of lines) expect(line).toMatch(/^ {2,6}[+~x.] (?:met|open|failed|not needed): /);
    expect(lines.map((line) => line.search(/\S/))).toEqual([2, 4, 6, 4, 6, 4, 4]);
  });

  test("is the same as JSON", () => {
    expect(JSON.parse(renderDecision(waiting, { format: "json" }))).toEqual({ decisionVersion: 1, ...waiting });
  });
});

describe("an explanation", () => {
  test("says the answer first and what to do next last, as the golden file says", () => {
    const text = renderExplanation(explanation, { format: "text", now });
    expectGolden("explanation.txt", text);
    const lines = text.split("\n");
    expect(lines[1]).toBe(explanation.answer[0]);
    expect(lines.at(-1)).toContain("leasehold approve");
  });

  test("is the same as JSON, and valid against its schema", () => {
    const value: unknown = JSON.parse(renderExplanation(explanation, { format: "json", now }));
    expect(value).toEqual(JSON.parse(JSON.stringify(explanation)));
    expect(schemaProblems("explanation.v1", value)).toEqual([]);
  });
});

import type { LogRecord } from "../../lib/model/record";
import { renderLogRecords } from "../../lib/render/log-records";
import { renderVerification } from "../../lib/render/verification";
import { schemaNamed } from "../support/schemas";
import { expectGolden } from "./support/golden";
import { now } from "./support/plans";
import { recordBodies } from "./support/saturated";
import { at } from "./support/reports";

const records: readonly LogRecord[] = recordBodies("orders-inc-4711").map((body, index) => ({
  sequence: index + 1,
  epoch: 2,
  time: at(index - 40),
  body,
  previous: "0".repeat(64),
}));
const head = { sequence: 42, hash: "ab".repeat(32), epoch: 3 };

describe("records of the Log", () => {
  test("each has a sentence of its own, as the golden file says", () => {
    const text = renderLogRecords(records, { format: "text", now });
    expectGolden("log-every-record.txt", text);
    const sentences = text
      .split("\n")
      .slice(0, -1)
      .map((line) => line.split("  ").slice(2).join("  "));
    expect(new Set(sentences).size).toBe(records.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Zo`].*\.$/);
  });

  test("as JSON are a line each, the same records", () => {
    const lines = renderLogRecords(records, { format: "json", now }).split("\n");
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(JSON.parse(JSON.stringify(records)));
  });

  test("the fixture holds every type of record that the schema knows", () => {
    expect(records.map(({ body }) => body.type).toSorted()).toEqual(schemaTypes().toSorted());
  });
});

describe("a verification of the Log", () => {
  test.each([
    { name: "good", verification: { ok: true, records: 42, head } },
    { name: "empty", verification: { ok: true, records: 0, head: undefined } },
    {
      name: "clock",
      verification: { ok: true, records: 42, head, clockWentBack: { count: 2, firstSequence: 17 } },
    },
    {
      name: "bad",
      verification: {
        ok: false,
        fault: { sequence: 7, reason: "altered", detail: "it does not hold the hash of record 6" },
      },
    },
  ] as const)("that is $name is what its golden file says", ({ name, verification }) => {
    expectGolden(`log-verify-${name}.txt`, renderVerification(verification, { format: "text" }));
    const value = JSON.parse(renderVerification(verification, { format: "json" })) as { ok: boolean };
    expect(value.ok).toBe(verification.ok);
  });
});

/** The types of records by the schema of the Log. */
function schemaTypes(): readonly string[] {
  const text = JSON.stringify(schemaNamed("log-record.v1"));
  return [...new Set([...text.matchAll(/"const":"([a-z]+\.[a-z]+)"/g)].map((one) => one[1]!))];
}

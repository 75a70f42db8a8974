import * as fc from "fast-check";
import { pullComment } from "../../../lib/render/pull-comment";
import { mostCommentCharacters } from "../../../lib/render/plan-markdown";
import { pullLeases } from "../../../lib/render/pull-leases";
import { sameButPerson } from "../../../lib/render/plan-view";
import { isUnchanged } from "../../../lib/render/pull-unchanged";
import { loadReaders, type MarkdownNode, type Readers } from "../../attacks/support/acts";
import { hours, now } from "../../support/core";
import { expectGolden } from "../support/golden";
import { readMarkdown } from "./support/outline";
import { situations } from "./support/situations";
import { marker } from "./support/told";

const names = Object.keys(situations);
/** What is raw below the folds is of no interest to a reader of the golden files. */
const withoutRaw = (text: string) => text.replace(/```json\n[\s\S]*?\n```/g, "```json\n…\n```");

describe("the comment of a pull request", () => {
  let readers: Readers;
  beforeAll(async () => {
    readers = await loadReaders();
  });

  test("is told in at least 25 situations", () => {
    expect(names.length).toBeGreaterThanOrEqual(25);
  });

  test.each(names)("%s is what its golden file says", (name) => {
    const { text } = pullComment(situations[name]!());
    expectGolden(`pull/${name}.txt`, withoutRaw(text));
  });

  test.each(names)("%s has the structure of its golden file, and nothing acts", (name) => {
    const { text } = pullComment(situations[name]!());
    const { outline, acts } = readMarkdown(text, readers);
    expectGolden(`pull/${name}.outline.txt`, outline.join("\n"));
    expect(acts).toEqual([]);
  });

  test.each(names)("%s begins with its marker and a verdict, has no empty section, and stays in its bound", (name) => {
    const input = situations[name]!();
    const { text, fits } = pullComment(input);
    expect(text.length).toBeLessThanOrEqual(mostCommentCharacters);
    expect(fits).toBe(name !== "five-hundred-requests");
    expect(text.startsWith(`${marker}\n`)).toBe(true);
    const children = readers.markdown(text).children!;
    const headings = children.filter(({ type }) => type === "heading");
    expect(headings).toMatchObject([{ depth: 3 }]);
    expect(children.findIndex(({ type }) => type === "heading")).toBe(2);
    expect(text).not.toMatch(/<summary>[^<]*<\/summary>\s*<\/details>|\(0\)<\/summary>/);
    expect(text.split("\n").at(-1)).toMatch(/^Next: /);
  });

  test.each(names.filter((name) => name !== "five-hundred-requests"))(
    "%s shows every row that widens, above the folds",
    (name) => {
      const input = situations[name]!();
      if (input.receipt !== undefined) return;
      const { widening } = pullLeases(input.decision, input.plan);
      const children = readers.markdown(pullComment(input).text).children!;
      const fold = children.findIndex(({ type, value }) => type === "html" && value?.startsWith("<details>"));
      const seen = fold < 0 ? children : children.slice(0, fold);
      const rows = seen.filter(isLeaseTable).flatMap((table) => table.children!.slice(1));
      expect(rows).toHaveLength(sameButPerson(widening).length);
      for (const { subject } of widening.slice(0, 8)) {
        expect(rows.map(wordsOf).some((row) => row.includes(subject.person.replace("@", "@\u200b")))).toBe(true);
      }
    },
  );

  test("for 500 requests says that it does not fit, before anything is left out", () => {
    const { text, fits } = pullComment(situations["five-hundred-requests"]!());
    expect(fits).toBe(false);
    expect(text).toContain("Needs 2 approvals: 500 grants widen access to a critical resource");
    expect(text.indexOf("does not fit here")).toBeLessThan(1_000);
  });

  test("has room for the verdict and every row that widens, or says that it has not, however many there are", () => {
    const input = situations["five-hundred-requests"]!();
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 480 }), (many, length) => {
        const grants = input.decision.grants.slice(0, many).map((one) => {
          return { ...one, desired: { ...one.desired, reason: one.desired.reason.slice(0, length) } };
        });
        const decision = { ...input.decision, grants, widening: grants.map(({ item }) => item) };
        const { plan: _, ...rest } = input;
        const { text, fits } = pullComment({ ...rest, decision });
        expect(text.length).toBeLessThanOrEqual(mostCommentCharacters);
        expect(text).toContain(`: ${many} grant${many === 1 ? " widens" : "s widen"} access`);
        const rows = text.split("\n").filter((line) => line.startsWith("| + grant |")).length;
        if (fits) expect(rows).toBe(many);
        else expect(text).toContain("does not fit here");
      }),
      { numRuns: 30 },
    );
  });

  test("is the same text for the same facts, so that nothing is written again", () => {
    const input = situations["waiting-half"]!();
    const render = (at: string) => pullComment({ ...input, now: at });
    const published = render(now).text;
    expect(isUnchanged(published, { now: hours(1), render })).toBe(true);
    expect(isUnchanged(published.replaceAll("\n", "\r\n"), { now: hours(1), render })).toBe(true);
    expect(isUnchanged(`${published}\napproved by security`, { now: hours(1), render })).toBe(false);
    expect(
      isUnchanged(published.replace(/planned \S+Z/, "planned 2099-01-01T00:00:00.000Z"), { now: hours(1), render }),
    ).toBe(false);
    expect(isUnchanged("", { now: hours(1), render })).toBe(false);
    const approved = situations["approved"]!();
    expect(isUnchanged(published, { now: hours(1), render: (at) => pullComment({ ...approved, now: at }) })).toBe(
      false,
    );
  });

  test("says again what the clock alone changed of a receipt", () => {
    const input = situations["applied"]!();
    const render = (at: string) => pullComment({ ...input, now: at });
    const published = render(now).text;
    expect(isUnchanged(published, { now: hours(1), render })).toBe(true);
    expect(isUnchanged(published, { now: hours(3), render })).toBe(false);
  });
});

function isLeaseTable(node: MarkdownNode): boolean {
  return node.type === "table" && node.children![0]!.children!.length === 8;
}

function wordsOf(node: MarkdownNode): string {
  return node.value ?? (node.children ?? []).map(wordsOf).join(" ");
}

test("a comment tells what the levels carry that the pull request gives, and none that others have asked for", () => {
  const [given] = Object.values(situations)
    .map((one) => one())
    .filter(({ decision, plan }) => plan !== undefined && pullLeases(decision, plan).widening.length > 0);
  const plan = given?.plan;
  if (given === undefined || plan === undefined)
    throw new Error("Expected a situation in which somebody gains something");
  const subject = pullLeases(given.decision, plan).widening[0]!.subject.connection;
  const notes = [
    { kind: "level", subject, sentence: "It may read all tables of `x`." },
    { kind: "level", subject: "elsewhere/read", sentence: "Elsewhere may do anything." },
  ] as const;
  const { text } = pullComment({ ...given, plan: { ...plan, notes } });
  const [seen = ""] = text.split("<details>");
  expect(seen).toContain("**What the levels carry**\n\n- It may read all tables of \\`x\\`.");
  expect(text).not.toContain("\n- Elsewhere");
});

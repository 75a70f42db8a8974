import { canonicalJson } from "../../lib/model/canonical";
import { planDigest, type Plan } from "../../lib/model/plan";
import { renderPlan } from "../../lib/render/plan";
import { mostCommentCharacters, planComment } from "../../lib/render/plan-markdown";
import { loadReaders, type MarkdownNode, type Readers } from "../attacks/support/acts";
import { schemaProblems } from "../support/schemas";
import { expectGolden } from "./support/golden";
import { activation, aPlan, ending, now } from "./support/plans";
import { situations } from "./support/situations";

const named = Object.entries(situations).map(([name, plan]) => ({ name, plan }));
const policy = { name: "main@c41d" };
const asText = (plan: Plan) => renderPlan(plan, { format: "text", now, policy });
const lease = (plan: Plan, kind: string) =>
  plan.actions.filter((action) => action.family === "lease" && action.kind === kind).length;

describe("a plan as text", () => {
  test.each(named)("$name is what its golden file says", ({ name, plan }) => {
    expectGolden(`plan-${name}.txt`, asText(plan));
  });

  test.each(named)("$name begins with a verdict and ends with its counts", ({ plan }) => {
    const lines = asText(plan).split("\n");
    expect(lines[0]).toMatch(/^[A-Z0-9].*\.$/);
    const counts = `Plan: ${lease(plan, "activate")} to grant, ${lease(plan, "end")} to revoke, ${lease(plan, "change")} to change`;
    expect(lines.at(-1)!.startsWith(counts)).toBe(true);
  });

  test.each(named)("$name has no section without lines", ({ plan }) => {
    const sections = asText(plan).split("\n\n");
    for (const section of sections) expect(section.trim()).not.toBe("");
    const titles = sections.filter((section) => /^(Ends|Starts|Changes|Waiting|Refused|Notes)$/.test(section));
    expect(titles).toEqual([]);
  });

  test("says what ends before what starts, and open ways before both", () => {
    const plan = aPlan({
      actions: [activation(), ending()],
      drift: [{ kind: "open way", gateway: "production", subject: "x", sentence: "x is open." }],
    });
    const text = asText(plan);
    const places = ["x is open.", "\nEnds\n", "\nStarts\n"].map((part) => text.indexOf(part));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
  });

  test("names every person while they are few, and resources when they are many", () => {
    const eight = Array.from({ length: 8 }, (_, index) => activation({ person: `p${index}@example.com` }));
    expect(asText(aPlan({ actions: eight }))).toContain("p7@example.com gets write on orders-db");
    const nine = [...eight, activation({ person: "p8@example.com" })];
    const text = asText(aPlan({ actions: nine }));
    expect(text).toContain("orders-db (critical): 9 people get write for 2 h.");
    expect(text).not.toContain("p7@example.com gets write");
  });

  test("says what the levels carry apart from its notes, between who gains them and the rest", () => {
    const sentence = "orders-db/write may read all tables of schema orders except orders.cards.";
    const notes = [
      { kind: "lint", subject: "x", sentence: "A remark." },
      { kind: "level", subject: "orders-db/write", sentence },
    ] as const;
    const plan = aPlan({ actions: [activation()], notes });
    expect(asText(plan)).toMatch(
      /\nStarts\n[\s\S]*\n\nWhat the levels carry\n {2}orders-db\/write may .*\.\n[\s\S]*\nNotes\n {2}lint: A remark\.\n/,
    );
    expect(planComment(plan, { now, policy }).text).toContain(
      "**What the levels carry**\n\n- orders\\-db/write may read",
    );
  });

  test("differs with colour only in colour", () => {
    const plan = situations["needs-approval"]!;
    const coloured = renderPlan(plan, { format: "text", now, policy, colour: true });
    // oxlint-disable-next-line no-control-regex -- it is what colour is made of
    expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(asText(plan));
    expect(coloured).not.toBe(asText(plan));
  });

  test("counts what ends within a day of its start, or of now", () => {
    const day = (seconds: number) => activation({ request: `r${seconds}` }, { after: { durationSeconds: seconds } });
    const text = asText(aPlan({ actions: [day(86_400), day(86_401), day(60)] }));
    expect(text).toMatch(/Plan: 3 to grant.* 2 end within 24 h\.$/);
  });
});

describe("a plan as JSON", () => {
  test.each(named)("$name is valid against its schema and carries its digest", ({ plan }) => {
    const document = JSON.parse(renderPlan(plan, { format: "json", now })) as Plan & { digest: string };
    expect(schemaProblems("plan.v1", document)).toEqual([]);
    const { digest, ...rest } = document;
    expect(rest).toEqual(JSON.parse(canonicalJson(plan)));
    expect(digest).toBe(planDigest(rest));
  });

  test("is the same bytes for the same plan, whatever the order of its keys and the time", () => {
    const plan = situations["needs-approval"]!;
    const turned = Object.fromEntries(Object.entries(plan).toReversed()) as unknown as Plan;
    const later = renderPlan(turned, { format: "json", now: "2027-01-01T00:00:00.000Z" });
    expect(later).toBe(renderPlan(plan, { format: "json", now }));
  });
});

describe("a plan as a comment", () => {
  let readers: Readers;
  beforeAll(async () => {
    readers = await loadReaders();
  });

  test.each(named)("$name is what its golden file says", ({ name, plan }) => {
    expectGolden(`plan-${name}.markdown.txt`, renderPlan(plan, { format: "markdown", now, policy }));
  });

  test.each(named)("$name has a verdict for a heading, no empty section, and stays in its bound", ({ name, plan }) => {
    const { text, fits } = planComment(plan, { now, policy });
    expect(text.length).toBeLessThanOrEqual(mostCommentCharacters);
    expect(fits).toBe(name !== "five-hundred-requests");
    const { children = [] } = readers.markdown(text);
    expect(children[0]).toMatchObject({ type: "heading", depth: 3 });
    expect(text).not.toMatch(/<summary>[^<]*<\/summary>\s*<\/details>/);
    expect(text).not.toMatch(/\(0\)<\/summary>/);
  });

  test("folds nothing that widens and everything raw", () => {
    const { children = [] } = readers.markdown(planComment(situations["several-for-one"]!, { now }).text);
    const folds = children.map((node) => node.type === "html");
    const before = children.slice(0, folds.indexOf(true));
    const rows = before.filter((node) => node.type === "table").flatMap((table) => table.children ?? []);
    expect(rows.map(wordsOf).filter((row) => row.startsWith("+ grant"))).toHaveLength(4);
    expect(rows.map(wordsOf).filter((row) => row.startsWith("- end"))).toHaveLength(0);
    expect(children.slice(folds.indexOf(true)).some((node) => node.type === "code")).toBe(true);
  });

  test("cuts the raw plan first, then says that what must be seen does not fit", () => {
    const some = (count: number) => aPlan({ actions: situations["five-hundred-requests"]!.actions.slice(0, count) });
    const cut = planComment(some(50), { now });
    expect(cut.fits).toBe(true);
    expect(cut.text).toContain("… cut here");
    const rows = readers.markdown(cut.text).children!.filter((node) => node.type === "table");
    expect(rows.flatMap((table) => table.children ?? [])).toHaveLength(51);
    const over = planComment(some(500), { now });
    expect(over.fits).toBe(false);
    expect(over.text).toContain("does not fit here");
    expect(over.text.indexOf("does not fit here")).toBeLessThan(1_000);
  });

  test("warns of critical access without a safeguard, and of a safeguard that goes", () => {
    const bare = activation({}, { guardrails: [], maskingRules: [] });
    expect(planComment(aPlan({ actions: [bare] }), { now }).text).toContain(
      "1 grant of them without a guardrail or masking",
    );
    expect(planComment(situations["safeguard-lost"]!, { now }).text).toContain("loses a safeguard");
  });
});

function wordsOf(node: MarkdownNode): string {
  return node.value ?? (node.children ?? []).map(wordsOf).join(" ");
}

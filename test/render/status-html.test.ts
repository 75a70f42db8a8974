import { createHash } from "node:crypto";
import { renderStatusHtml } from "../../lib/render/status-html";
import type { AccessReport } from "../../lib/model/report";
import { loadReaders, type Readers } from "../attacks/support/acts";
import { now } from "./support/plans";
import { aReport, aRow, at, everyState } from "./support/reports";

interface Element {
  readonly nodeName: string;
  readonly value?: string;
  readonly attrs?: readonly { readonly name: string; readonly value: string }[];
  readonly childNodes?: readonly Element[];
}

describe("the status page", () => {
  let readers: Readers;
  beforeAll(async () => {
    readers = await loadReaders();
  });

  function page(report: AccessReport) {
    const problems: string[] = [];
    const html = renderStatusHtml(report, { now });
    const document = readers.html.parse(html, {
      onParseError: ({ code }) => problems.push(code),
    }) as unknown as Element;
    expect(problems).toEqual([]);
    const all: Element[] = [];
    const visit = (node: Element) => {
      all.push(node);
      for (const child of node.childNodes ?? []) visit(child);
    };
    visit(document);
    return {
      html,
      all,
      named: (name: string) => all.filter((node) => node.nodeName === name),
      classed: (name: string, className: string) =>
        all.filter((node) => node.nodeName === name && attribute(node, "class")?.split(" ").includes(className)),
    };
  }

  test("needs no network and runs nothing but its own script and style, by their hashes", () => {
    const { html, named, all } = page(everyState());
    const policy = attribute(
      named("meta").find((node) => attribute(node, "http-equiv") !== undefined)!,
      "content",
    )!;
    const hash = (node: Element) => `'sha256-${createHash("sha256").update(textOf(node)).digest("base64")}'`;
    expect(policy).toBe(
      `default-src 'none'; style-src ${hash(named("style")[0]!)}; script-src ${hash(named("script")[0]!)}; base-uri 'none'; form-action 'none'`,
    );
    expect([named("style").length, named("script").length]).toEqual([1, 1]);
    const names = all.flatMap((node) => node.attrs ?? []);
    expect(
      names.filter(({ name }) => /^(?:src|href|style|on.*|action|srcset)$/.test(name)).map((one) => one.value),
    ).toEqual(["#grants"]);
    expect(html).not.toMatch(/https?:|@import|url\((?!#)/);
  });

  test("has its policy before everything that it governs", () => {
    const { html } = page(everyState());
    expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.indexOf("<style>"));
    expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.indexOf("<script>"));
  });

  test("has a bar for each grant with a time, and a line for now", () => {
    const { all, classed } = page(everyState());
    const bars = all.filter((node) => /^bar-\d+$/.test(attribute(node, "id") ?? ""));
    expect(bars).toHaveLength(7);
    expect(classed("line", "now")).toHaveLength(1);
  });

  test("shows what ends soon and what is overdue in shape, not in colour alone", () => {
    const { classed, named } = page(everyState());
    const inChart = (className: string) =>
      classed("rect", className).filter((node) => node.childNodes?.some((child) => child.nodeName === "title"));
    expect(inChart("soon")).toHaveLength(1);
    expect(inChart("overdue")).toHaveLength(1);
    expect(classed("path", "mark-soon")).toHaveLength(1);
    expect(classed("path", "mark-overdue")).toHaveLength(1);
    expect(named("pattern").map((node) => attribute(node, "id"))).toEqual(["hatch", "cross"]);
    const badges = classed("span", "badge").map(textOf);
    expect(badges).toEqual([
      "✖overdue",
      "▲ending soon",
      "●active",
      "●active",
      "◐starting",
      "○waiting",
      "■ended",
      "⊘never started",
    ]);
  });

  test("says the Log's head and whether it verifies", () => {
    const good = page(everyState());
    expect(textOf(good.named("footer")[0]!)).toMatch(/verifies.*record 42, epoch 3, (?:a1b2c3d4){8}/s);
    const bad = page(aReport({ verified: false }));
    expect(textOf(bad.named("header")[0]!)).toContain("was not verified");
    expect(textOf(bad.named("footer")[0]!)).toContain("not verified");
  });

  test("can be used by keyboard and screen reader", () => {
    const { named, all } = page(everyState());
    expect(["header", "main", "footer", "h1", "caption"].map((name) => named(name).length)).toEqual([1, 1, 1, 1, 1]);
    expect(named("html").map((node) => attribute(node, "lang"))).toEqual(["en"]);
    const headings = named("th").map((node) => attribute(node, "scope"));
    expect(new Set(headings)).toEqual(new Set(["col", "row"]));
    expect(named("output").map((node) => attribute(node, "aria-live"))).toEqual(["polite"]);
    const svg = named("svg").find((node) => attribute(node, "role") === "img")!;
    const ids = new Set(all.map((node) => attribute(node, "id")));
    for (const id of attribute(svg, "aria-labelledby")!.split(" ")) expect(ids).toContain(id);
    for (const input of [...named("input"), ...named("select")])
      expect(all.some((node) => isLabelOf(node, input))).toBe(true);
    const style = textOf(named("style")[0]!);
    for (const wish of [":focus-visible", "prefers-reduced-motion", "prefers-color-scheme: dark", "@media print"]) {
      expect(style).toContain(wish);
    }
    const list = all.map((node) => attribute(node, "id")).filter((id) => id !== undefined);
    expect(new Set(list).size).toBe(list.length);
  });

  test("works for 5,000 grants: a row and a bar for each, in a few megabytes", () => {
    const rows = Array.from({ length: 5_000 }, (_, index) =>
      aRow({
        request: `request-${index}`,
        person: `p${index % 700}@example.com`,
        resource: `r${index % 30}`,
        end: at(1 + (index % 900)),
      }),
    );
    const { html, named, all } = page(aReport({ rows }));
    expect(named("tr")).toHaveLength(5_001);
    expect(all.filter((node) => attribute(node, "id")?.startsWith("bar-"))).toHaveLength(5_000);
    expect(html.length).toBeLessThan(8_000_000);
  });

  test("is whole without any grant", () => {
    const { named } = page(aReport());
    expect(textOf(named("h1")[0]!)).toBe("Nobody has access right now");
    expect(named("table")).toHaveLength(0);
  });
});

function attribute(node: Element, name: string): string | undefined {
  return node.attrs?.find((one) => one.name === name)?.value;
}

function textOf(node: Element): string {
  return node.value ?? (node.childNodes ?? []).map(textOf).join("");
}

function isLabelOf(node: Element, input: Element): boolean {
  return node.nodeName === "label" && (node.childNodes ?? []).includes(input);
}

import { parse as parseCsv } from "csv-parse/sync";
import type { View } from "./views";

/** What reads outputs back: a Markdown engine with GitHub's additions, and an HTML parser as browsers have it. */
export interface Readers {
  readonly markdown: (text: string) => MarkdownNode;
  readonly html: typeof import("parse5", { with: { "resolution-mode": "import" } });
}

/** What the tests need of a node of remark's tree. */
export interface MarkdownNode {
  readonly type: string;
  readonly value?: string;
  readonly depth?: number;
  readonly children?: readonly MarkdownNode[];
}

/** Loads the engines; they are ES modules only. */
export async function loadReaders(): Promise<Readers> {
  // One after the other: jest links modules that are loaded side by side before all of them are there.
  const { remark } = await import("remark");
  const { default: remarkGfm } = await import("remark-gfm");
  const html = await import("parse5");
  const engine = remark().use(remarkGfm);
  return { markdown: (text) => engine.parse(text) as MarkdownNode, html };
}

/**
 * What a text did where it was shown, in words; nothing if it did nothing. `plain` is the same view
 * with a harmless text in its place: what is made of both has to have the same structure.
 */
export function whatActs(view: View, plain: View, readers: Readers): readonly string[] {
  return [...rawActs(view.output), ...structureActs(view, plain, readers)].map(
    (what) => `${view.name} as ${view.medium}: ${what}`,
  );
}

const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** Whatever the medium: it may be seen on a terminal or in the log of a workflow. */
function rawActs(output: string): readonly string[] {
  const lines = output.split(/\r?\n/);
  const found = lines.find((line) => hidden.test(line));
  const command = lines.find((line) => /^\s*::/.test(line) && !/^::(?:error|warning|notice) /.test(line));
  return [
    ...(found === undefined ? [] : [`a hidden character in ${JSON.stringify(found.slice(0, 80))}`]),
    ...(command === undefined ? [] : [`a workflow command ${JSON.stringify(command.slice(0, 80))}`]),
    // A line that is a command of today is read as that, and looked at no further.
    ...(lines.some((line) => line.includes("##[") && !line.startsWith("::")) ? ["an old workflow command"] : []),
  ];
}

function structureActs(view: View, plain: View, readers: Readers): readonly string[] {
  switch (view.medium) {
    case "text":
      return lineCount(view.output) === lineCount(plain.output) ? [] : ["it made or hid lines"];
    case "json":
    case "sarif":
      return jsonActs(view, plain);
    case "json lines":
      return jsonLinesActs(view);
    case "github":
      return lineCount(view.output) === lineCount(plain.output)
        ? githubActs(view.output, plain.output)
        : ["it made lines"];
    case "csv":
      return csvActs(view.output, plain.output);
    case "html":
      return htmlActs(view.output, plain.output, readers);
    case "markdown":
      return markdownActs(view.output, plain.output, readers);
  }
}

function lineCount(text: string): number {
  return text.split(/\r\n|[\n\r\u0085\u2028\u2029]/).length;
}

function jsonActs(view: View, plain: View): readonly string[] {
  const value: unknown = JSON.parse(view.output);
  if (view.value !== undefined && !sameJson(value, view.value)) return ["it says something else"];
  if (shapeOf(value) !== shapeOf(JSON.parse(plain.output))) return ["it has another shape"];
  return view.medium === "sarif" ? uriActs(value) : [];
}

function jsonLinesActs(view: View): readonly string[] {
  const values = view.output.split("\n").map((line): unknown => JSON.parse(line));
  return sameJson(values, view.value) ? [] : ["it says something else"];
}

function sameJson(a: unknown, b: unknown): boolean {
  try {
    expect(a).toEqual(JSON.parse(JSON.stringify(b)));
    return true;
  } catch {
    return false;
  }
}

/** Keys and kinds of values, without the texts. */
function shapeOf(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "string" ? "" : inner));
}

/** Each file stays below the root, and is only a path. */
function uriActs(sarif: unknown): readonly string[] {
  const uris = [...JSON.stringify(sarif).matchAll(/"uri":("(?:[^"\\]|\\.)*")/g)].map(
    (one) => JSON.parse(one[1]!) as string,
  );
  return uris.flatMap((uri) => {
    const url = new URL(uri, "https://root.example/checkout/");
    const isBelow = url.origin === "https://root.example" && url.pathname.startsWith("/checkout/requests/");
    return isBelow && url.search === "" && url.hash === "" ? [] : [`a file became the address ${uri}`];
  });
}

/** As actions/runner reads them: the properties stand before the second `::`. */
function githubActs(output: string, plain: string): readonly string[] {
  const read = (text: string) =>
    text
      .trimEnd()
      .split("\n")
      .map((line) => /^::(\w+) ([^:]*)::/.exec(line))
      .map((match) => [match?.[1], match?.[2]?.split(",").map((property) => property.split("=")[0])]);
  return JSON.stringify(read(output)) === JSON.stringify(read(plain)) ? [] : ["it changed a workflow command"];
}

function csvActs(output: string, plain: string): readonly string[] {
  let rows: string[][];
  try {
    rows = parseCsv(output);
  } catch (thrown) {
    return [`it does not parse: ${String(thrown)}`];
  }
  const expected: string[][] = parseCsv(plain);
  const formula = rows.flat().find((cell) => /^[\s]*[=+\-@\t\r]/.test(cell));
  const isSame = rows.length === expected.length && rows.every((row, at) => row.length === expected[at]?.length);
  return [...(isSame ? [] : ["it made cells or rows"]), ...(formula === undefined ? [] : [`a formula ${formula}`])];
}

function htmlActs(output: string, plain: string, { html }: Readers): readonly string[] {
  const errors: string[] = [];
  const read = (text: string) => {
    const document = html.parse(text, { onParseError: ({ code }) => errors.push(code) });
    return document.childNodes.map((node) => htmlStructure(node as HtmlNode)).join("");
  };
  const isSame = read(output) === read(plain);
  return [
    ...(isSame ? [] : ["it made or hid markup"]),
    ...errors.slice(0, 1).map((code) => `markup is broken: ${code}`),
  ];
}

const structures = new Map<string, string>();

/** The structure of the plain view, which every text is held against: read once. */
function remembered(medium: string, plain: string, read: (text: string) => string): string {
  const key = `${medium} ${plain}`;
  const structure = structures.get(key) ?? read(plain);
  structures.set(key, structure);
  return structure;
}

/** What the tests need of a node of parse5's tree. */
interface HtmlNode {
  readonly nodeName: string;
  readonly value?: string;
  readonly data?: string;
  readonly attrs?: readonly { readonly name: string; readonly value: string }[];
  readonly childNodes?: readonly HtmlNode[];
}

/** Elements, attributes and scripts exactly; of texts only that there is one. */
function htmlStructure(node: HtmlNode): string {
  if (node.nodeName === "#text") return node.value?.trim() === "" ? "" : "text;";
  if (node.attrs === undefined) return `${node.nodeName} ${node.data ?? ""};`;
  const attributes = node.attrs.map(({ name, value }) => `${name}=${value}`).join(" ");
  const isRaw = node.nodeName === "script" || node.nodeName === "style";
  const inside = (node.childNodes ?? []).map((child) => (isRaw ? child.value : htmlStructure(child))).join("");
  return `<${node.nodeName} ${attributes}>${isRaw ? inside : inside.replace(/(?:text;)+/g, "text;")}</>`;
}

function markdownActs(output: string, plain: string, { markdown: read }: Readers): readonly string[] {
  const tree = read(output);
  const isSame = markdownStructure(tree) === remembered("markdown", plain, (text) => markdownStructure(read(text)));
  return [...(isSame ? [] : ["it made or hid markup"]), ...githubLinks(textOf(tree))];
}

/** Kinds of nodes exactly, and HTML as it stands; of texts and code only that there is some. */
function markdownStructure(node: MarkdownNode): string {
  if (node.type === "text") return "text;";
  if (node.type === "html") return `html ${node.value};`;
  const inside = (node.children ?? [])
    .map(markdownStructure)
    .join("")
    .replace(/(?:text;)+/g, "text;");
  return `${node.type}${node.depth ?? ""}(${inside})`;
}

function textOf(node: MarkdownNode): string {
  if (node.type === "text") return node.value ?? "";
  const between = node.children?.some((child) => child.type === "text" || child.type === "strong") === true ? "" : "\n";
  return (node.children ?? []).map(textOf).join(between);
}

/** What GitHub makes of text after Markdown is done with it; see "Autolinked references" and "Mentioning people" in its docs. */
function githubLinks(text: string): readonly string[] {
  const links: readonly (readonly [string, RegExp])[] = [
    ["a mention", /(?:^|[^\w`])@[a-z\d]/i],
    ["an issue", /#\d|\bGH-\d/i],
    ["an address", /:\/\/|\bwww\./i],
    ["an emoji", /:[a-z\d_+-]+:/i],
    ["a commit", /\b[0-9a-f]{7,40}\b/],
    ["an e-mail address", /[\w.+-]+@[\w-]+\.\w/],
  ];
  return links.flatMap(([what, pattern]) => {
    const found = pattern.exec(text);
    return found === null ? [] : [`${what} in ${JSON.stringify(text.slice(found.index, found.index + 40))}`];
  });
}

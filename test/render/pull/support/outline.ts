import type { MarkdownNode, Readers } from "../../../attacks/support/acts";

/** What a text in GitHub's Markdown is made of, a line for each block, and what acts in it. */
export function readMarkdown(text: string, readers: Readers): { outline: readonly string[]; acts: readonly string[] } {
  const root = readers.markdown(text);
  return { outline: (root.children ?? []).flatMap((node) => blockLines(node, 0)), acts: actsOf(root) };
}

/** Nodes that somebody else's text must never make: links, pictures, footnotes, and what GitHub makes of plain text. */
function actsOf(root: MarkdownNode): readonly string[] {
  const found: string[] = [];
  const visit = (node: MarkdownNode): void => {
    if (forbidden.has(node.type)) found.push(`${node.type} ${node.value ?? ""}`);
    if (node.type === "html" && !ours.some((pattern) => pattern.test(node.value ?? "")))
      found.push(`html ${node.value}`);
    if (node.type === "text") found.push(...(node.value?.match(reference) ?? []).map((one) => `reference ${one}`));
    for (const child of node.children ?? []) visit(child);
  };
  visit(root);
  return found;
}

const forbidden = new Set([
  "link",
  "linkReference",
  "image",
  "imageReference",
  "definition",
  "footnoteReference",
  "footnoteDefinition",
  "break",
  "delete",
  "thematicBreak",
]);
/** Our marker, when it was planned, and the folds. */
const ours = [
  /^<!-- leasehold [a-z0-9-]+ -->$/,
  /^<!-- planned [0-9TZ.:-]+ -->$/,
  /^<details><summary>[A-Za-z0-9 ()]+<\/summary>$/,
  /^<\/details>$/,
];
/** What GitHub turns into a link after Markdown: mentions, issues, commits, addresses, emoji. */
const reference = /(?<![\w`])@[a-z0-9]|(?<!\w)#\d|\bgh-\d|\b[0-9a-f]{7,40}\b|https?:\/\/|www\.|:[a-z0-9_+-]+:/gi;

function blockLines(node: MarkdownNode, depth: number): readonly string[] {
  const line = (words: string) => `${"  ".repeat(depth)}${words}`;
  const children = node.children ?? [];
  switch (node.type) {
    case "heading":
      return [line(`heading ${node.depth}`)];
    case "table":
      return [line(`table ${children.map((row) => row.children?.length ?? 0).join(" ")}`)];
    case "html":
      return [line(`html ${node.value}`.replace(/\(\d[^)]*\)/g, "(n)").replace(/planned \S+/, "planned"))];
    case "list":
    case "listItem":
    case "blockquote":
      return [line(node.type), ...children.flatMap((child) => blockLines(child, depth + 1))];
    default:
      return [line(node.type)];
  }
}

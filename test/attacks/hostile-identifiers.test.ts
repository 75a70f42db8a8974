import * as fc from "fast-check";
import { hasHiddenCharacter as hidden } from "../../lib/model/characters";
import { isEmail, isIdentifier, tryParseConnectionId, tryParsePrincipal } from "../../lib/model/names";
import {
  csvCell,
  escapeHtml,
  escapeMarkdown,
  escapeTerminal,
  escapeUrlPart,
  jsonForHtml,
} from "../../lib/render/escape";
import { renderDiagnostics } from "../../lib/render/diagnostics";
import { loadRequests, parseRequest } from "../../lib/request";
import { parseConfig } from "../../lib/config";
import type { SourceTree } from "../../lib/ports";
import { connection, email, identifier, principal } from "../support/arbitraries";
import { requestText } from "../support/request-text";

/** Names that mean something to SQL, shells, paths, headers, workflow commands, JavaScript, Markdown or HTML. */
const hostileNames = [
  ["'; DROP TABLE grants; --", '"; DROP ROLE x; --', "a' OR '1'='1", "$$;select 1;$$", "\\'; --", "E'\\x'"],
  ["$(reboot)", "`reboot`", "a;reboot", "a|reboot", "a&&reboot", "-rf", "--help", "${IFS}", "%PATH%", "a\nreboot"],
  ["../../etc/passwd", "..", ".", "a/../b", "/etc/passwd", "a\\b", "C:x", "a%2e%2e", "con\0.txt", "~root"],
  ["a\r\nSet-Cookie: x=y", "a\r\n\r\n<html>", "a: b", "a\u2028b"],
  ["::error::x", "::set-output name=a::b", "##[group]x", "a%0A::add-mask::b", "::stop-commands::x"],
  ["__proto__", "<script>alert(1)</script>", "<!--", "-->", "javascript:x", "&lt;", '"onerror="x'],
  ["@everyone", "#1", "[x](https://evil.example)", "![x](y)", "a|b|c", "| a |", "```", "*x*", "_x_"],
  [
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\u202egro",
    "a\u200bb",
    "\u0430dmin",
    "ａdmin",
    "admin\u0301",
  ],
  [
    "",
    " ",
    "a b",
    "A",
    "a.",
    ".a",
    "-a",
    "a-",
    "a".repeat(64),
    "a@",
    "@a.b",
    "a@b",
    "a@b..c",
    "a@-b.c",
    "a@b.c d",
    "a@b.c\n",
  ],
].flat();

/** Where texts go, how they are escaped for it, and whether a text would act there. */
const sinks = [
  {
    name: "a terminal",
    escape: escapeTerminal,
    acts: (text: string) => hidden(text) || /^\s*::|##\[|[\n\t]/.test(text),
  },
  {
    name: "a table in Markdown",
    escape: escapeMarkdown,
    acts: (text: string) => hidden(text) || /(?:^|[^\\])[|`*[\]_]|<|@\w|(?:^|\s)#\d|\n|:\/\//.test(text),
  },
  { name: "HTML", escape: escapeHtml, acts: (text: string) => hidden(text) || /[<>"']/.test(text) },
  {
    name: "a script",
    escape: (text: string) => jsonForHtml(text),
    acts: (text: string) => hidden(text) || /[<>]/.test(text),
  },
  { name: "a cell of CSV", escape: csvCell, acts: (text: string) => hidden(text) || /^"?\s*[=+\-@]|[\r\n]/.test(text) },
  {
    name: "a part of a URL",
    escape: (text: string) => (/^\.{0,2}$/.test(text) ? "_" : escapeUrlPart(text)),
    acts: (text: string) => /[/?#\\\s]|^\.{0,2}$/.test(text),
  },
];

describe("hostile identifiers: a strict grammar at the edge", () => {
  test.each(hostileNames)("%j is no name of a request, rule, person or connection", (name) => {
    expect(isIdentifier(name)).toBe(false);
    expect(isEmail(name)).toBe(false);
    expect(tryParsePrincipal(name)).toBeUndefined();
    expect(tryParsePrincipal(`group:${name}`)).toBeUndefined();
    expect(tryParsePrincipal(`service:${name}`)).toBeUndefined();
    expect(tryParseConnectionId(`${name}/read`)).toBeUndefined();
    expect(tryParseConnectionId(`orders-db/${name}`)).toBeUndefined();
  });

  test.each(hostileNames)("%j is refused in every field of a request that holds a name", (name) => {
    const quoted = JSON.stringify(name);
    const texts = [
      requestText({}, quoted),
      requestText({ for: quoted }),
      requestText({ for: JSON.stringify([`group:${name}`]) }),
      requestText({ access: JSON.stringify([`orders-db/${name}`]) }),
      requestText({ rule: quoted }),
      requestText({ extends: quoted }),
    ];
    for (const text of texts) expect(parseRequest({ file: "requests/a.yaml", text }).kind).toBe("problems");
  });

  test.each(hostileNames)("%j is refused as the name of a gateway and as a protected principal", (name) => {
    const head = "apiVersion: leasehold/v1\nkind: Config\ninstallation: 6f0c1a2b\n";
    const gateway = `${head}gateways:\n  ${JSON.stringify(name)}: { provider: memory }\n`;
    const protectedOne = `${head}gateways: { main: { provider: memory } }\nprotected: [${JSON.stringify(name)}]\n`;
    for (const text of [gateway, protectedOne])
      expect(parseConfig({ file: "leasehold.yaml", text }).kind).toBe("problems");
  });

  test("what the grammar lets through is nothing to a shell, to SQL in quotes, to a path, a header or a workflow command", () => {
    fc.assert(
      fc.property(fc.oneof(identifier, email, principal, connection), (name) => {
        expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9._+@:/-]*$/);
        expect(name.split("/").some((part) => part === "." || part === ".." || part === "")).toBe(false);
        expect(name).not.toContain("::");
        expect(escapeTerminal(name)).toBe(name);
        expect(escapeHtml(name)).toBe(name);
        expect(csvCell(name)).toBe(`"${name}"`);
        expect(decodeURIComponent(escapeUrlPart(name))).toBe(name);
      }),
    );
  });
});

describe("hostile identifiers: nothing of a refused name acts in what is said about it", () => {
  test.each(hostileNames)("%j is told without acting, in every format", (name) => {
    const parsing = parseRequest({ file: "requests/a.yaml", text: requestText({ rule: JSON.stringify(name) }) });
    if (parsing.kind !== "problems") throw new Error("accepted");
    const text = renderDiagnostics(parsing.diagnostics, { format: "text" });
    expect(hidden(text)).toBe(false);
    expect(text).not.toMatch(/^\s*::|##\[/m);
    const github = renderDiagnostics(parsing.diagnostics, { format: "github" }).trimEnd().split("\n");
    expect(github).toHaveLength(parsing.diagnostics.length);
    for (const line of github)
      expect(line).toMatch(/^::error file=requests\/a\.yaml,line=\d+,col=\d+,endColumn=\d+,title=[^,:]*::/);
    expect(JSON.parse(renderDiagnostics(parsing.diagnostics, { format: "json" }))).toBeDefined();
    expect(JSON.parse(renderDiagnostics(parsing.diagnostics, { format: "sarif" }))).toBeDefined();
  });

  test.each(hostileNames.filter((name) => name !== "" && !name.includes("/") && !name.includes("\0")))(
    "a file named %j is told without acting",
    async (name) => {
      const tree: SourceTree = {
        list: async (directory) => (directory === "" ? [{ name: `${name}.yaml`, kind: "file" }] : []),
        tryRead: async () => Buffer.from("[1"),
      };
      const { diagnostics } = await loadRequests({ tree, glob: "*.yaml" });
      for (const line of renderDiagnostics(diagnostics, { format: "github" }).trimEnd().split("\n")) {
        expect(line).toMatch(/^(?:::error file=[^,:\r\n]*,line=\d+|$)/);
      }
      const text = renderDiagnostics(diagnostics, { format: "text" });
      expect(hidden(text)).toBe(false);
      expect(text).not.toMatch(/^\s*::|##\[/m);
    },
  );

  test.each(sinks)("a reason, which may say anything, does nothing in $name", ({ escape, acts }) => {
    for (const name of hostileNames) {
      expect(acts(escape(name))).toBe(false);
    }
  });

  test("without the escaper at least 30 of them would act somewhere", () => {
    expect(hostileNames.filter((name) => sinks.some(({ acts }) => acts(name))).length).toBeGreaterThanOrEqual(30);
    for (const { acts } of sinks) expect(hostileNames.some((name) => acts(name))).toBe(true);
  });
});

import * as fc from "fast-check";
import { hasHiddenCharacter } from "../../lib/model/characters";
import {
  csvCell,
  escapeHtml,
  escapeMarkdown,
  escapeTerminal,
  escapeUrlPart,
  escapeWorkflowMessage,
  escapeWorkflowProperty,
  jsonForHtml,
  jsonText,
  markdownCode,
} from "../../lib/render/escape";

/** Texts of every kind of character, with what attacks use more often than chance would. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 8 }),
      fc.constantFrom(
        ..."<>&\"'`|*_[](){}#@!~\\-+=:;%$^\n\r\t,.",
        "\u001b[31m",
        "\u202e",
        "\u200b",
        "\ufeff",
        "\ud800",
        "<!--",
        "-->",
        "</script>",
        "javascript:",
        "https://",
        "www.",
        "@alice",
        "#1",
        "GH-1",
        "0123abcdef",
        "::error::",
        "##[group]",
        "%0A",
        "=cmd",
      ),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(""));

function holds(check: (text: string) => void): void {
  fc.assert(fc.property(hostile, check), { numRuns: 1_000 });
}

describe("for a terminal", () => {
  test("nothing hidden is left, and everything is on one line", () => {
    holds((text) => {
      const escaped = escapeTerminal(text);
      expect(hasHiddenCharacter(escaped)).toBe(false);
      expect(escaped).not.toMatch(/[\n\t]/);
    });
  });

  test("no line of a workflow's log becomes a command", () => {
    holds((text) => {
      const escaped = escapeTerminal(text);
      expect(escaped.trimStart().startsWith("::")).toBe(false);
      expect(escaped).not.toContain("##[");
    });
    expect(escapeTerminal("  ::add-mask::x")).toBe("  \\::add-mask::x");
    expect(escapeTerminal("x ##[error]y")).toBe("x #\\#[error]y");
    expect(escapeTerminal("##[[")).toBe("#\\#[[");
  });

  test("harmless text stays as it is", () => {
    expect(escapeTerminal("INC-4711: 日本語 ⚠️ <b>")).toBe("INC-4711: 日本語 ⚠️ <b>");
    expect(escapeTerminal("a\u001b[2Jb\u202ec")).toBe("a\\u{1b}[2Jb\\u{202e}c");
  });
});

describe("for Markdown", () => {
  test("nothing that means something to GitHub's Markdown stands without an escape", () => {
    holds((text) => {
      const escaped = escapeMarkdown(text);
      const unescaped = escaped.replace(/\\[!-/:-@[-`{-~]/g, "").replace(/&(?:amp|lt|gt|#8203);/g, "");
      expect(unescaped).not.toMatch(/[\\`*_{}[\]()<>|~$!^=+&-]/);
      expect(hasHiddenCharacter(escaped)).toBe(false);
      expect(escaped).not.toContain("\n");
    });
  });

  test.each([
    ["a mention", "ping @alice", /@alice/],
    ["a team", "ping @org/team", /@org/],
    ["an issue", "fixes #12", /#12/],
    ["an issue by prefix", "see GH-12", /GH-12|GH\\-12/],
    ["a link by scheme", "https://evil.example", /https:\/\//],
    ["a link by www", "www.evil.example", /www\.evil/],
    ["an e-mail", "mallory@evil.example", /mallory@evil/],
    ["a commit", "see 0123456789abcdef", /\b[0-9a-f]{7,}\b/],
    ["an emoji", ":white_check_mark:", /:white/],
    ["a comment", "<!-- hide", /<!--/],
    ["a table cell", "a | b", /[^\\]\|/],
    ["a heading", "# approved", /^#\s/],
    ["a numbered list", "1. approved", /^1\. /],
    ["a quote", "> approved", /^>/],
    ["a picture", "![x](y)", /[^\\]\[/],
    ["mathematics", "$$x$$", /[^\\]\$/],
  ])("%s comes to nothing", (_what, text, act) => {
    expect(escapeMarkdown(text)).not.toMatch(act);
  });

  test("a code span cannot be left, not even in a table", () => {
    holds((text) => {
      const code = markdownCode(text);
      const fence = /^`+/.exec(code)?.[0] ?? "";
      expect(code.endsWith(fence)).toBe(true);
      const inner = code.slice(fence.length, -fence.length);
      expect((inner.match(/`+/g) ?? []).every((run) => run.length < fence.length)).toBe(true);
      expect(inner.replaceAll("\\|", "")).not.toContain("|");
      expect(inner).not.toContain("\n");
    });
    expect(markdownCode("a`b")).toBe("``a`b``");
    expect(markdownCode("`")).toBe("`` ` ``");
    expect(markdownCode("")).toBe("` `");
    // Not `\\|`, which is a backslash and the end of a cell.
    expect(markdownCode("a\\|b|c")).toBe("`a\\u{5c}\\|b\\|c`");
  });
});

describe("for HTML", () => {
  test("no markup and no end of an attribute is left, and the text is the same to a reader", () => {
    holds((text) => {
      const escaped = escapeHtml(text);
      expect(escaped).not.toMatch(/[<>"'`]|&(?!(?:amp|lt|gt|quot|#35|#39|#96);)/);
      expect(hasHiddenCharacter(escaped)).toBe(false);
    });
    expect(escapeHtml(`<a href="x" title='y'>&</a>`)).toBe(
      "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&lt;/a&gt;",
    );
  });

  test("JSON within a script cannot end it and is the same JSON", () => {
    holds((text) => {
      const json = jsonForHtml({ text });
      expect(json).not.toMatch(/[<>&]/);
      expect(JSON.parse(json)).toEqual({ text });
    });
  });
});

describe("for JSON", () => {
  test("hidden characters are escapes, and the value is the same", () => {
    holds((text) => {
      const json = jsonText([text]);
      expect(hasHiddenCharacter(json)).toBe(false);
      expect(JSON.parse(json)).toEqual([text]);
    });
  });
});

describe("for CSV", () => {
  test("a cell is one cell and no formula", () => {
    holds((text) => {
      const cell = csvCell(text);
      expect(cell).toMatch(/^"(?:[^"]|"")*"$/);
      expect(cell).not.toMatch(/^"\s*[=+\-@|%]/);
      expect(cell).not.toMatch(/[\r\n]/);
      expect(hasHiddenCharacter(cell)).toBe(false);
    });
    expect(csvCell("=1+1")).toBe(`"'=1+1"`);
    expect(csvCell('say "hi"')).toBe('"say ""hi"""');
    expect(csvCell("\t@SUM(A1)")).toBe(`"' @SUM(A1)"`);
    expect(csvCell("＝1")).toBe(`"'＝1"`);
  });
});

describe("for a workflow command", () => {
  test("a message and a property stay within their command", () => {
    holds((text) => {
      expect(escapeWorkflowMessage(text)).not.toMatch(/[\r\n]|%(?!25|0A)/);
      expect(escapeWorkflowProperty(text)).not.toMatch(/[\r\n:,]|%(?!25|0A|3A|2C)/);
    });
    expect(escapeWorkflowProperty("a:b,c%\nd")).toBe("a%3Ab%2Cc%25%0Ad");
  });
});

describe("for a URL", () => {
  test("a part is one part, and says the same", () => {
    holds((text) => {
      if (text === "" || text === "." || text === "..") return;
      const part = escapeUrlPart(text);
      expect(part).toMatch(/^(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})+$/);
      const url = new URL(`https://gateway.example/api/${part}/end`);
      expect(url.pathname).toBe(`/api/${part}/end`);
      expect(decodeURIComponent(part)).toBe(text.replace(/\p{Cs}/gu, "\ufffd"));
    });
  });

  test("what would move in a path is a bug that says so", () => {
    for (const text of ["", ".", ".."]) expect(() => escapeUrlPart(text)).toThrow(RangeError);
  });
});

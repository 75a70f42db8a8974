import { parseRequest } from "../../lib/request/parse";
import { requestText } from "../support/request-text";
import { loadReaders, whatActs, type Readers } from "./support/acts";
import { hostileTexts } from "./support/hostile-texts";
import { loadRenderers, viewsOf, type View } from "./support/views";

const harmless = "find the orders stuck in payment";

describe("32 hostile requests", () => {
  let readers: Readers;
  const renderers = loadRenderers();
  const plain = viewsOf(renderers, harmless);

  beforeAll(async () => {
    readers = await loadReaders();
  });

  test("there are 32, and they differ", () => {
    expect(hostileTexts).toHaveLength(32);
    expect(new Set(hostileTexts.map((one) => one.text)).size).toBe(32);
  });

  test("a harmless text does nothing in any output", () => {
    const acts = plain.flatMap((view) => whatActs(view, view, readers));
    expect(acts).toEqual([]);
  });

  test.each(hostileTexts)("$acts: a text that $name does nothing in any output", ({ text }) => {
    const views = viewsOf(renderers, text);
    expect(views).toHaveLength(plain.length);
    expect(actsOf(views, plain, readers)).toEqual([]);
  });

  test.each(hostileTexts)(
    "$acts: a request file whose reason $name is read or refused in harmless words",
    ({ text }) => {
      expectHarmless(requestText({ reason: JSON.stringify(text) }));
    },
  );

  test.each(hostileTexts)("$acts: a request file whose name $name is refused in harmless words", ({ text }) => {
    const problems = expectHarmless(requestText({}, JSON.stringify(text)));
    expect(problems).toBeGreaterThan(0);
  });

  test("with the escaper taken out, at least 30 of the 32 are noticed", () => {
    const bare = withoutEscaper();
    const barePlain = viewsOf(bare, harmless);
    expect(actsOf(barePlain, barePlain, readers)).toEqual([]);
    const unnoticed = hostileTexts.filter((one) => actsOf(viewsOf(bare, one.text), barePlain, readers).length === 0);
    expect(hostileTexts.length - unnoticed.length).toBeGreaterThanOrEqual(30);
    // Every one of them, today; should one go unnoticed, its name stands here.
    expect(unnoticed.map((one) => one.name)).toEqual([]);
  });

  /** Renders what a request file says, or what is said about it; gives the number of problems. */
  function expectHarmless(file: string): number {
    const parsing = parseRequest({ file: "requests/hostile.yaml", text: file });
    if (parsing.kind === "request") {
      const { reason } = parsing.request;
      const isShown = hostileTexts.some((one) => one.text === reason);
      if (!isShown) expect(actsOf(viewsOf(renderers, reason), plain, readers)).toEqual([]);
      return 0;
    }
    const { diagnostics } = parsing;
    const views = (["text", "json", "sarif", "github"] as const).map((format): View => {
      return { name: "problems", medium: format, output: renderers.renderDiagnostics(diagnostics, { format }) };
    });
    expect(views.flatMap((view) => whatActs(view, view, readers))).toEqual([]);
    return diagnostics.length;
  }
});

function actsOf(views: readonly View[], plain: readonly View[], readers: Readers): readonly string[] {
  return views.flatMap((view, at) => whatActs(view, plain[at]!, readers));
}

/** The renderers over an escaper that gives every text back as it came. */
function withoutEscaper(): ReturnType<typeof loadRenderers> {
  const same = (text: string) => text;
  let bare: ReturnType<typeof loadRenderers> | undefined;
  jest.isolateModules(() => {
    jest.doMock("../../lib/render/escape", () => ({
      escapeTerminal: same,
      escapeMarkdown: same,
      markdownCode: (text: string) => `\`${text}\``,
      escapeHtml: same,
      csvCell: same,
      escapeWorkflowMessage: same,
      escapeWorkflowProperty: same,
      escapeUrlPart: same,
      hiddenAsJson: same,
      jsonText: (value: unknown) => JSON.stringify(value, null, 2),
      jsonForHtml: (value: unknown) => JSON.stringify(value),
    }));
    bare = loadRenderers();
  });
  jest.dontMock("../../lib/render/escape");
  if (bare === undefined) throw new Error("Expected the renderers to be loaded");
  return bare;
}

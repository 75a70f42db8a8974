import { failure, isFailure, type LeaseholdError } from "../../lib/errors";
import { renderDiagnostics } from "../../lib/render/diagnostics";
import { tellFailure } from "../../lib/cli/tell";
import type { Shell } from "../../lib/cli/shell";

/** Only what is told is looked at; the rest of a shell is not reached. */
async function told(thrown: LeaseholdError): Promise<{ readonly text: string; readonly exitCode: number }> {
  const lines: string[] = [];
  const output = { problem: (text: string) => void lines.push(text), colour: false };
  const exitCode = await tellFailure(thrown, { output } as unknown as Shell);
  return { text: lines.join("\n"), exitCode };
}

describe("an error that ends a command", () => {
  const hostile = "\u001b[2J\u202Eghost\u0007\u009b31m\u200b\n::error::x";

  test("shows what is hidden in it and lets nothing act", async () => {
    const { text } = await told(failure("E608", { summary: hostile, detail: hostile, fix: hostile }));
    expect(text).toContain("\\u{1b}[2J\\u{202e}ghost\\u{7}");
    expect(text.split("\n")).toHaveLength(3);
    // oxlint-disable-next-line no-control-regex -- they are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e]/);
  });

  test("reads like every other diagnostic and has its exit code", async () => {
    const thrown = failure("E700", { detail: "looked in /tmp and above it", fix: "run `leasehold init`" });
    expect(isFailure(thrown)).toBe(true);
    const { text, exitCode } = await told(thrown);
    expect(exitCode).toBe(3);
    expect(`${text}\n`).toBe(renderDiagnostics(thrown.diagnostics, { format: "text" }));
  });
});

import { PassThrough } from "node:stream";
import { terminalOutput } from "../../lib/cli/terminal";

function terminal(options: {
  readonly isTTY?: boolean;
  readonly quiet?: boolean;
  readonly noColor?: boolean;
  readonly environment?: Record<string, string>;
}) {
  const stdout = Object.assign(new PassThrough(), { isTTY: options.isTTY ?? false, columns: 90 });
  const stderr = Object.assign(new PassThrough(), { isTTY: options.isTTY ?? false });
  const output = terminalOutput({
    stdout,
    stderr,
    environment: options.environment ?? {},
    noColor: options.noColor ?? false,
    quiet: options.quiet ?? false,
  });
  return { output, out: () => String(stdout.read() ?? ""), err: () => String(stderr.read() ?? "") };
}

describe("the output of a process", () => {
  test("results go to stdout, all else to stderr", () => {
    const { output, out, err } = terminal({});
    output.result("the plan");
    output.progress("working");
    output.problem("broken");
    expect(out()).toBe("the plan\n");
    expect(err()).toBe("working\nbroken\n");
  });

  test("quiet keeps results and problems", () => {
    const { output, out, err } = terminal({ quiet: true });
    output.result("the plan");
    output.progress("working");
    output.problem("broken");
    expect(out()).toBe("the plan\n");
    expect(err()).toBe("broken\n");
  });

  test("a transient line is replaced on a terminal, and gone before the next line", () => {
    const { output, err } = terminal({ isTTY: true });
    expect(output.transient("1 of 2")).toBe(true);
    expect(output.transient("2 of 2")).toBe(true);
    output.progress("done");
    expect(err()).toBe("\r\u001b[K1 of 2\r\u001b[K2 of 2\r\u001b[Kdone\n");
  });

  test.each([
    ["no terminal", {}],
    ["a dumb one", { isTTY: true, environment: { TERM: "dumb" } }],
    ["a quiet run", { isTTY: true, quiet: true }],
  ])("%s takes no transient line", (_what, options) => {
    const { output, err } = terminal(options);
    expect(output.transient("1 of 2")).toBe(false);
    expect(err()).toBe("");
  });

  test.each([
    [true, { isTTY: true }],
    [false, { isTTY: false }],
    [false, { isTTY: true, noColor: true }],
    [false, { isTTY: true, environment: { NO_COLOR: "1" } }],
    [true, { isTTY: true, environment: { NO_COLOR: "" } }],
    [true, { isTTY: false, environment: { FORCE_COLOR: "1" } }],
    [false, { isTTY: true, environment: { FORCE_COLOR: "0" } }],
    [false, { isTTY: true, environment: { TERM: "dumb" } }],
  ])("colour is %s for %j", (colour, options) => {
    expect(terminal(options).output.colour).toBe(colour);
  });
});

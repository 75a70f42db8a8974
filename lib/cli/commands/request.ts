import { dirname } from "node:path";
import { exitCodeOf, failure } from "../../errors";
import type { RequestParts } from "../../workspace/write-request";
import type { CommandCall, CommandSpec } from "../command";
import { pathOption } from "../options";

/** `leasehold request`: write a request file. */
export const request: CommandSpec = {
  name: "request",
  summary: "write a request file, from options or by answering questions",
  examples: [
    ["leasehold request", "answer a few questions"],
    [
      'leasehold request --for ana@example.com --access orders-db/read --duration 2h --reason "INC-4711: stuck orders"',
      "write it at once",
    ],
    [
      'leasehold request --extend orders-inc-4711 --duration 1h --reason "INC-4711: not done yet"',
      "more time for what you have",
    ],
  ],
  formats: ["text", "json"],
  options(command) {
    command
      .option("--for <who...>", "who gets access: an e-mail, group:NAME or service:NAME")
      .option("--access <connection...>", "to what, e.g. orders-db/read")
      .option("--duration <duration>", "for how long from its start, e.g. 2h")
      .option("--start-before <time>", "start by then or not at all; 24 h from now when left out")
      .option("--start-after <time>", "not before this time")
      .option("--reason <text>", "why")
      .option("--ticket <id>", "the ticket it belongs to")
      .option("--rule <rule>", "the rule to ask under, where several match")
      .option("--name <name>", "the request's name")
      .option("--extend <grant>", "ask for more time on what this grant or request gives")
      .option("--out <file>", "the file to write; requests/NAME.yaml when left out");
  },
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    const { tellDiagnostics } = await import("../told-diagnostics.js");
    return withinWorkspace(call, async (workspace) => {
      const { draftRequest, requestFile } = await import("../../workspace/write-request.js");
      const { validatePaths } = await import("../../workspace/validate.js");
      const draft = await draftRequest(workspace, await partsOf(call));
      const out = call.options["out"] as string | undefined;
      const file = out === undefined ? requestFile(workspace, draft.request.name) : pathOption(out, call.global);
      const { files, output, clock } = call.shell;
      if ((await files.tryReadText(file, 1_048_576)) !== undefined) {
        throw failure("E705", {
          summary: "the file is there already",
          detail: file,
          fix: "give another --name or --out",
        });
      }
      await files.makeDirectory(dirname(file));
      await files.writeText(file, draft.text);
      const found = await validatePaths(call.shell, {
        directory: call.global.directory,
        paths: [file],
        asOf: clock.now(),
      });
      tellDiagnostics(call, found.diagnostics);
      const { shownPath } = await import("../../workspace/repository.js");
      const shown = shownPath(call.global.directory, file);
      output.result(
        call.global.format === "json"
          ? JSON.stringify({ requestVersion: 1, file: shown, request: draft.request })
          : [
              `Wrote ${shown}`,
              ...draft.approvals.map((line) => `  ${line}`),
              "Next: open a pull request with it, or `leasehold plan` to see what it means.",
            ].join("\n"),
      );
      return exitCodeOf(found.diagnostics);
    });
  },
};

/** What was given as options; what is missing is asked for where there is somebody to ask. */
async function partsOf(call: CommandCall): Promise<RequestParts> {
  const text = (name: string): string | undefined => call.options[name] as string | undefined;
  const list = (name: string): readonly string[] | undefined => call.options[name] as readonly string[] | undefined;
  const extend = text("extend");
  const need = async (name: string, question: string): Promise<string> =>
    text(name) ?? (await askFor(call, name, question));
  const needList = async (name: string, question: string): Promise<readonly string[]> =>
    list(name) ?? (await askFor(call, name, question)).split(/[\s,]+/).filter((part) => part !== "");
  const optional = (name: string, key: string): Record<string, string> => {
    const value = text(name);
    return value === undefined ? {} : { [key]: value };
  };
  const more = {
    ...optional("startBefore", "startBefore"),
    ...optional("startAfter", "startAfter"),
    ...optional("ticket", "ticket"),
    ...optional("rule", "rule"),
    ...optional("name", "name"),
  };
  const duration = await need("duration", "For how long, e.g. 2h? ");
  if (extend !== undefined) return { ...more, extend, duration, reason: await need("reason", "Why? ") };
  return {
    ...more,
    duration,
    for: await needList("for", "For whom (e-mail, group:NAME)? "),
    access: await needList("access", "Access to what (e.g. orders-db/read)? "),
    reason: await need("reason", "Why? "),
  };
}

async function askFor(call: CommandCall, name: string, question: string): Promise<string> {
  const answer = call.global.input ? await call.shell.ask(question) : undefined;
  if (answer !== undefined && answer.trim() !== "") return answer.trim();
  throw failure("E802", { detail: `--${name} is missing`, fix: `give it as an option: --${name}` });
}

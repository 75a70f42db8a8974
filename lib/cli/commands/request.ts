import { dirname } from "node:path";
import { exitCodeOf, failure } from "../../errors";
import type { Workspace } from "../../workspace/workspace";
import type { RequestDraft, RequestParts } from "../../workspace/write-request";
import type { CommandCall, CommandSpec } from "../command";
import { pathOption } from "../options";

/** `leasehold request`: write a request file. */
export const request: CommandSpec = {
  name: "request",
  summary: "write a request file, or open it as a pull request; from options or by answering questions",
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
    [
      'leasehold request --pull-request --for ana@example.com --access orders-db/read --duration 2h --reason "INC-4711"',
      "open it as a pull request on GitHub",
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
      .option("--out <file>", "the file to write; requests/NAME.yaml when left out")
      .option("--pull-request", "open a pull request on GitHub instead of writing the file here; needs GITHUB_TOKEN")
      .option("--draft", "open it as a draft")
      .option("--repo <owner/name>", "the repository on GitHub; GITHUB_REPOSITORY when left out");
  },
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, async (workspace) => {
      const { draftRequest, requestFile } = await import("../../workspace/write-request.js");
      const draft = await draftRequest(workspace, await partsOf(call));
      const out = call.options["out"] as string | undefined;
      const file = out === undefined ? requestFile(workspace, draft.request.name) : pathOption(out, call.global);
      if ((await call.shell.files.tryReadText(file, 1_048_576)) !== undefined) {
        throw failure("E705", {
          summary: "the file is there already",
          detail: file,
          fix: "give another --name or --out",
        });
      }
      return call.options["pullRequest"] === true
        ? openPull(call, { workspace, draft, file })
        : writeFile(call, { draft, file });
    });
  },
};

/** A drafted request and the absolute path of its file. */
interface Drafted {
  readonly draft: RequestDraft;
  readonly file: string;
}

/** Writes the file here, and says what is wrong with it. */
async function writeFile(call: CommandCall, { draft, file }: Drafted): Promise<number> {
  const { tellDiagnostics } = await import("../told-diagnostics.js");
  const { validatePaths } = await import("../../workspace/validate.js");
  const { shownPath } = await import("../../workspace/repository.js");
  const { files, output, clock } = call.shell;
  const { directory } = call.global;
  await files.makeDirectory(dirname(file));
  await files.writeText(file, draft.text);
  const found = await validatePaths(call.shell, { directory, paths: [file], asOf: clock.now() });
  tellDiagnostics(call, found.diagnostics);
  const shown = shownPath(directory, file);
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
}

/** Opens a pull request with the file; nothing is written here. */
async function openPull(
  call: CommandCall,
  { workspace, draft, file }: Drafted & { readonly workspace: Workspace },
): Promise<number> {
  const { openRequestPull } = await import("../../workspace/request-pull.js");
  const { shownPath } = await import("../../workspace/repository.js");
  const { repositoryOption } = await import("../repository-option.js");
  const { withGitHub } = await import("../with-github.js");
  const path = shownPath(workspace.repository.root, file);
  const opened = await withGitHub(call, ({ github, environment }) =>
    openRequestPull(workspace, {
      draft,
      file: path,
      github,
      repository: repositoryOption(call, environment),
      isDraft: call.options["draft"] === true,
    }),
  );
  call.shell.output.result(
    call.global.format === "json"
      ? JSON.stringify({ requestVersion: 1, file: path, request: draft.request, pull: opened })
      : [
          `Opened ${opened.url}`,
          ...draft.approvals.map((line) => `  ${line}`),
          ...opened.notAsked.map(({ reviewer, why }) => `  ! ${reviewer} was not asked to review: ${why}`),
          "Next: its comment says what becomes of it; give access back at any time with `/revoke` there.",
        ].join("\n"),
  );
  return 0;
}

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

import { exitCodes, failure, LeaseholdError, strongestExitCode, type Diagnostic } from "../../errors";
import { diagnosticsSummary, renderDiagnostics } from "../../render/diagnostics";
import { escapeWorkflowMessage } from "../../render/escape";
import { chooseCommands, type Choice } from "./choose";
import { findCredentials, harmlessEnvironment, trustedEnvironment } from "./credentials";
import { readEvent } from "./event";
import { readInputs, type ActionInputs } from "./inputs";
import { checkPlace } from "./place";
import type { ActionPorts, ProgramEnd } from "./ports";
import { outputLines, stepSummary, type ToldRun } from "./runner-files";

/**
 * One run of the Action: reads the event, runs what it asks for, and tells the runner. Gives the exit
 * code and never throws: what goes wrong is an annotation and not 0.
 */
export async function runAction(ports: ActionPorts): Promise<number> {
  try {
    return await runChosen(ports);
  } catch (thrown) {
    const told = thrown instanceof LeaseholdError ? thrown : unexpected(thrown);
    ports.print(renderDiagnostics(told.diagnostics, { format: "github" }));
    return told.exitCode;
  }
}

async function runChosen(ports: ActionPorts): Promise<number> {
  const inputs = readInputs(ports.environment);
  mask(ports, inputs);
  const choice = chooseCommands({
    event: readEvent({
      name: setByRunner(ports, "GITHUB_EVENT_NAME"),
      payload: await ports.readFile(setByRunner(ports, "GITHUB_EVENT_PATH")),
      ref: setByRunner(ports, "GITHUB_REF"),
    }),
    inputs,
    repository: repositoryOf(ports),
  });
  if (choice.kind === "nothing") {
    ports.print(`Nothing to do: ${choice.why}.\n`);
    await tell(ports, []);
    return 0;
  }
  await checkPlace(ports, inputs, choice);
  const runs: ToldRun[] = [];
  for (const args of choice.commands) {
    // oxlint-disable-next-line no-await-in-loop -- one command after the other
    runs.push(await runOne(ports, inputs, choice, args));
  }
  await tell(ports, runs);
  return strongestExitCode(runs.map((run) => run.exitCode));
}

type Chosen = Extract<Choice, { kind: "run" }>;

/** A credential that is named here never shows in the log, whoever prints it. */
function mask(ports: ActionPorts, inputs: ActionInputs): void {
  const values = [inputs.token, ...findCredentials(ports.environment).map((name) => ports.environment[name])];
  const lines = values.flatMap((value) => value?.split(/\r?\n/) ?? []).filter((line) => line.trim().length > 3);
  for (const line of new Set(lines)) ports.print(`::add-mask::${escapeWorkflowMessage(line)}\n`);
}

async function runOne(
  ports: ActionPorts,
  inputs: ActionInputs,
  choice: Chosen,
  args: readonly string[],
): Promise<ToldRun> {
  const command = args.join(" ");
  ports.print(`leasehold ${command}\n`);
  const environment =
    choice.trust === "none"
      ? harmlessEnvironment(ports.environment)
      : trustedEnvironment(ports.environment, inputs.token);
  const isReport = args.includes("json");
  // Whatever a command says, the runner takes none of it for a command of its own.
  const resume = ports.random();
  ports.print(`::stop-commands::${resume}\n`);
  const end = await ports.leasehold({
    args: ["-C", inputs.directory, ...args],
    environment,
    ...(isReport ? {} : { onText: (text) => ports.print(text) }),
  });
  const report = isReport ? tryReadReport(end.stdout) : undefined;
  const text = report === undefined ? `${end.stderr}${end.stdout}` : `${end.stderr}${words(report)}\n`;
  if (isReport) ports.print(text);
  ports.print(`\n::${resume}::\n`);
  if (report !== undefined) ports.print(renderDiagnostics(report, { format: "github" }));
  if (end.exitCode !== 0 && (report?.length ?? 0) === 0) ports.print(failed(command, end));
  // The summary is the last line of the result; only a failure has nothing but problems to say.
  const result = report === undefined && end.stdout.trim() !== "" ? end.stdout : text;
  const clean = (said: string): string => withoutSecrets(said, ports, inputs);
  return {
    command,
    exitCode: end.exitCode,
    text: clean(text),
    summary: clean(result).trimEnd().split("\n").at(-1) ?? "",
  };
}

/** What `--format json` gave; undefined when the command failed before that. */
function tryReadReport(text: string): readonly Diagnostic[] | undefined {
  try {
    const { diagnostics } = JSON.parse(text) as { readonly diagnostics?: readonly Diagnostic[] };
    return diagnostics;
  } catch {
    return undefined;
  }
}

function words(report: readonly Diagnostic[]): string {
  return `${renderDiagnostics(report, { format: "text" })}${diagnosticsSummary(report)}`;
}

function failed(command: string, end: ProgramEnd): string {
  const said = end.stderr.trim() === "" ? end.stdout : end.stderr;
  const most = said.trim().slice(0, 2_000);
  return `::error title=leasehold ${escapeTitle(command)}::${escapeWorkflowMessage(`exit code ${end.exitCode}\n${most}`)}\n`;
}

function escapeTitle(text: string): string {
  return escapeWorkflowMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** The runner masks its log; a summary and an output are files of ours. */
function withoutSecrets(text: string, ports: ActionPorts, inputs: ActionInputs): string {
  const names = findCredentials(ports.environment);
  const values = [inputs.token, ...names.map((name) => ports.environment[name])];
  return values.reduce<string>((clean, value) => {
    return value === undefined || value.length < 4 ? clean : clean.replaceAll(value, "***");
  }, text);
}

async function tell(ports: ActionPorts, runs: readonly ToldRun[]): Promise<void> {
  const random = (): string => ports.random();
  const outputs = {
    commands: runs.map((run) => run.command).join("\n"),
    "exit-code": String(strongestExitCode(runs.map((run) => run.exitCode))),
    summary: runs.map((run) => run.summary).join("\n"),
  };
  const { GITHUB_OUTPUT, GITHUB_STEP_SUMMARY } = ports.environment;
  if (GITHUB_OUTPUT !== undefined && GITHUB_OUTPUT !== "") {
    const lines = Object.entries(outputs).map(([name, value]) => outputLines(name, value, random));
    await ports.append(GITHUB_OUTPUT, lines.join(""));
  }
  if (runs.length > 0 && GITHUB_STEP_SUMMARY !== undefined && GITHUB_STEP_SUMMARY !== "") {
    await ports.append(GITHUB_STEP_SUMMARY, stepSummary(runs));
  }
}

function repositoryOf(ports: ActionPorts): string {
  const name = setByRunner(ports, "GITHUB_REPOSITORY");
  if (/^[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100}$/.test(name) && !name.startsWith("-")) return name;
  throw failure("E800", {
    detail: `GITHUB_REPOSITORY is \`${name.slice(0, 150)}\``,
    fix: "it has the form owner/name",
  });
}

function setByRunner(ports: ActionPorts, name: string): string {
  const value = ports.environment[name];
  if (value !== undefined && value !== "") return value;
  throw failure("E800", {
    detail: `${name} is not set`,
    fix: "this is the entry of a GitHub Action: on a command line, run `leasehold`",
  });
}

function unexpected(thrown: unknown): LeaseholdError {
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return failure("E900", { detail, fix: `nothing was granted by this (exit code ${exitCodes.bug})`, cause: thrown });
}

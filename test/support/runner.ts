/**
 * What a runner of GitHub Actions does around a node action: reads action.yml, sets INPUT_* and the variables of the event,
 * starts the entry, and reads its commands, outputs and summary. After actions/runner: ActionCommandManager.cs and
 * FileCommandManager.cs.
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** One step that uses the action. */
export interface ActionStep {
  /** Where action.yml lies. */
  readonly action: string;
  /** GITHUB_WORKSPACE, and where the step runs. */
  readonly workspace: string;
  readonly event: string;
  readonly payload: unknown;
  readonly with?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the runner keeps its files. */
  readonly temporary: string;
}

/** An annotation, or another command that the runner took from the step's log. */
export interface TakenCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** What the runner has of a step when it is over. */
export interface StepEnd {
  readonly exitCode: number;
  readonly commands: readonly TakenCommand[];
  readonly masks: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Lines that were no commands. */
  readonly log: string;
  /** Everything, as the action wrote it. */
  readonly raw: string;
}

interface ActionMetadata {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}

/** Runs the step to its end. */
export async function runStep(step: ActionStep): Promise<StepEnd> {
  const metadata = parse(readFileSync(join(step.action, "action.yml"), "utf8")) as ActionMetadata;
  mkdirSync(step.temporary, { recursive: true });
  const files = mkdtempSync(join(step.temporary, "step-"));
  const file = (name: string, text: string): string => {
    writeFileSync(join(files, name), text);
    return join(files, name);
  };
  const inputs = Object.entries(metadata.inputs).map(([name, { default: otherwise = "" }]) => [
    `INPUT_${name.replace(/ /g, "_").toUpperCase()}`,
    step.with?.[name] ?? otherwise,
  ]);
  const environment = {
    PATH: process.env["PATH"] ?? "",
    HOME: files,
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_EVENT_NAME: step.event,
    GITHUB_EVENT_PATH: file("event.json", JSON.stringify(step.payload)),
    GITHUB_OUTPUT: file("output", ""),
    GITHUB_STEP_SUMMARY: file("summary", ""),
    GITHUB_ENV: file("env", ""),
    GITHUB_WORKSPACE: step.workspace,
    GITHUB_REPOSITORY: "lanternworks/access",
    GITHUB_REF: "refs/heads/main",
    RUNNER_TEMP: files,
    // Every node action has this one.
    ACTIONS_RUNTIME_TOKEN: "eyJhbGciOiJSUzI1NiJ9.eyJub3QiOiJyZWFsIGF0IGFsbCJ9.bm9uZQ",
    ...Object.fromEntries(inputs),
    ...step.environment,
  };
  const child = spawn(process.execPath, [join(step.action, metadata.runs.main)], {
    cwd: step.workspace,
    env: environment,
  });
  let raw = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (raw += text));
  const exitCode = await new Promise<number>((resolve) => child.on("close", (code) => resolve(code ?? 1)));
  return {
    exitCode,
    ...readLog(raw),
    outputs: readOutputs(readFileSync(join(files, "output"), "utf8")),
    summary: readFileSync(join(files, "summary"), "utf8"),
    raw,
  };
}

/** The commands of a log, as the runner takes them: none between `stop-commands` and its token. */
export function readLog(raw: string): Pick<StepEnd, "commands" | "masks" | "log"> {
  const commands: TakenCommand[] = [];
  const lines: string[] = [];
  let resume: string | undefined;
  for (const line of raw.split(/\r?\n/)) {
    const match = /^\s*::([^\s:]+)(?: ([^:]*(?::(?!:)[^:]*)*))?::(.*)$/.exec(line);
    const [, name = "", properties = "", message = ""] = match ?? [];
    if (resume !== undefined) {
      if (name === resume) resume = undefined;
      else lines.push(line);
    } else if (match === null) lines.push(line);
    else if (name === "stop-commands") resume = message;
    else commands.push({ name, properties: readProperties(properties), message: decoded(message) });
  }
  const masks = commands.filter((one) => one.name === "add-mask").map((one) => one.message);
  return { commands: commands.filter((one) => one.name !== "add-mask"), masks, log: lines.join("\n") };
}

/** GITHUB_OUTPUT, as the runner reads it; throws where the runner would fail the step. */
export function readOutputs(text: string): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {};
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (line === "") continue;
    const heredoc = line.indexOf("<<");
    const equals = line.indexOf("=");
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      outputs[line.slice(0, equals)] = line.slice(equals + 1);
      continue;
    }
    if (heredoc < 0) throw new Error(`Invalid format '${line}'`);
    const delimiter = line.slice(heredoc + 2);
    const end = lines.indexOf(delimiter, at + 1);
    if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
    outputs[line.slice(0, heredoc)] = lines.slice(at + 1, end).join("\n");
    at = end;
  }
  return outputs;
}

function readProperties(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(",").filter((one) => one.includes("="));
  return Object.fromEntries(
    pairs.map((one) => {
      const at = one.indexOf("=");
      const value = one
        .slice(at + 1)
        .replaceAll("%3A", ":")
        .replaceAll("%2C", ",");
      return [one.slice(0, at).trim(), decoded(value)];
    }),
  );
}

function decoded(text: string): string {
  return text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}

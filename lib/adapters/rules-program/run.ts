import { existsSync, realpathSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { diagnostic, failure, LeaseholdError, type Diagnostic } from "../../errors";
import { limits as bounds } from "../../model/limits";
import type { Manifest } from "../../model/manifest";
import type { AccessRequest } from "../../model/request";
import { checkSynthesis } from "../../synth/check";
import type { GovernedConfig } from "../../synth/synthesis";
import { hostileDiagnostics, parseMessage } from "./answer";
import type { ChildTask, ProgramInput } from "./message";
import { readableEntries } from "./readable";
import { startChild, type ChildEnd, type ChildLimits } from "./spawn";

/** Which program to run, and what it may see. */
export interface RulesProgramOptions {
  /** The directory of leasehold.yaml: all that the program may read lies in it. */
  readonly repository: string;
  /** Path of the program, absolute or relative to the repository. */
  readonly app: string;
  /** The part of leasehold.yaml that the Manifest holds. */
  readonly governed: GovernedConfig;
  /** Paths that the program may not read, absolute or relative to the repository: the Log, a gateway's directory, key files. */
  readonly hidden: readonly string[];
  /** Bounds other than those of lib/model/limits.ts, for tests. */
  readonly limits?: Partial<ChildLimits>;
  /** Ends the program; then E801 is thrown. */
  readonly signal?: AbortSignal;
}

/** What a rules program gave. */
export interface RulesOutput {
  readonly manifest: Manifest;
  /** The requests that it declared in code. */
  readonly requests: readonly AccessRequest[];
  /** What it printed, for stderr; bounded, without hidden characters. */
  readonly printed: string;
  /** What it read of the repository. */
  readonly inputs: readonly ProgramInput[];
}

/** A rules program failed; what it printed until then is often the best clue. */
export class RulesProgramError extends LeaseholdError {
  constructor(
    diagnostics: readonly Diagnostic[],
    /** Bounded, without hidden characters. */
    readonly printed: string,
  ) {
    super(diagnostics);
  }
}

/**
 * Runs a rules program in a child process: with an empty environment, bounds on time, memory and output,
 * under Node's permission model. What comes back is checked like a stranger's. Throws E200 with
 * file, line and column when the program fails, E201 at a bound, E202 and E203 as the constructs do, E204
 * when the answer is no Manifest, E703 for a program outside of the repository.
 */
export async function runRulesProgram(options: RulesProgramOptions): Promise<RulesOutput> {
  const task = taskFor(options);
  const limits: ChildLimits = { ...defaultLimits, ...options.limits };
  const end = await startChild({
    entry: childEntry(),
    task,
    limits,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  const message = messageOf(end, limits, options);
  if (message.kind === "failure") throw new RulesProgramError(hostileDiagnostics(message, task), end.printed);
  const { manifest, requests } = checkSynthesis({
    manifest: message.manifest,
    requests: message.requests,
    governed: options.governed,
  });
  return { manifest, requests, printed: end.printed, inputs: message.inputs };
}

const defaultLimits: ChildLimits = {
  ms: bounds.rulesProgramMs,
  memoryMiB: bounds.rulesProgramMemoryMiB,
  outputBytes: bounds.rulesProgramOutputBytes,
  resultBytes: 2 * bounds.manifestBytes,
};

function taskFor(options: RulesProgramOptions): ChildTask {
  const repository = realpathSync(options.repository);
  const given = resolve(repository, options.app);
  const app = existsSync(given) ? realpathSync(given) : undefined;
  if (app === undefined) {
    throw failure("E200", {
      detail: `there is no file ${options.app}`,
      fix: "correct `app:` in leasehold.yaml, or write the program there",
    });
  }
  const within = relative(repository, app);
  if (within.startsWith(`..${sep}`) || isAbsolute(within)) {
    throw failure("E703", { detail: `the rules program is ${app}`, fix: "move it into the repository" });
  }
  const hidden = options.hidden.map((path) => resolve(repository, path));
  return { repository, app, readable: readableEntries({ repository, hidden }), governed: options.governed };
}

/** In a checkout that runs from its sources (jest, tsx) the built child is taken: Node can't start the other. */
function childEntry(): string {
  const beside = join(__dirname, "child.js");
  return existsSync(beside) ? beside : resolve(__dirname, "../../../dist/lib/adapters/rules-program/child.js");
}

function messageOf(end: ChildEnd, limits: ChildLimits, options: RulesProgramOptions): ReturnType<typeof parseMessage> {
  switch (end.kind) {
    case "answered":
      return parseMessage(end.text);
    case "stopped":
      throw new RulesProgramError([stopped(end.at, limits)], end.printed);
    case "aborted":
      throw failure("E801", { detail: "the rules program was ended", fix: "run the command again" });
    case "died":
      throw new RulesProgramError(
        [
          diagnostic("E200", {
            detail: `${options.app} ended without a result (${end.how})`,
            fix: "let the program run to its end without ending its process",
          }),
        ],
        end.printed,
      );
  }
}

function stopped(at: "time" | "memory" | "output" | "result", limits: ChildLimits): Diagnostic {
  const kibibytes = (bytes: number): string => `${Math.round(bytes / 1024)} KiB`;
  const told = {
    time: [`it ran longer than ${limits.ms / 1000} s`, "look for a loop that does not end, or a timer left running"],
    memory: [`it took more than ${limits.memoryMiB} MiB of memory`, "look for a list that grows without end"],
    output: [`it printed more than ${kibibytes(limits.outputBytes)}`, "print less"],
    result: [`its Manifest is larger than ${kibibytes(limits.resultBytes)}`, "declare fewer things in one program"],
  } as const;
  const [detail, fix] = told[at];
  return diagnostic("E201", { detail, fix });
}

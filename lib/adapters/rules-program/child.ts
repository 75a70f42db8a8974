/**
 * The process that runs one rules program: reads its task from standard input, runs the program, and
 * writes one message to file descriptor 3. Started by `runRulesProgram` with an empty environment and
 * under Node's permission model; see `confine` for what holds it.
 */
import * as constructs from "constructs";
import { readFileSync, writeSync } from "node:fs";
import { AccessApp, onAppCreated, onDeclared } from "../../constructs";
import { failure, type LeaseholdError } from "../../errors";
import * as leasehold from "../../index";
import { synthesize } from "../../synth";
import { allowedBuiltins } from "./builtins";
import { confine } from "./confine";
import { explain } from "./explain";
import { guardedFiles } from "./guarded-files";
import { InputNotes } from "./inputs";
import { Loader } from "./loader";
import { resultDescriptor, type ChildMessage, type ChildTask } from "./message";

run(JSON.parse(readFileSync(0, "utf8")) as ChildTask);

function run(task: ChildTask): void {
  const { repository, readable, app } = task;
  const real = process;
  const notes = new InputNotes(repository);
  const files = guardedFiles({ repository, readable, notes });
  const apps: AccessApp[] = [];
  const declaredAt = new Map<string, Error>();
  onAppCreated((one) => apps.push(one));
  onDeclared((one) => declaredAt.set(one.node.path, hereAndNow()));
  const confined = confine(repository);
  const builtins = allowedBuiltins({ fs: files.module, "fs/promises": files.promises, ...confined });
  const packages = new Map<string, unknown>([
    ["leasehold", leasehold],
    ["constructs", constructs],
  ]);
  const loader = new Loader({ files, builtins, packages });
  const end = (message: ChildMessage): never => {
    say(message);
    return real.exit(0);
  };
  const fail = (thrown: unknown): never =>
    end({ kind: "failure", diagnostics: explain(thrown, { repository, sources: loader.sources, declaredAt }) });
  real.on("uncaughtException", fail);
  real.on("unhandledRejection", fail);
  Error.stackTraceLimit = 50;
  try {
    const exported = loader.load(app);
    // Only then has everything that the program started come to its end.
    real.once("beforeExit", () => {
      try {
        const synthesis = synthesize(findApp(exported, apps), task.governed);
        end({ kind: "synthesis", ...synthesis, inputs: notes.all });
      } catch (error) {
        fail(error);
      }
    });
  } catch (error) {
    fail(error);
  }
}

/** Where we are, for later: V8 takes the frames now and makes a text of them only when somebody reads it. */
function hereAndNow(): Error {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 10;
  const here = new Error("declared here");
  Error.stackTraceLimit = limit;
  return here;
}

/** The app that is exported as `app` or by default, else the only one made. */
function findApp(exported: unknown, apps: readonly AccessApp[]): AccessApp {
  const exports: Readonly<Record<string, unknown>> =
    typeof exported === "object" && exported !== null ? { ...exported } : {};
  const named = [exports["app"], exports["default"]].filter((one) => one !== undefined);
  const chosen = named.find((one): one is AccessApp => one instanceof AccessApp);
  if (chosen !== undefined) return chosen;
  const [only, ...others] = apps;
  if (only !== undefined && others.length === 0) return only;
  throw noApp(apps.length, named);
}

function noApp(made: number, named: readonly unknown[]): LeaseholdError {
  if (made > 1) {
    return failure("E200", {
      detail: `the rules program made ${made} AccessApps`,
      fix: "export the one that counts: `export const app = new AccessApp(…)`",
    });
  }
  const seen = named.length === 0 ? "" : `; what it exports is a ${typeof named[0]}`;
  return failure("E200", {
    detail: `the rules program made no AccessApp${seen}`,
    fix: "make one: `export const app = new AccessApp({ policyApproval: … })`",
  });
}

function say(message: ChildMessage): void {
  const bytes = Buffer.from(JSON.stringify(message), "utf8");
  for (let at = 0; at < bytes.length;) at += writeSync(resultDescriptor, bytes, at);
}

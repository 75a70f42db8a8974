import { Console } from "node:console";
import { writeSync } from "node:fs";
import type { Writable } from "node:stream";

/** Thrown where a rules program calls `process.exit`. */
export class ExitCalled extends Error {
  override readonly name = "ExitCalled";
}

/** What stands for `process` and `console` in a rules program. */
export interface Confined {
  readonly process: object;
  readonly console: object;
}

/**
 * Takes away from the global scope what reaches out of this process, and puts a `process` and a
 * `console` in its place that reach nothing: the real ones lead to every module of Node.
 *
 * What holds a rules program, from outside in: it runs where no credential is; in a process of its own
 * with an empty environment, ended at its limits; under Node's permission model, which denies files outside the
 * repository, writing, child processes, threads and addons, and from Node 25 on the network; without code from
 * strings; and with only the modules and globals left here. Not covered: before Node 25 the network is
 * closed by this list alone, which a program that finds a way to Node's inner objects gets round; and
 * memory outside of V8's heap is bounded on Linux only, by looking.
 */
export function confine(repository: string): Confined {
  const confined = { process: confinedProcess(repository), console: confinedConsole() };
  for (const name of forbiddenGlobals) Reflect.deleteProperty(globalThis, name);
  for (const [name, value] of Object.entries(confined)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
  return confined;
}

const forbiddenGlobals = [
  "fetch",
  "WebSocket",
  "EventSource",
  "WebAssembly",
  "BroadcastChannel",
  "localStorage",
  "sessionStorage",
  "navigator",
];

function confinedProcess(repository: string): object {
  const { version, versions, platform, arch, nextTick } = process;
  const stream = (descriptor: 1 | 2): object => ({ write: (text: unknown) => print(descriptor, text), isTTY: false });
  const self: object = {
    title: "rules program",
    env: {},
    argv: [],
    execArgv: [],
    version,
    versions: { ...versions },
    platform,
    arch,
    exitCode: undefined,
    stdout: stream(1),
    stderr: stream(2),
    cwd: () => repository,
    nextTick: (task: (...args: unknown[]) => void, ...args: unknown[]) => nextTick(() => task(...args)),
    emitWarning: (warning: unknown) => print(2, `${String(warning)}\n`),
    on: () => self,
    once: () => self,
    off: () => self,
    exit: (code: unknown) => {
      throw new ExitCalled(`the rules program called process.exit(${code === undefined ? "" : String(code)})`);
    },
  };
  return self;
}

/** Node's own console, on streams that are nothing but a way to print. */
function confinedConsole(): object {
  const stream = (descriptor: 1 | 2): Writable =>
    ({ write: (text: unknown) => print(descriptor, text) }) as unknown as Writable;
  // Errors are left to the stream, which has none: else it would be asked to be an emitter, too.
  return new Console({ stdout: stream(1), stderr: stream(2), colorMode: false, ignoreErrors: false });
}

function print(descriptor: 1 | 2, text: unknown): boolean {
  try {
    if (text instanceof Uint8Array) writeSync(descriptor, text);
    else writeSync(descriptor, String(text));
  } catch {
    // Nobody reads any more: the parent is about to end this process.
  }
  return true;
}

/**
 * A test GitHub as a process of its own: `node --import tsx process.ts [OPTIONS-AS-JSON]`. Prints its URL when it listens;
 * SIGTERM closes it. Tests talk to it with `spawnGitHub` or, once they have its URL, `connectGitHub`.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { type GitHubOptions, type GitHubScript, startGitHub, type TestGitHub } from "./start";
import type { Addresses } from "./world/world";

/** A test GitHub in another process; `close` ends that process. */
export interface GitHubProcess extends TestGitHub {
  readonly child: ChildProcess;
}

/** Starts one and waits until it listens; rejects with what it said when it does not. */
export async function spawnGitHub(options: Omit<GitHubOptions, "clock"> = {}): Promise<GitHubProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", __filename, JSON.stringify(options)], {
    stdio: ["pipe", "pipe", "pipe"],
    cwd: `${__dirname}/../../..`,
  });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += String(chunk)));
  const gone = once(child, "exit");
  const line = once(createInterface(child.stdout), "line") as Promise<[string]>;
  const first = await Promise.race([line, gone.then(() => undefined)]);
  if (first === undefined) throw new Error(`The test GitHub did not start: ${errors}`);
  const close = async () => {
    child.kill("SIGTERM");
    await gone;
  };
  return (await remote(first[0], { child, close })) as GitHubProcess;
}

/** Talks to a test GitHub that runs at a URL; `close` lets go of it and does not end it. */
export function connectGitHub(url: string): Promise<TestGitHub> {
  return remote(url, { close: async () => undefined });
}

async function remote(url: string, own: Pick<TestGitHub, "close"> & Partial<GitHubProcess>): Promise<TestGitHub> {
  const act = async (action: string, fact: unknown): Promise<unknown> => {
    const answer = await fetch(`${url}/_control`, { method: "POST", body: JSON.stringify({ action, fact }) });
    const { value, error } = (await answer.json()) as { readonly value?: unknown; readonly error?: string };
    if (error !== undefined) throw new Error(error);
    return value;
  };
  const addresses = (await act("addresses", undefined)) as Addresses;
  const known: Readonly<Record<string, unknown>> = { ...addresses, url, ...own };
  return new Proxy(known as unknown as TestGitHub, {
    get: (_target, name) => {
      // A promise looks for `then` in what it is given.
      if (typeof name !== "string" || name === "then") return undefined;
      return Object.hasOwn(known, name) ? known[name] : (fact: unknown) => act(name as keyof GitHubScript, fact);
    },
  });
}

async function main(options: GitHubOptions): Promise<void> {
  const github = await startGitHub(options);
  const close = () => void github.close().then(() => process.exit(0));
  process.once("SIGTERM", close);
  // The pipe ends with the test that started this process, however that one ended.
  process.stdin.once("end", close).resume();
  process.stdout.write(`${github.url}\n`);
}

if (require.main === module) {
  main(JSON.parse(process.argv[2] ?? "{}") as GitHubOptions).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
}

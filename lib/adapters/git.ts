import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Git, GitFetch } from "../ports";
import { privateDirectory } from "./git-cache-directory";
import { gitEnvironment } from "./git-environment";
import { readRemote, remoteName, withoutCredentials, type CheckoutRemote, type GitPlace } from "./git-remote";
import { runGit } from "./git-run";

export type { GitPlace } from "./git-remote";

/** Git's program on this machine, for one remote of a checkout. */
export function systemGit(place: GitPlace): Git {
  let remote: Promise<CheckoutRemote> | undefined;
  const known = (): Promise<CheckoutRemote> => (remote ??= readRemote(place));

  async function run(
    call: {
      readonly directory: string;
      readonly input?: Uint8Array;
      readonly maxBytes: number;
      readonly timeoutMs: number;
    },
    args: readonly string[],
    directories: Readonly<Record<string, string>>,
  ) {
    const { settings, secrets } = await known();
    return runGit({
      args,
      directory: place.root,
      environment: { ...gitEnvironment(place.environment, settings), ...directories },
      ...(call.input === undefined ? {} : { input: call.input }),
      maxBytes: call.maxBytes,
      timeoutMs: call.timeoutMs,
      redact: (text) => redacted(text, secrets),
    });
  }

  return {
    remote: remoteName,
    async findRemote() {
      const { address, id } = await known();
      return { address, directory: join(privateDirectory(place), `git-${id}`) };
    },
    run: (call) => run(call, call.args, { GIT_DIR: call.directory }),
    fetch: (call) =>
      withPrivateDirectory(call.directory, async (directory) => {
        const args = ["fetch", ...call.options, "--end-of-options", remoteName, ...call.refs.map(refspec)];
        const answer = await run(call, args, { GIT_DIR: directory });
        return { ...answer, refs: answer.status === 0 ? await fetchedRefs(directory) : new Map() } satisfies GitFetch;
      }),
  };
}

/** Refs of a worktree of its own: what a fetch notes there is seen by no other run, and goes with the directory. */
function refspec(ref: string, n: number): string {
  const [before = "", star] = ref.split("*");
  return star === undefined && !ref.includes("*") ? `+${ref}:refs/worktree/${n}` : `+${before}*:refs/worktree/${n}/a*`;
}

/** Work in a directory that stands to a repository as a worktree's does: it shares all but what a fetch notes. */
async function withPrivateDirectory<T>(repository: string, work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "leasehold-git-"));
  try {
    await writeFile(join(directory, "commondir"), `${repository}\n`);
    await writeFile(join(directory, "HEAD"), "ref: refs/heads/none\n");
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** What a fetch has seen, as git notes it: `<id> TAB [not-for-merge] TAB '<ref>' of <address>`. */
async function fetchedRefs(directory: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(join(directory, "FETCH_HEAD"), "utf8").catch(() => "");
  const refs = new Map<string, string>();
  for (const line of text.split("\n")) {
    const match = /^([0-9a-f]{40,64})\t[a-z-]*\t'(refs\/[^']+)'/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) refs.set(match[2], match[1]);
  }
  return refs;
}

function redacted(text: string, secrets: readonly string[]): string {
  let shown = withoutCredentials(text);
  for (const secret of secrets) shown = shown.replaceAll(secret, "***");
  return shown;
}

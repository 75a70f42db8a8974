import { failure } from "../errors";
import type { Instant } from "../model/instant";
import { limits } from "../model/limits";
import type { LogState } from "../model/log-state";
import { findOver } from "../policy";
import { loadRequests } from "../request";
import type { Workspace } from "./workspace";

/** A request file that is over, and where it goes. */
export interface OverFile {
  readonly request: string;
  /** Path relative to the repository, with `/`. */
  readonly path: string;
  /** Where it is kept; undefined when it is deleted. */
  readonly to?: string;
  readonly text: string;
  /** Why it is over. */
  readonly why: string;
  /** When the last of its Grants ended; absent where none ever began. */
  readonly endedAt?: Instant;
}

/** What to do with files that are over. */
export interface TidyOptions {
  /** Delete them instead of keeping them under `archive/`. */
  readonly isDelete: boolean;
}

/** The most files that one tidying moves: a pull request that somebody can look through. */
export const mostTidied = 200;

/**
 * Finds the request files that only lie there: everything they gave has ended, and they can give
 * nothing more. Reads only. Throws E305 without a policy, and what reading the Log throws.
 */
export async function findOverFiles(workspace: Workspace, options: TidyOptions): Promise<readonly OverFile[]> {
  const policy = await workspace.tryPolicyInForce();
  if (policy === undefined) {
    throw failure("E305", { fix: "`leasehold policy accept` makes the rules of the working tree the policy" });
  }
  const { ports, repository, installation } = workspace;
  const tree = ports.tree(repository.root);
  const { requests } = await loadRequests({ tree, glob: repository.config.requests });
  const { state } = await workspace.log();
  const over = findOver(
    requests.map(({ request }) => request),
    { installation, manifest: policy.manifest, state, asOf: ports.clock.now() },
  );
  const found: OverFile[] = [];
  for (const { request, file, text } of requests) {
    const why = over.get(request.name);
    if (why === undefined || found.length === mostTidied) continue;
    const to = options.isDelete ? {} : { to: await freePlace(file, (path) => isThere(tree, path)) };
    const endedAt = lastEnd(state, request.name);
    found.push({ request: request.name, path: file, ...to, text, why, ...(endedAt === undefined ? {} : { endedAt }) });
  }
  return found;
}

function lastEnd({ grants }: LogState, request: string): Instant | undefined {
  const ended = [...grants.values()].filter(({ facts }) => facts.request === request);
  return ended
    .flatMap(({ endedAt }) => endedAt ?? [])
    .toSorted()
    .at(-1);
}

const mostTries = 1000;

/** `requests/a.yaml` goes to `archive/requests/a.yaml`, with a number where that is taken. */
async function freePlace(file: string, isTaken: (path: string) => Promise<boolean>): Promise<string> {
  const [, stem = file, ending = ""] = /^(.*?)(\.[^./]+)?$/.exec(file) ?? [];
  for (let count = 1; count <= mostTries; count++) {
    const path = `archive/${stem}${count === 1 ? "" : `-${count}`}${ending}`;
    if (!(await isTaken(path))) return path;
  }
  throw failure("E705", {
    summary: "there is no free name in archive/",
    detail: `archive/${file} and ${mostTries - 1} names like it are taken`,
    fix: "empty archive/, or `leasehold tidy --delete`",
  });
}

async function isThere(tree: ReturnType<Workspace["ports"]["tree"]>, path: string): Promise<boolean> {
  return (await tree.tryRead(path, limits.requestFileBytes)) !== undefined;
}

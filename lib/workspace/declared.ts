import { governedConfig } from "../config";
import { diagnostic, type Diagnostic, isFailure } from "../errors";
import type { Digest } from "../model/canonical";
import { manifestDigest, type Manifest } from "../model/manifest";
import type { AccessRequest, RequestSet } from "../model/request";
import { loadRequests, type LoadedRequest, type LoadedRequests } from "../request";
import type { RulesRequest, WorkspacePorts } from "./ports";
import type { Repository } from "./repository";

/** What the working tree says: its rules and its requests. */
export interface Declared {
  /** Absent when the rules program failed: `diagnostics` says why. */
  readonly rules?: { readonly manifest: Manifest; readonly digest: Digest };
  /** Requests of files and of constructs, sorted by name; without those that have errors. */
  readonly requests: RequestSet;
  /** The request files that could be read, for places of what is wrong with them. */
  readonly sources: readonly LoadedRequest[];
  /** How many request files were found. */
  readonly files: number;
  /** Everything that is wrong with files and rules taken by themselves. */
  readonly diagnostics: readonly Diagnostic[];
  /** What the rules program printed. */
  readonly printed: string;
}

/** How to read the working tree. */
export interface DeclaredOptions {
  /** Take the last synthesis when no file of the rules has changed: for looking only. */
  readonly useLastSynthesis?: boolean;
}

/**
 * Reads the rules and the requests of a working tree. One problem hides no other: what is wrong comes
 * back as diagnostics, together.
 */
export async function readDeclared(
  ports: WorkspacePorts,
  repository: Repository,
  options: DeclaredOptions = {},
): Promise<Declared> {
  const [{ rules, constructs, printed, diagnostics }, loaded] = await Promise.all([
    // The program runs in a process of its own while this one reads the requests.
    readRules(ports, repository, options),
    readRequests(ports, repository),
  ]);
  const all = joinRequests(loaded.requests, constructs);
  return {
    ...(rules === undefined ? {} : { rules }),
    requests: { requests: all.requests },
    sources: loaded.requests,
    files: loaded.files,
    diagnostics: [...diagnostics, ...loaded.diagnostics, ...all.diagnostics],
    printed,
  };
}

async function readRequests(ports: WorkspacePorts, { root, config }: Repository): Promise<LoadedRequests> {
  const parsing = await ports.parsing?.(root);
  return loadRequests({ tree: ports.tree(root), glob: config.requests, ...parsing });
}

/** What the rules program says, or what is wrong with it. */
export interface DeclaredRules {
  readonly rules?: { readonly manifest: Manifest; readonly digest: Digest };
  readonly constructs: readonly AccessRequest[];
  readonly printed: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Runs the rules program of a working tree; what is wrong with it comes back as diagnostics. */
export async function readRules(
  ports: WorkspacePorts,
  repository: Repository,
  options: DeclaredOptions = {},
): Promise<DeclaredRules> {
  const request = rulesRequest(ports, repository);
  try {
    const last = options.useLastSynthesis === true ? await ports.tryReadRules(request) : undefined;
    const { manifest, requests, printed } = last ?? (await ports.runRules(request));
    return {
      rules: { manifest, digest: manifestDigest(manifest) },
      constructs: requests,
      printed,
      diagnostics: [],
    };
  } catch (thrown) {
    if (!isFailure(thrown, "input")) throw thrown;
    return { constructs: [], printed: "", diagnostics: thrown.diagnostics };
  }
}

/** What the rules program is run with: the same wherever it is run. */
export function rulesRequest(ports: Pick<WorkspacePorts, "signal">, repository: Repository): RulesRequest {
  const { config, root } = repository;
  return {
    repository: root,
    app: config.app,
    governed: governedConfig(config),
    hidden: hiddenPaths(repository),
    signal: ports.signal,
  };
}

/** What no program of the repository may read: the Log, the directories of embedded gateways, files with keys. */
function hiddenPaths({ config }: Repository): string[] {
  const paths: string[] = config.log.store === "file" ? [config.log.path] : [];
  for (const gateway of Object.values(config.gateways)) {
    if (gateway.provider === "embedded") paths.push(gateway.directory);
    if (gateway.provider === "memory") continue;
    for (const ref of [gateway.keys?.write, gateway.keys?.observe]) {
      const file = /^\$\{file:(.+)\}$/.exec(ref ?? "")?.[1];
      if (file !== undefined) paths.push(file);
    }
  }
  return [...new Set(paths)].sort();
}

/** Requests of files and of constructs together; a name that both have is an error at the file. */
function joinRequests(
  files: readonly LoadedRequest[],
  constructs: readonly AccessRequest[],
): { readonly requests: readonly AccessRequest[]; readonly diagnostics: readonly Diagnostic[] } {
  const byConstruct = new Map(constructs.map((request) => [request.name, request]));
  const diagnostics = files
    .filter(({ request }) => byConstruct.has(request.name))
    .map(({ request, file }) =>
      diagnostic("E106", {
        detail: `\`${request.name}\` is a construct of the rules, too`,
        fix: "give one of the two another name",
        where: { file, line: 1, column: 1, length: 1 },
      }),
    );
  const only = files.filter(({ request }) => !byConstruct.has(request.name)).map(({ request }) => request);
  const requests = [...only, ...constructs].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return { requests, diagnostics };
}

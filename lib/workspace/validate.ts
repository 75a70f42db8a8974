import { join, relative, resolve } from "node:path";
import { diagnostic, failure, type Diagnostic } from "../errors";
import type { Instant } from "../model/instant";
import { limits } from "../model/limits";
import type { Manifest } from "../model/manifest";
import type { SourceTree } from "../ports";
import { loadFile, loadRequests, type LoadedRequest } from "../request";
import { checkRequests } from "../validate";
import { checkCommittedManifest } from "./committed-manifest";
import { readDeclared, readRules, type Declared, type DeclaredOptions } from "./declared";
import type { WorkspacePorts } from "./ports";
import { configFileName, mostConfigRead, openRepository, shownPath, type Repository } from "./repository";

/** What to validate. */
export interface ValidateInput {
  /** Where the user is, absolute. */
  readonly directory: string;
  readonly configFile?: string;
  /** Request files, directories of them, or directories of access repositories; none means all of this repository. */
  readonly paths: readonly string[];
  readonly asOf: Instant;
  /** A Git revision: requests that it has already are not held to today's limits. */
  readonly base?: string;
}

/** What validation found. */
export interface Validation {
  readonly diagnostics: readonly Diagnostic[];
  /** How many request files were looked at. */
  readonly requests: number;
}

/** Checks requests and rules by themselves and against each other; opens no Log and no gateway. */
export async function validatePaths(ports: WorkspacePorts, input: ValidateInput): Promise<Validation> {
  const { repositories, files } = await sortPaths(ports, input);
  const found: Validation[] = [];
  for (const where of repositories) found.push(await validateRepository(ports, where, input, undefined));
  if (files.length > 0) found.push(await validateRepository(ports, here(input), input, files));
  return {
    diagnostics: found.flatMap((one) => one.diagnostics),
    requests: found.reduce((sum, one) => sum + one.requests, 0),
  };
}

interface Where {
  readonly directory: string;
  readonly configFile?: string;
}

function here(input: ValidateInput): Where {
  return {
    directory: input.directory,
    ...(input.configFile === undefined ? {} : { configFile: input.configFile }),
  };
}

async function sortPaths(
  ports: WorkspacePorts,
  input: ValidateInput,
): Promise<{ readonly repositories: readonly Where[]; readonly files: readonly string[] }> {
  if (input.paths.length === 0) return { repositories: [here(input)], files: [] };
  const repositories: Where[] = [];
  const files: string[] = [];
  for (const path of input.paths) {
    const absolute = resolve(input.directory, path);
    const config = join(absolute, configFileName);
    const isRepository = (await ports.files.tryReadText(config, mostConfigRead)) !== undefined;
    if (isRepository) repositories.push({ directory: absolute });
    else files.push(absolute);
  }
  return { repositories, files };
}

async function validateRepository(
  ports: WorkspacePorts,
  where: Where,
  input: ValidateInput,
  only: readonly string[] | undefined,
): Promise<Validation> {
  const repository = await openRepository(ports, where);
  const options = { useLastSynthesis: true };
  const seen =
    only === undefined
      ? await seeAll(ports, repository, options)
      : await seeSome(ports, repository, { ...options, paths: only });
  const old = await namesAtBase(ports, repository, input);
  const checked =
    seen.manifest === undefined
      ? []
      : checkRequests({
          requests: seen.requests,
          manifest: seen.manifest,
          asOf: input.asOf,
          isNew: (name) => !old.has(name),
          app: repository.config.app,
        });
  const all = [...seen.diagnostics, ...checked];
  return { diagnostics: all.map((one) => shownFrom(one, input.directory, repository)), requests: seen.files };
}

interface Seen {
  readonly manifest?: Manifest;
  readonly requests: readonly LoadedRequest[];
  readonly files: number;
  readonly diagnostics: readonly Diagnostic[];
}

async function seeAll(ports: WorkspacePorts, repository: Repository, options: DeclaredOptions): Promise<Seen> {
  const declared = await readDeclared(ports, repository, options);
  return {
    ...(declared.rules === undefined ? {} : { manifest: declared.rules.manifest }),
    requests: declared.sources,
    files: declared.files,
    diagnostics: [
      ...declared.diagnostics,
      ...nothingFound(repository, declared),
      ...(await committedManifestNote(ports, repository, declared)),
    ],
  };
}

/** Where approvals are on GitHub, the Manifest is committed: a stale one is said here, and is an error for `synth --check`. */
async function committedManifestNote(
  ports: WorkspacePorts,
  repository: Repository,
  { rules }: Declared,
): Promise<readonly Diagnostic[]> {
  if (repository.config.approvals !== "github" || rules === undefined) return [];
  const fault = await checkCommittedManifest(ports, repository, rules.manifest);
  return fault === undefined ? [] : [{ ...fault, severity: "warning" }];
}

/** Only the named files, and what the glob takes in the named directories: the rest is not read. */
async function seeSome(
  ports: WorkspacePorts,
  repository: Repository,
  options: DeclaredOptions & { readonly paths: readonly string[] },
): Promise<Seen> {
  const tree = ports.tree(repository.root);
  const rules = await readRules(ports, repository, options);
  const requests: LoadedRequest[] = [];
  const diagnostics: Diagnostic[] = [...rules.diagnostics];
  let files = 0;
  for (const path of options.paths) {
    const file = pathWithin(repository, path);
    const isDirectory = (await tree.list(file)).length > 0;
    const found = isDirectory ? await loadBelow(tree, repository, file) : await loadNamed(tree, file);
    requests.push(...found.requests);
    diagnostics.push(...found.diagnostics);
    files += found.files;
  }
  const { rules: synthesised } = rules;
  return { ...(synthesised === undefined ? {} : { manifest: synthesised.manifest }), requests, files, diagnostics };
}

async function loadNamed(tree: SourceTree, file: string): Promise<Seen> {
  const one = loadFile(file, await tree.tryRead(file, limits.requestFileBytes));
  return one.kind === "loaded"
    ? { requests: [one.loaded], files: 1, diagnostics: [] }
    : { requests: [], files: 1, diagnostics: one.diagnostics };
}

async function loadBelow(tree: SourceTree, repository: Repository, directory: string): Promise<Seen> {
  const all = await loadRequests({ tree, glob: repository.config.requests });
  const isBelow = (file: string): boolean => file.startsWith(`${directory}/`);
  const requests = all.requests.filter(({ file }) => isBelow(file));
  const diagnostics = all.diagnostics.filter(({ where }) => where !== undefined && isBelow(where.file));
  const withProblems = new Set(diagnostics.flatMap(({ where }) => where?.file ?? []));
  return { requests, files: requests.length + withProblems.size, diagnostics };
}

function pathWithin(repository: Repository, path: string): string {
  const within = relative(repository.root, path).split("\\").join("/");
  if (within !== ".." && !within.startsWith("../") && within !== "") return within;
  throw failure("E703", {
    detail: `${path} is not in ${repository.root}`,
    fix: "name files of this access repository, or another repository's directory",
  });
}

/** A repository that has no request at all may have a wrong glob: said, but no error. */
function nothingFound(repository: Repository, declared: Declared): readonly Diagnostic[] {
  if (declared.files > 0 || declared.requests.requests.length > 0) return [];
  return [
    diagnostic("E111", {
      severity: "warning",
      detail: `nothing matches \`${repository.config.requests}\``,
      fix: "check `requests:` in leasehold.yaml, or write one with `leasehold request`",
    }),
  ];
}

async function namesAtBase(
  ports: WorkspacePorts,
  repository: Repository,
  input: ValidateInput,
): Promise<ReadonlySet<string>> {
  if (input.base === undefined) return new Set();
  const tree = await ports.treeAt(repository.root, input.base);
  const { requests } = await loadRequests({ tree, glob: repository.config.requests });
  return new Set(requests.map(({ request }) => request.name));
}

function shownFrom(one: Diagnostic, directory: string, repository: Repository): Diagnostic {
  if (one.where === undefined) return one;
  const file = shownPath(directory, join(repository.root, one.where.file));
  return { ...one, where: { ...one.where, file } };
}

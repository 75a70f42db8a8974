import { createHash } from "node:crypto";
import { writeTemporaryTree } from "../adapters/temporary-tree";
import { parseConfig } from "../config";
import { failure, LeaseholdError } from "../errors";
import { readFiles, type CommitFile, type GitHub, type RepositoryName } from "../github";
import { canonicalJson, digestOfText } from "../model/canonical";
import type { Config } from "../model/config";
import { committedManifestPath, type Manifest } from "../model/manifest";
import type { Snapshot } from "../model/snapshot";
import { isGoverned } from "../request";
import { tryFindManifestFault } from "./committed-manifest";
import { rulesRequest } from "./declared";
import type { WorkspacePorts } from "./ports";
import { configFileName } from "./repository";
import { requestsGlob } from "./requests-glob";

/** The policy that a merge brings. */
export interface MergedPolicy {
  readonly manifest: Manifest;
  /** Its governed files as canonical JSON. */
  readonly governed: string;
  /** Names of requests that its program declares: they are not taken over where approvals are on GitHub. */
  readonly constructs: readonly string[];
}

/**
 * Makes the Manifest of a merge by running the commit's own rules program: its governed files are read from
 * GitHub by their ids into a directory of their own, and the program runs there in the confined child.
 * Throws E205 where it is not the committed Manifest, which is what was reviewed, and E406 where the
 * commit's files cannot all be had.
 */
export async function readMergedPolicy(
  ports: WorkspacePorts,
  from: { readonly github: GitHub; readonly repository: RepositoryName; readonly snapshot: Snapshot },
): Promise<MergedPolicy> {
  const { github, repository, snapshot } = from;
  const { subject, requestsGlob: requests, installation } = snapshot;
  const glob = requestsGlob({ requests });
  const files = await readFiles(github, repository, subject.sha, (path) => isGoverned(path, glob));
  const governed = governedList(files);
  if (digestOfText(governed) !== subject.governed) throw notWhole(subject.sha);
  const tree = await writeTemporaryTree(new Map([...files].map(([path, file]) => [path, file.bytes])));
  try {
    const config = configOf(files, installation);
    const { manifest, requests: constructs } = await ports.runRules(
      rulesRequest(ports, { root: tree.directory, configFile: configFileName, config }),
    );
    const fault = tryFindManifestFault(textOf(files, committedManifestPath), manifest);
    if (fault !== undefined) throw new LeaseholdError([fault]);
    if (requestsGlob(config).text !== glob.text) throw globMoved(config.requests, requests);
    return { manifest, governed, constructs: constructs.map(({ name }) => name) };
  } finally {
    await tree.remove();
  }
}

function governedList(files: ReadonlyMap<string, CommitFile>): string {
  const list = [...files.values()]
    .map(({ path, mode, bytes }) => [path, mode, blobId(bytes)] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return canonicalJson(list);
}

/** The id that Git gives to a file's contents. */
function blobId(bytes: Uint8Array): string {
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

function configOf(files: ReadonlyMap<string, CommitFile>, installation: string): Config {
  const text = textOf(files, configFileName);
  if (text === undefined) {
    throw failure("E700", {
      detail: "the commit has no leasehold.yaml",
      fix: "put it back at the top of the repository",
    });
  }
  const parsing = parseConfig({ file: configFileName, text });
  if (parsing.kind === "problems") throw new LeaseholdError(parsing.diagnostics);
  const { config } = parsing;
  if (config.installation === installation) return config;
  throw failure("E601", {
    detail: `the commit's leasehold.yaml says installation ${config.installation}`,
    fix: `put \`installation: ${installation}\` back`,
  });
}

function textOf(files: ReadonlyMap<string, CommitFile>, path: string): string | undefined {
  const file = files.get(path);
  return file === undefined ? undefined : new TextDecoder("utf-8", { ignoreBOM: true }).decode(file.bytes);
}

function notWhole(sha: string): LeaseholdError {
  return failure("E406", {
    summary: "the rules of this merge cannot be run here",
    detail: `commit ${sha.slice(0, 12)} has symbolic links or submodules among its governed files`,
    fix: "put files in their place; or check the commit out and run `leasehold policy accept`",
  });
}

function globMoved(after: string, before: string): LeaseholdError {
  return failure("E406", {
    summary: "another glob of request files cannot be accepted by a merge",
    detail: `requests: \`${after}\`, was \`${before}\`: which files are governed would change with it`,
    fix: "look at the merge, check it out and run `leasehold policy accept`",
  });
}

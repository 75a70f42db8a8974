import { join } from "node:path";
import { diagnostic, type Diagnostic } from "../errors";
import { limits } from "../model/limits";
import { committedManifestPath, manifestDigest, manifestText, type Manifest } from "../model/manifest";
import type { WorkspacePorts } from "./ports";
import type { Repository } from "./repository";

/** What is wrong with the Manifest file of a working tree, held against what its rules say: E205, or nothing. */
export async function checkCommittedManifest(
  ports: Pick<WorkspacePorts, "files">,
  repository: Repository,
  manifest: Manifest,
): Promise<Diagnostic | undefined> {
  // Indented it is a few times longer than the canonical bytes that the bound is of.
  const most = limits.manifestBytes * 4;
  const text = await ports.files.tryReadText(join(repository.root, committedManifestPath), most);
  return tryFindManifestFault(text, manifest);
}

/**
 * E205 where a Manifest file is not, byte for byte, what `synth` writes for a Manifest: a file that only
 * parses to the same could show its reviewers something else, e.g. by a key that stands there twice.
 */
export function tryFindManifestFault(text: string | undefined, manifest: Manifest): Diagnostic | undefined {
  const expected = manifestText(manifest);
  if (text === expected) return undefined;
  const digest = manifestDigest(manifest).slice(0, 12);
  const fix = "run `leasehold synth` and commit leasehold.out/manifest.json with the edit of the rules";
  if (text === undefined) {
    return diagnostic("E205", { detail: `there is no ${committedManifestPath}; the rules say ${digest}`, fix });
  }
  const line = firstDifference(text.split("\n"), expected.split("\n"));
  return diagnostic("E205", {
    detail: `the rules say ${digest}, the file says something else from line ${line} on`,
    fix,
    where: { file: committedManifestPath, line, column: 1, length: 1 },
  });
}

/** The first line, counted from 1, in which two texts differ. */
function firstDifference(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((line, index) => line !== b[index]);
  return (at < 0 ? a.length : at) + 1;
}

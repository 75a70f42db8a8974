import { diagnostic, isFailure, type Diagnostic } from "../../errors";
import type { Digest } from "../../model/canonical";
import { limits } from "../../model/limits";
import { committedManifestPath, manifestDigest, manifestText, type Manifest } from "../../model/manifest";
import type { CommitContent } from "../../model/snapshot";
import { checkClaimedManifest } from "../../synth/check";

/** The Manifest that a commit claims for its rules, as far as one can tell without running them. */
export type ClaimedManifest =
  | { readonly kind: "valid"; readonly manifest: Manifest; readonly digest: Digest }
  | { readonly kind: "missing" }
  | { readonly kind: "invalid"; readonly diagnostics: readonly Diagnostic[] };

/**
 * Reads the Manifest that came with an edit of the rules. Whoever made the commit wrote it: it is checked as
 * a stranger's, and has to be byte for byte what `synth` writes, so that what its reviewers saw is what it means.
 */
export function claimedManifest(content: CommitContent): ClaimedManifest {
  const known = claims.get(content);
  if (known !== undefined) return known;
  const claim = readClaim(content.manifest);
  claims.set(content, claim);
  return claim;
}

const claims = new WeakMap<CommitContent, ClaimedManifest>();

/** Indented it is a few times longer than the canonical bytes that the bound is of. */
const mostCharacters = limits.manifestBytes * 4;

function readClaim(text: string | undefined): ClaimedManifest {
  if (text === undefined) return { kind: "missing" };
  if (text.length > mostCharacters) return invalid(`larger than ${mostCharacters} characters`);
  try {
    const manifest = checkClaimedManifest(JSON.parse(text));
    if (manifestText(manifest) !== text) return invalid("it is not written as `leasehold synth` writes it");
    return { kind: "valid", manifest, digest: manifestDigest(manifest) };
  } catch (thrown) {
    if (isFailure(thrown)) {
      return { kind: "invalid", diagnostics: thrown.diagnostics.map((one) => ({ ...one, where: wholeFile })) };
    }
    // Not JSON, too deep for the stack, or a number that canonical JSON does not have.
    return invalid(thrown instanceof Error ? thrown.message.slice(0, 200) : "it is not JSON");
  }
}

const wholeFile = { file: committedManifestPath, line: 1, column: 1, length: 1 };

function invalid(detail: string): ClaimedManifest {
  const fix = "run `leasehold synth` and commit leasehold.out/manifest.json with the edit of the rules";
  return { kind: "invalid", diagnostics: [diagnostic("E204", { detail, fix, where: wholeFile })] };
}

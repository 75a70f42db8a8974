import type { Manifest } from "../model/manifest";
import type { AccessRequest } from "../model/request";
import * as policy from "../policy";

/**
 * What makes an edit of a merged request more than a narrowing, in words that follow `but`; undefined
 * when it only narrows, or says the same. Without a policy nothing can be compared: every edit is one.
 */
export function tryFindEditFault(
  before: AccessRequest,
  after: AccessRequest,
  manifest: Manifest | undefined,
): string | undefined {
  return policy.tryFindEditFault(before, after, manifest)?.words;
}

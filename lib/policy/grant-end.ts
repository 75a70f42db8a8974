import type { DesiredGrant } from "../model/desired";
import { earliest, plusSeconds, type Instant } from "../model/instant";
import { limits } from "../model/limits";
import type { Manifest } from "../model/manifest";
import { manifestIndex } from "./manifest-index";
import { windowCloses } from "./windows";

/**
 * The end of a Grant that is activated at an instant: the earliest of activation + duration, the
 * caps of rule and organisation, and the close of the rule's window. Equal to the activation when
 * the rule is gone or its window is closed: then it must not start.
 */
export function grantEnd(input: {
  readonly manifest: Manifest;
  readonly desired: DesiredGrant;
  readonly activatedAt: Instant;
}): Instant {
  const { manifest, desired, activatedAt } = input;
  const rule = manifestIndex(manifest).rules.get(desired.rule);
  if (rule === undefined) return activatedAt;
  const seconds = Math.min(
    desired.durationSeconds,
    rule.maxDurationSeconds,
    manifest.limits.maxDurationSeconds,
    limits.durationSeconds,
  );
  const end = plusSeconds(activatedAt, seconds);
  return earliest(end, windowCloses(rule.windows, activatedAt, end)) ?? end;
}

import type { PullDecision } from "../approval/pull/pull-decision";
import { isFailure, type Diagnostic } from "../errors";
import { commentMarker, type CheckToPublish, type PublishedState } from "../github";
import type { Instant } from "../model/instant";
import type { Manifest } from "../model/manifest";
import type { Plan } from "../model/plan";
import type { Snapshot } from "../model/snapshot";
import { pullCheck } from "../render/pull-check";
import { pullComment } from "../render/pull-comment";
import type { PullInput, RequestPlace } from "../render/pull-input";
import { isUnchanged } from "../render/pull-unchanged";
import { loadFile } from "../request";
import { locate } from "../request/locate";
import { checkManifest } from "../synth/check";

/** What is known of a commit when it is told. */
export interface ToTell {
  readonly snapshot: Snapshot;
  readonly decision: PullDecision;
  readonly plan?: Plan;
  readonly trouble: readonly Diagnostic[];
  readonly now: Instant;
  /** What stands on GitHub: said again word for word where nothing changed, so that nothing is written. */
  readonly published?: PublishedState;
}

/** A comment without its marker, and a check run. */
export interface Told {
  readonly text: string;
  readonly check: CheckToPublish;
}

/** Says what was decided in a comment and a check run. */
export function tellPull(known: ToTell): Told {
  const { snapshot, published } = known;
  const marker = commentMarker(snapshot.installation);
  const input = inputOf(known, marker);
  const now = sameWordsAt(input, published) ?? known.now;
  const { text } = pullComment({ ...input, now });
  return { text: withoutMarker(text, marker), check: pullCheck({ ...input, now }) };
}

/** Everything that the words are made of. */
export function inputOf(known: ToTell, marker: string): PullInput {
  const { snapshot, decision, plan, trouble, now } = known;
  const claimed = tryReadClaimed(snapshot);
  return {
    snapshot,
    decision,
    ...(plan === undefined ? {} : { plan }),
    ...(claimed === undefined ? {} : { claimed }),
    now,
    marker,
    ...(trouble.length === 0 ? {} : { trouble }),
    places: placesOf(snapshot),
  };
}

/** When the comment that stands was made, where it says what would be said now. */
function sameWordsAt(input: PullInput, published: PublishedState | undefined): Instant | undefined {
  const [comment] = published?.comments ?? [];
  if (comment === undefined) return undefined;
  let at = input.now;
  const render = (then: Instant): ReturnType<typeof pullComment> => {
    if (then !== input.now) at = then;
    return pullComment({ ...input, now: then });
  };
  return isUnchanged(comment.body, { now: input.now, render }) ? at : undefined;
}

/** A text as `publish` takes it: it puts the marker before it itself. */
export function withoutMarker(text: string, marker: string): string {
  return text.startsWith(`${marker}\n`) ? text.slice(marker.length + 1) : text;
}

/** The Manifest that the commit claims; what is wrong with it is the Decision's to say. */
function tryReadClaimed({ subject }: Snapshot): Manifest | undefined {
  if (subject.manifest === undefined) return undefined;
  try {
    return checkManifest(JSON.parse(subject.manifest));
  } catch (thrown) {
    if (thrown instanceof SyntaxError || isFailure(thrown)) return undefined;
    throw thrown;
  }
}

/** Where the names of the requests stand that the commit changes. */
function placesOf({ subject }: Snapshot): readonly RequestPlace[] {
  return subject.requestChanges.flatMap(({ path, after }) => {
    if (after === null) return [];
    const file = loadFile(path, Buffer.from(after, "utf8"));
    if (file.kind !== "loaded") return [];
    const { name } = file.loaded.request;
    const { line } = locate({ file: path, text: after }, ["metadata", "name"]);
    return [{ request: name, path, line }];
  });
}

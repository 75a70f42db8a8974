import { durationWords } from "../../model/duration";
import { epochMsOf } from "../../model/instant";
import type { Manifest } from "../../model/manifest";
import type { PersonId } from "../../model/names";
import type { CommitContent, GitHubAccount, PullReview, Snapshot } from "../../model/snapshot";
import type { WideningItem } from "../../model/widening";
import { isItemIncluded } from "../../policy";
import { coverageOf, type Coverage } from "./coverage";
import type { Exclusions } from "./exclusions";
import type { Identities, Identity } from "./identities";
import type { ReviewVerdict } from "./pull-decision";
import { addedWords } from "./widening-words";

/** A review with what became of it; `covers` where it counts. */
export interface ReviewJudged {
  readonly review: PullReview;
  readonly person: PersonId | undefined;
  readonly verdict: ReviewVerdict;
  readonly covers: Coverage | undefined;
}

/** What reviews are judged against. */
export interface ReviewScene {
  readonly snapshot: Snapshot;
  /** The rules that say for how long an approval is valid. */
  readonly manifest: Manifest | undefined;
  readonly identities: Identities;
  readonly exclusions: Exclusions;
  readonly commits: ReviewedCommits;
  /** An approval given then or before, in milliseconds, is no longer valid. */
  readonly oldestMs: number;
}

/**
 * Judges every review. Of one account the latest that is not a comment decides; it counts where its author
 * may approve, and where all that the subject widens is included in what the reviewed commit widens.
 */
export function judgeReviews(scene: ReviewScene): readonly ReviewJudged[] {
  const reviews = scene.snapshot.pull?.reviews ?? [];
  const latest = new Map<number | undefined, PullReview>();
  for (const review of reviews) if (review.state !== "commented") latest.set(review.by?.id, review);
  return reviews.map((review): ReviewJudged => {
    const identity = scene.identities.identify(review.by);
    const last = review.by === undefined ? review : latest.get(review.by.id);
    const verdict =
      stateVerdict(review, last) ?? personVerdict(review, identity, scene) ?? scene.commits.verdict(review);
    const covers = verdict.kind === "counts" ? scene.commits.coverage(review) : undefined;
    return { review, person: "person" in identity ? identity.person : undefined, verdict, covers };
  });
}

/** Who approved and counts: each person once, by the last of their reviews. */
export function countedReviews(judged: readonly ReviewJudged[]): readonly CountedReview[] {
  const counted = new Map<PersonId, CountedReview>();
  for (const { review, person, verdict, covers } of judged) {
    if (verdict.kind !== "counts" || person === undefined || covers === undefined || review.by === undefined) continue;
    counted.set(person, { review, by: review.by, person, covers });
  }
  return [...counted.values()].toSorted((a, b) => (a.person < b.person ? -1 : 1));
}

/** A review that counts. */
export interface CountedReview {
  readonly review: PullReview;
  readonly by: GitHubAccount;
  readonly person: PersonId;
  readonly covers: Coverage;
}

function stateVerdict(review: PullReview, last: PullReview | undefined): ReviewVerdict | undefined {
  switch (review.state) {
    case "commented":
    case "changes requested":
      return { kind: "no approval" };
    case "dismissed":
      return { kind: "withdrawn", why: "it was dismissed" };
    case "approved":
      return last === undefined || last === review ? undefined : { kind: "withdrawn", why: laterWords(last) };
  }
}

function laterWords(last: PullReview): string {
  if (last.state === "changes requested") return "they asked for changes later";
  return last.state === "dismissed" ? "a later review was dismissed" : "they reviewed again later";
}

/** Why somebody's approval cannot count, whatever it was given on. */
function personVerdict(review: PullReview, identity: Identity, scene: ReviewScene): ReviewVerdict | undefined {
  const { manifest, identities, exclusions } = scene;
  const excluded = (why: string): ReviewVerdict => ({ kind: "excluded", why });
  const why = review.by === undefined ? undefined : exclusions.why(review.by);
  if (why !== undefined) return excluded(why);
  if (!("person" in identity)) return excluded(identity.why);
  if (!review.mayPush) return excluded("may not push to the repository");
  if (identity.person.startsWith("github:")) {
    const unknown = [...exclusions.gainers].find((one) => !identities.isPinned(one));
    if (unknown !== undefined) return excluded(`is not declared, and could be ${unknown}, whose account is not pinned`);
  }
  // An approval whose time cannot be read is as old as can be.
  if (epochMsOf(review.at) > scene.oldestMs) return undefined;
  return excluded(`approved more than ${durationWords(manifest?.limits.approvalValidForSeconds ?? 0)} ago`);
}

/** The reviewed commits, each held once against what the subject widens. */
export class ReviewedCommits {
  private readonly contents = new Map<string, CommitContent>();
  private readonly verdicts = new Map<string, ReviewVerdict>();

  constructor(
    private readonly snapshot: Snapshot,
    private readonly items: readonly WideningItem[],
  ) {
    for (const content of snapshot.reviewed) this.contents.set(content.sha, content);
    this.contents.set(snapshot.subject.sha, snapshot.subject);
  }

  coverage({ commit }: PullReview): Coverage {
    const content = commit === undefined ? undefined : this.contents.get(commit);
    return content === undefined ? { items: [], byRequest: new Map() } : coverageOf(content, this.snapshot);
  }

  verdict({ commit }: PullReview): ReviewVerdict {
    const known = this.verdicts.get(commit ?? "");
    if (known !== undefined) return known;
    const verdict = this.judge(commit);
    this.verdicts.set(commit ?? "", verdict);
    return verdict;
  }

  private judge(commit: string | undefined): ReviewVerdict {
    const { items, snapshot } = this;
    const content = commit === undefined ? undefined : this.contents.get(commit);
    if (content === undefined) return { kind: "void", adds: items, why: "its commit is no longer known" };
    const covers = coverageOf(content, snapshot);
    if (covers.policy === undefined) {
      const why = "its commit was made on rules that were never accepted: update the branch and approve again";
      return { kind: "void", adds: items, why };
    }
    const adds = items.filter((item) => !isItemIncluded(item, covers.items));
    if (adds.length === 0) return { kind: "counts" };
    const isMoved = covers.policy.digest !== snapshot.policy?.digest;
    const moved = isMoved ? "; the rules have changed since it branched off: update the branch" : "";
    return { kind: "void", adds, why: `this commit ${addedWords(adds, covers.items)}${moved}` };
  }
}

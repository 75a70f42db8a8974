import { diagnostic } from "../../errors";
import { digestOf } from "../../model/canonical";
import type { PullVerdict } from "../../model/merge";
import type { Snapshot } from "../../model/snapshot";
import { sortItems } from "../../policy";
import { claimedManifest } from "./claimed-manifest";
import { commitGain, editItems, isPolicyEdit, type CommitGain } from "./commit-gain";
import { gainersOf } from "./exclusions";
import { judgeApprovals, type ApprovalsJudged } from "./judge-approvals";
import { judgeRequests, type RequestsJudged } from "./judge-requests";
import { ReviewedCommits, type ReviewJudged } from "./judge-reviews";
import { narrowingsOf } from "./narrowings";
import type { JudgedFile, JudgedReview, PullDecision } from "./pull-decision";
import { readChanges } from "./read-changes";
import { teamRefusals, wholeRefusals } from "./refused";
import { bulkRemovalNotes } from "./removals";
import { sideOf } from "./sides";
import { decisionTree, heldBack } from "./tree";

/**
 * Decides a commit: what it widens against the policy in force and the merged requests, whose approvals
 * cover that, and what is missing. Pure and total: whatever a Snapshot says, the answer is a Decision, and
 * one that cannot be made is `invalid`. Where the commit as a whole is refused (`refused`) or invalid no Grant
 * of it is approved; otherwise each Grant is decided by itself, and the verdict is that of the worst.
 */
export function decidePull(snapshot: Snapshot): PullDecision {
  try {
    return judge(snapshot);
  } catch (thrown) {
    return undecidable(thrown);
  }
}

function judge(snapshot: Snapshot): PullDecision {
  const { subject, policy, log } = snapshot;
  const manifest = policy?.manifest;
  // 1. What the commit asks for, and what it widens.
  const requests = judgeRequests(readChanges(subject), log, manifest);
  const claim = isPolicyEdit(subject) ? claimedManifest(subject) : undefined;
  const brought = claim?.kind === "valid" ? claim.manifest : undefined;
  const gain = gainOfSubject(snapshot, requests);
  const { items } = gain;
  const files = manifest === undefined ? requests.files : withNothing(requests.files, gain);
  // 2. Who made it, who gains by it, and whose reviews count: by the rules in force, and by those that it brings.
  const gainers = gainersOf(items, { before: manifest, after: brought });
  const people = { gainers, commits: new ReviewedCommits(snapshot, items) };
  const inForce = sideOf(snapshot, manifest, people);
  const unverified = !isVouchedFor(snapshot);
  // 3. What these reviews approve.
  const found =
    manifest === undefined
      ? nothingJudged
      : judgeApprovals(subject, gain, {
          snapshot,
          unverified,
          inForce: { ...inForce, manifest },
          brought: brought === undefined ? undefined : { ...sideOf(snapshot, brought, people), manifest: brought },
        });
  // 4. Why nothing of it may widen, whatever is approved.
  const widens = items.length > 0 || requests.fresh.length > 0;
  const givesMergedMore = gain.grants.some(({ kind }) => kind === "by edit");
  const refused = [...wholeRefusals(snapshot, { widens, givesMergedMore, files }), ...teamRefusals(found.unreadable)];
  const { isInvalid } = requests;
  const { grants, policyEdit } = heldBack(found, { isInvalid, refused });
  const faults = requests.diagnostics.length + gain.refusals.length;
  const verdict = verdictOf({ isInvalid, refused, items, faults, grants, policyEdit });
  const canStand = !isInvalid && refused.length === 0 && (policyEdit?.verdict ?? "approved") === "approved";
  return {
    verdict,
    refused,
    files,
    diagnostics: [
      ...requests.diagnostics,
      ...(claim?.kind === "invalid" ? claim.diagnostics : []),
      ...bulkRemovalNotes(snapshot, requests.removed),
    ],
    refusals: gain.refusals,
    grants,
    ...(policyEdit === undefined ? {} : { policyEdit }),
    narrowing: narrowingsOf(requests, { snapshot, manifest, brought }),
    widening: items,
    wideningDigest: digestOf(items),
    requests: [...requests.kept, ...requests.fresh].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    reviews: inForce.reviews.map((one) => toldReview(one, found)),
    cannotApprove: items.length === 0 ? [] : inForce.exclusions.told,
    approvals: canStand ? found.approvals : [],
    unverified,
    tree: decisionTree({ snapshot, verdict, refused, grants, policyEdit, unverified }),
  };
}

/** Without a policy only the edit of governed files is known: nobody can say what a request gives. */
function gainOfSubject(snapshot: Snapshot, { fresh, kept }: RequestsJudged): CommitGain {
  const { subject: content, policy } = snapshot;
  if (policy === undefined) return { items: sortItems(editItems(content)), grants: [], refusals: [] };
  return commitGain({ snapshot, content, policy, fresh, kept });
}

/** A new request of which nothing comes, not even a refusal, asks for nothing: nobody may take that for done. */
function withNothing(files: readonly JudgedFile[], { grants, refusals }: CommitGain): readonly JudgedFile[] {
  const known = new Set([...grants.map(({ item }) => item.request), ...refusals.map(({ request }) => request)]);
  return files.map((file) =>
    file.outcome === "new" && !known.has(file.request ?? "")
      ? { ...file, outcome: "nothing", sentence: `Request ${file.request ?? ""} is for nobody.` }
      : file,
  );
}

/** Whether GitHub says of every commit who made it; of a pull request without commits it says nothing. */
function isVouchedFor({ pull }: Snapshot): boolean {
  if (pull === undefined || pull.commits.length === 0) return false;
  return pull.commits.every(
    ({ verified, unknownPeople, author, committer }) =>
      verified && unknownPeople === 0 && author !== undefined && committer !== undefined,
  );
}

const nothingJudged: ApprovalsJudged = {
  grants: [],
  policyEdit: undefined,
  unreadable: [],
  approvals: [],
  isAsked: () => true,
};

function verdictOf(
  facts: Pick<PullDecision, "refused" | "grants"> & {
    readonly policyEdit: PullDecision["policyEdit"] | undefined;
    readonly isInvalid: boolean;
    /** Edits, names and pairs that rules refuse, of a commit that otherwise goes on. */
    readonly faults: number;
    readonly items: PullDecision["widening"];
  },
): PullVerdict {
  if (facts.isInvalid) return "invalid";
  if (facts.refused.length > 0 || facts.faults > 0) return "refused";
  if (facts.items.length === 0) return "nothing to approve";
  const verdicts = new Set([
    ...(facts.policyEdit === undefined ? [] : [facts.policyEdit.verdict]),
    ...facts.grants.flatMap(({ decision, underNewRules }) => [
      decision.verdict,
      ...(underNewRules === undefined ? [] : [underNewRules.verdict]),
    ]),
  ]);
  if (verdicts.size === 0 || verdicts.has("refused")) return "refused";
  return verdicts.has("waiting") ? "waiting" : "approved";
}

const notAsked: JudgedReview["verdict"] = { kind: "excluded", why: "is in no group that is asked" };

function toldReview({ review, person, verdict }: ReviewJudged, { isAsked }: ApprovalsJudged): JudgedReview {
  const isIdle = verdict.kind === "counts" && person !== undefined && !isAsked(person);
  const told: { -readonly [K in keyof JudgedReview]: JudgedReview[K] } = {
    at: review.at,
    verdict: isIdle ? notAsked : verdict,
  };
  if (review.by !== undefined) told.by = review.by;
  if (person !== undefined) told.person = person;
  if (review.commit !== undefined) told.commit = review.commit;
  return told;
}

/** What is said where no Decision can be made: nothing of the commit counts. */
function undecidable(thrown: unknown): PullDecision {
  const detail = thrown instanceof Error ? thrown.message.slice(0, 200) : "something was thrown";
  const problem = diagnostic("E900", { detail, fix: "please report this with the Snapshot (`--snapshot FILE`)" });
  return {
    verdict: "invalid",
    refused: [],
    files: [],
    diagnostics: [problem],
    refusals: [],
    grants: [],
    narrowing: [],
    widening: [],
    wideningDigest: digestOf([]),
    requests: [],
    reviews: [],
    cannotApprove: [],
    approvals: [],
    unverified: true,
    tree: { kind: "rule", verdict: "failed", sentence: "Invalid: no Decision can be made of it", children: [] },
  };
}

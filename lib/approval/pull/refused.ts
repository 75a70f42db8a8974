import type { CommitContent, Snapshot } from "../../model/snapshot";
import { listWords } from "../../policy";
import { isPolicyEdit } from "./commit-gain";
import { claimedManifest } from "./claimed-manifest";
import { hasSameRequests } from "./coverage";
import type { JudgedFile, PullDecision, PullRefusal } from "./pull-decision";

/** Why a whole commit is refused. */
export type WholeRefusal = PullDecision["refused"][number];

/** What of a commit is asked, whatever it says. */
export interface WideningFacts {
  /** Whether it would give anybody anything, or change the rules. */
  readonly widens: boolean;
  /** Whether its edit of the rules gives more by requests that are merged already. */
  readonly givesMergedMore: boolean;
  readonly files: readonly JudgedFile[];
}

/** Why nothing of a commit may widen: where it stands, and what there is to judge it by. What only narrows is never refused. */
export function wholeRefusals(snapshot: Snapshot, facts: WideningFacts): readonly WholeRefusal[] {
  const { widens, givesMergedMore, files } = facts;
  const nothing = files.filter(({ outcome }) => outcome === "nothing").map(({ path }) => path);
  return [
    ...(widens ? [...stateRefusals(snapshot), ...originRefusals(snapshot), ...ruleRefusals(snapshot)] : []),
    ...(givesMergedMore ? requestRefusals(snapshot) : []),
    ...(nothing.length === 0
      ? []
      : [
          refusal("nothing planned", {
            sentence: `Nothing comes of ${listWords(nothing.slice(0, 5), "and")}${nothing.length > 5 ? " and others" : ""}.`,
            fix: "name somebody whom the rules let ask, or remove the file",
          }),
        ]),
  ];
}

/** Why nobody can say whether a step is met: its team on GitHub cannot be read. */
export function teamRefusals(groups: readonly string[]): readonly WholeRefusal[] {
  if (groups.length === 0) return [];
  return [
    refusal("team unreadable", {
      sentence: `The members of ${listWords(groups, "and")} could not be read from GitHub.`,
      fix: "give the token the right to read the organisation's members, and check that the team exists",
    }),
  ];
}

function refusal(why: PullRefusal, words: { readonly sentence: string; readonly fix: string }): WholeRefusal {
  return { why, ...words };
}

function stateRefusals({ policy, log, base }: Snapshot): readonly WholeRefusal[] {
  const refused: WholeRefusal[] = [];
  if (policy === undefined) {
    refused.push(
      refusal("no policy in force", {
        sentence: "No policy is in force: nothing can be approved.",
        fix: "run `leasehold policy accept` on the base branch",
      }),
    );
  } else if (policy.governed !== base.governed) {
    refused.push(
      refusal("base is not the accepted policy", {
        sentence: `The rules or governed files of ${base.branch} are not those of the policy in force.`,
        fix: "undo what was pushed there without approval, or have an operator run `leasehold policy accept`",
      }),
    );
  }
  if (log.isRecovering) {
    refused.push(
      refusal("recovering", {
        sentence: "The Log is recovering: nothing new is granted.",
        fix: "run `leasehold log rebuild`",
      }),
    );
  }
  return refused;
}

function originRefusals({ pull, kind }: Snapshot): readonly WholeRefusal[] {
  if (pull === undefined || (kind === "merge" && pull.state !== "merged")) {
    return [
      refusal("direct push", {
        sentence: "It was pushed without a pull request that was merged: nobody could approve it.",
        fix: "ask again in a pull request, under another name",
      }),
    ];
  }
  const refused: WholeRefusal[] = [];
  if (pull.isFork) {
    refused.push(
      refusal("fork", {
        sentence: "The pull request comes from a fork.",
        fix: "push the branch to this repository and open the pull request from there",
      }),
    );
  }
  if (!pull.targetsDefault) {
    refused.push(
      refusal("not the default branch", {
        sentence: "The pull request is not meant for the default branch.",
        fix: "change its base to the default branch",
      }),
    );
  }
  return refused;
}

function ruleRefusals({ subject, base, kind }: Snapshot): readonly WholeRefusal[] {
  const refused: WholeRefusal[] = [];
  const isEdit = isPolicyEdit(subject);
  if (subject.baseGoverned !== base.governed && (isEdit || kind !== "head")) {
    refused.push(
      refusal("rules moved", {
        sentence: `The governed files of ${base.branch} changed since this commit branched off.`,
        fix: "update the branch, run `leasehold synth` and have it approved again",
      }),
    );
  }
  if (isEdit) refused.push(...claimRefusals(subject));
  return refused;
}

/** No approval of such a commit can cover it: other requests are merged than whoever looks at it was shown. */
function requestRefusals(snapshot: Snapshot): readonly WholeRefusal[] {
  if (hasSameRequests(snapshot.subject, snapshot)) return [];
  return [
    refusal("requests moved", {
      sentence: `The requests of ${snapshot.base.branch} changed since this commit branched off, and its edit gives more by merged ones.`,
      fix: "update the branch and have it approved again",
    }),
  ];
}

function claimRefusals(subject: CommitContent): readonly WholeRefusal[] {
  const claim = claimedManifest(subject);
  const fix = "run `leasehold synth` and commit leasehold.out/manifest.json with the edit";
  switch (claim.kind) {
    case "valid":
      return [];
    case "missing":
      return [refusal("manifest missing", { sentence: "Governed files change, and no Manifest is committed.", fix })];
    case "invalid": {
      const [first] = claim.diagnostics;
      const detail = first === undefined ? "" : `: ${first.detail ?? first.summary}`;
      return [refusal("manifest invalid", { sentence: `The committed Manifest is not valid${detail}.`, fix })];
    }
  }
}

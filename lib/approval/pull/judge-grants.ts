import type { Activation, ApprovalGiven } from "../../model/approval";
import type { Decision } from "../../model/decision";
import type { DesiredGrant } from "../../model/desired";
import type { Manifest } from "../../model/manifest";
import type { PersonId } from "../../model/names";
import type { Snapshot } from "../../model/snapshot";
import { digestOfRule, grantItem, isOptedOut, manifestIndex, stepWords } from "../../policy";
import { decideSteps, type FilledStep } from "../decide";
import type { DecisionInput } from "../input";
import { whoCouldApprove } from "../who-could-approve";
import type { GainedGrant } from "./commit-gain";
import type { Exclusions } from "./exclusions";
import type { Identities } from "./identities";
import type { CountedReview } from "./judge-reviews";
import type { JudgedGrant, OpenStep } from "./pull-decision";

/** What Grants and the edit of the rules are judged with. */
export interface ApprovalScene {
  readonly snapshot: Snapshot;
  readonly identities: Identities;
  readonly exclusions: Exclusions;
  readonly counted: readonly CountedReview[];
  /** Commits of the pull request that nobody vouches for. */
  readonly unverified: boolean;
  /** The Manifest in force. */
  readonly manifest: Manifest;
  /** The valid Manifest that comes with an edit of the rules. */
  readonly brought: Manifest | undefined;
}

/**
 * Decides each Grant under the policy in force and, where the commit edits the rules, under those as well.
 * In the order of their ids: a budget counts the ones before.
 */
export function judgeGrants(gained: readonly GainedGrant[], scene: ApprovalScene): readonly JudgedGrant[] {
  const judge = new Judge(scene);
  return gained.toSorted((a, b) => (a.desired.id < b.desired.id ? -1 : 1)).map((one) => judge.grant(one));
}

/** The approvals of one request as the Log records them: each covers what its reviewer saw of it. */
export function approvalsOf(request: string, scene: Pick<ApprovalScene, "counted">): readonly ApprovalGiven[] {
  return scene.counted.flatMap(({ review, by, person, covers }): readonly ApprovalGiven[] => {
    const items = covers.byRequest.get(request);
    if (items === undefined || covers.policy === undefined) return [];
    return [
      {
        request,
        person,
        by: { id: by.login, githubId: by.id, authenticatedBy: "github" },
        at: review.at,
        source: "github",
        items,
        policy: covers.policy.digest,
        ...(review.commit === undefined ? {} : { commit: review.commit }),
      },
    ];
  });
}

type Rosters = ReadonlyMap<string, readonly PersonId[]>;

interface Judged {
  readonly decision: Decision;
  readonly openSteps: readonly OpenStep[];
}

interface DecideInput {
  readonly desired: DesiredGrant;
  readonly manifest: Manifest;
  /** A merged request gains it by the edit of the rules: only people approve that. */
  readonly isByEdit?: boolean;
}

class Judge {
  private readonly usage: Activation[];
  private readonly approvals = new Map<string, readonly ApprovalGiven[]>();
  private readonly rosters = new Map<Manifest, Rosters>();

  constructor(private readonly scene: ApprovalScene) {
    this.usage = [...scene.snapshot.log.usage];
  }

  grant(gained: GainedGrant): JudgedGrant {
    const { desired, item } = gained;
    const [inForce, brought] = gained.kind === "asked" ? this.asked(gained) : this.byEdit(gained);
    const { by, verdict } = inForce.decision;
    if (by === "automatic" && verdict === "approved") {
      this.usage.push({ rule: desired.rule, person: desired.person, at: this.scene.snapshot.asOf });
    }
    return {
      desired,
      item,
      decision: inForce.decision,
      ...(brought === undefined ? {} : { underNewRules: brought.decision }),
      openSteps: [...inForce.openSteps, ...(brought?.openSteps ?? [])],
    };
  }

  private asked({ desired, brought }: Extract<GainedGrant, { kind: "asked" }>): readonly [Judged, Judged?] {
    const { manifest, brought: rules } = this.scene;
    const inForce = this.decide({ desired, manifest });
    return brought === undefined || rules === undefined
      ? [inForce]
      : [inForce, this.decide({ desired: brought, manifest: rules })];
  }

  /** By the rules that are brought; by those in force too, where they have the rule: what it says there, or its groups as they are there. */
  private byEdit({ desired, old }: Extract<GainedGrant, { kind: "by edit" }>): readonly [Judged, Judged?] {
    const { manifest, brought: rules = manifest } = this.scene;
    const brought = this.decide({ desired, manifest: rules, isByEdit: true });
    if (old !== undefined) return [this.decide({ desired: old, manifest, isByEdit: true }), brought];
    const rule = manifestIndex(manifest).rules.get(desired.rule);
    if (rule === undefined || digestOfRule(rule) !== desired.ruleDigest) return [brought, brought];
    return [this.decide({ desired, manifest, isByEdit: true }), brought];
  }

  private decide({ desired, manifest, isByEdit = false }: DecideInput): Judged {
    const { snapshot, exclusions, unverified } = this.scene;
    const { makers, gainers } = exclusions;
    const [author, ...coAuthors] = makers;
    const input: DecisionInput = {
      desired,
      manifest,
      approvals: isByEdit ? this.approvalsOfEdit(desired) : this.approvalsOf(desired.request),
      usage: this.usage,
      asOf: snapshot.asOf,
      policy: manifestIndex(manifest).digest,
      ...(author === undefined ? {} : { author }),
      coAuthors,
      beneficiaries: [...gainers],
      unverified: unverified && !snapshot.lastPushApproved,
      noAutomatic: unverified || isByEdit,
      rosters: this.rostersOf(manifest),
      optOuts: snapshot.log.optOuts.filter((one) => isOptedOut(one, desired)),
    };
    const { decision, steps } = decideSteps(input);
    return { decision, openSteps: decision.verdict === "waiting" ? openSteps(input, steps) : [] };
  }

  private approvalsOf(request: string): readonly ApprovalGiven[] {
    const known = this.approvals.get(request) ?? approvalsOf(request, this.scene);
    this.approvals.set(request, known);
    return known;
  }

  /** A review that counts covers the edit and all that follows from it, also what it replaces. */
  private approvalsOfEdit(desired: DesiredGrant): readonly ApprovalGiven[] {
    const items = [grantItem(desired)];
    return this.approvalsOf(desired.request).map((approval) => ({ ...approval, items }));
  }

  private rostersOf(manifest: Manifest): Rosters {
    const known = this.rosters.get(manifest) ?? this.scene.identities.rosters(manifest);
    this.rosters.set(manifest, known);
    return known;
  }
}

/** The steps that lack somebody, and who could be that. */
function openSteps(input: DecisionInput, steps: readonly FilledStep[]): readonly OpenStep[] {
  const there = new Set(steps.flatMap(({ people }) => people));
  const possible = new Map(whoCouldApprove(input).map((one) => [one.step, one]));
  return steps.flatMap(({ step, wanted, people }): readonly OpenStep[] => {
    if (people.length >= wanted) return [];
    const who = possible.get(step);
    return [
      {
        words: stepWords(step),
        missing: wanted - people.length,
        people: (who?.people ?? []).filter((person) => !there.has(person)),
        unreadable: who?.teams ?? [],
      },
    ];
  });
}

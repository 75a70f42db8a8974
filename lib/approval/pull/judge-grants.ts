import type { Activation, ApprovalGiven } from "../../model/approval";
import type { Decision } from "../../model/decision";
import type { DesiredGrant } from "../../model/desired";
import type { ApprovalStep } from "../../model/rule";
import type { Snapshot } from "../../model/snapshot";
import { digestOfRule, grantItem, isOptedOut, manifestIndex, stepWords, teamsWithin } from "../../policy";
import { decideSteps, type FilledStep } from "../decide";
import type { DecisionInput } from "../input";
import { whoCouldApprove } from "../who-could-approve";
import type { GainedGrant } from "./commit-gain";
import type { JudgedGrant, OpenStep } from "./pull-decision";
import type { RuleSide } from "./sides";

/** What Grants and the edit of the rules are judged with. */
export interface ApprovalScene {
  readonly snapshot: Snapshot;
  /** GitHub does not say of every commit who made it. */
  readonly unverified: boolean;
  readonly inForce: RuleSide;
  /** Where the commit edits the rules and brings a valid Manifest. */
  readonly brought: RuleSide | undefined;
}

/** A Grant as it was judged, with the Groups of asked steps whose members could not be read. */
export interface GrantJudged {
  readonly grant: JudgedGrant;
  readonly unreadable: readonly string[];
}

/**
 * Decides each Grant under the policy in force and, where the commit edits the rules, under those as well.
 * In the order of their ids: a budget counts the ones before.
 */
export function judgeGrants(gained: readonly GainedGrant[], scene: ApprovalScene): readonly GrantJudged[] {
  const judge = new Judge(scene);
  return gained.toSorted((a, b) => (a.desired.id < b.desired.id ? -1 : 1)).map((one) => judge.grant(one));
}

interface Judged {
  readonly decision: Decision;
  readonly openSteps: readonly OpenStep[];
  readonly unreadable: readonly string[];
}

class Judge {
  private readonly inForce: SideJudge;
  private readonly brought: SideJudge | undefined;

  constructor(scene: ApprovalScene) {
    this.inForce = new SideJudge(scene, scene.inForce);
    this.brought = scene.brought === undefined ? undefined : new SideJudge(scene, scene.brought);
  }

  grant(gained: GainedGrant): GrantJudged {
    const { desired, item } = gained;
    const [inForce, brought] = gained.kind === "asked" ? this.asked(gained) : this.byEdit(gained);
    return {
      grant: {
        desired,
        item,
        decision: inForce.decision,
        ...(brought === undefined ? {} : { underNewRules: brought.decision }),
        openSteps: [...inForce.openSteps, ...(brought?.openSteps ?? [])],
      },
      unreadable: [...inForce.unreadable, ...(brought?.unreadable ?? [])],
    };
  }

  private asked({ desired, brought }: Extract<GainedGrant, { kind: "asked" }>): readonly [Judged, Judged?] {
    const inForce = this.inForce.decide(desired);
    return brought === undefined || this.brought === undefined ? [inForce] : [inForce, this.brought.decide(brought)];
  }

  /**
   * By the rules that are brought, and by those in force: what they say of it instead, else the rule with its
   * groups as they are there. What only the edit makes is not in force: people approve it, never a condition.
   */
  private byEdit({ desired, old }: Extract<GainedGrant, { kind: "by edit" }>): readonly [Judged, Judged?] {
    const how = old === undefined ? "made by the edit" : "changed by the edit";
    const brought = (this.brought ?? this.inForce).decide(desired, how);
    if (old !== undefined) return [this.inForce.decide(old, how), brought];
    return this.inForce.hasRule(desired) ? [this.inForce.decide(desired, how), brought] : [brought, brought];
  }
}

/** How a Grant comes with a commit: its own request asks for it, or its edit of the rules gives it to a merged one. */
type Coming = "asked" | "made by the edit" | "changed by the edit";

/** Decides Grants under one set of rules, in turn. */
class SideJudge {
  private readonly usage: Activation[];

  constructor(
    private readonly scene: ApprovalScene,
    private readonly side: RuleSide,
  ) {
    this.usage = [...scene.snapshot.log.usage];
  }

  decide(desired: DesiredGrant, how: Coming = "asked"): Judged {
    const { snapshot, unverified } = this.scene;
    const { manifest, exclusions, rosters } = this.side;
    const [author, ...coAuthors] = exclusions.makers;
    const input: DecisionInput = {
      desired,
      manifest,
      approvals: how === "asked" ? this.side.approvals.of(desired.request) : this.approvalsOfEdit(desired),
      usage: this.usage,
      asOf: snapshot.asOf,
      policy: manifestIndex(manifest).digest,
      ...(author === undefined ? {} : { author }),
      coAuthors,
      beneficiaries: [...exclusions.gainers],
      unverified: unverified && !snapshot.lastPushApproved,
      noAutomatic: unverified || how === "made by the edit",
      rosters,
      optOuts: snapshot.log.optOuts.filter((one) => isOptedOut(one, desired)),
    };
    const { decision, steps } = decideSteps(input);
    if (decision.verdict === "approved") {
      this.usage.push({ rule: desired.rule, person: desired.person, at: snapshot.asOf });
    }
    return {
      decision,
      openSteps: decision.verdict === "waiting" ? openSteps(input, steps) : [],
      unreadable: decision.by === "automatic" ? [] : unreadableOf(steps, this.side),
    };
  }

  hasRule(desired: DesiredGrant): boolean {
    const rule = manifestIndex(this.side.manifest).rules.get(desired.rule);
    return rule !== undefined && digestOfRule(rule) === desired.ruleDigest;
  }

  /** A review that counts covers the edit and all that follows from it, also what it replaces. */
  private approvalsOfEdit(desired: DesiredGrant): readonly ApprovalGiven[] {
    const items = [grantItem(desired)];
    return this.side.approvals.of(desired.request).map((approval) => ({ ...approval, items }));
  }
}

/** Groups of asked steps that are teams whose members could not be read: nobody can say who is missing there. */
export function unreadableOf(
  steps: readonly { readonly step: ApprovalStep; readonly wanted: number }[],
  { manifest, rosters }: RuleSide,
): readonly string[] {
  return steps.flatMap(({ step, wanted }) => {
    if (wanted === 0 || step.from.kind !== "groups") return [];
    return step.from.groups.flatMap((group) => teamsWithin(manifest, group)).filter((team) => !rosters.has(team));
  });
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

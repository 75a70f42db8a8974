import type { Activation, ApprovalGiven, OptOut } from "../model/approval";
import type { Digest } from "../model/canonical";
import type { DesiredGrant } from "../model/desired";
import type { Instant } from "../model/instant";
import type { Manifest } from "../model/manifest";
import type { PersonId } from "../model/names";
import type { ConditionContext } from "../policy";

/** Everything that a Decision about one Grant depends on. */
export interface DecisionInput {
  readonly desired: DesiredGrant;
  /** The Manifest that decides. */
  readonly manifest: Manifest;
  /** Approvals in the order given; those of other requests are skipped. */
  readonly approvals: readonly ApprovalGiven[];
  /** Activations that budgets count, with this plan's earlier ones; those of other rules and people are skipped. */
  readonly usage: readonly Activation[];
  readonly asOf: Instant;
  /** Digest of `manifest`. Default: computed. */
  readonly policy?: Digest;
  /** Who wrote the request. */
  readonly author?: PersonId;
  /** Who else wrote it: committers and co-authors. */
  readonly coAuthors?: readonly PersonId[];
  /** Everybody whom the request is for. Default: this Grant's person, and those in the items of each approval. */
  readonly beneficiaries?: readonly PersonId[];
  /**
   * A commit that brought the request is not verified: nothing is approved automatically, and the last
   * step asks one person more.
   */
  readonly unverified?: boolean;
  /** Nothing is approved automatically, though no further person is asked: the branch asks for that itself. */
  readonly noAutomatic?: boolean;
  /** Members of the Groups that are teams on GitHub, as read for this Decision. */
  readonly rosters?: ReadonlyMap<string, readonly PersonId[]>;
  readonly optOuts?: readonly OptOut[];
}

/** The pair of a Decision as conditions see it. */
export function contextOf(input: DecisionInput): ConditionContext {
  const { desired, manifest, asOf, usage } = input;
  return {
    manifest,
    person: desired.person,
    rule: desired.rule,
    class: desired.class,
    level: desired.level,
    labels: desired.labels,
    durationSeconds: desired.durationSeconds,
    at: asOf,
    usage,
  };
}

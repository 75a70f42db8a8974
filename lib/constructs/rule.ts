import type { Construct } from "constructs";
import { Duration } from "../model/duration";
import { limits } from "../model/limits";
import { ApprovalRule } from "./approval";
import { Declaration } from "./declaration";
import { groupNames } from "./condition";
import { connectionSelector, type ConnectionMatch, type ConnectionSelector } from "./connection-match";
import { isPrincipal } from "./group";
import { checkItems, checkName, checkNotEmpty, misuse } from "./misuse";
import type { IConnection, IGroup, IPrincipal } from "./reference";
import { Window } from "./window";

/** How long access lasts. */
export interface RuleDuration {
  /**
   * What a request gets that names no duration.
   * @default - one hour, or `max` if that is shorter
   */
  readonly default?: Duration;
  /**
   * The longest that may be asked.
   * @default - eight hours, or `default` if that is longer
   */
  readonly max?: Duration;
}

/** What an AccessRule is made with. */
export interface AccessRuleProps {
  /**
   * The name by which requests and decisions call it.
   * @default - the construct's id
   */
  readonly ruleName?: string;
  /** Who may ask: Users, Groups, ServiceAccounts, `everyone`. */
  readonly who: readonly IPrincipal[];
  /**
   * For which Connections.
   * @default - those of `mayMatching`
   */
  readonly may?: readonly IConnection[];
  /**
   * For all Connections that match, also those declared later.
   * @default - those of `may`
   */
  readonly mayMatching?: ConnectionMatch;
  /**
   * For how long.
   * @default - one hour, at most eight, and never more than the organisation's cap
   */
  readonly duration?: RuleDuration;
  /**
   * When access may be there; it ends when the window closes.
   * @default - at any time
   */
  readonly windows?: readonly Window[];
  /** What has to be there before access starts. */
  readonly approval: ApprovalRule;
  /**
   * Groups that may end any grant under this rule, besides its holder.
   * @default - none
   */
  readonly mayRevoke?: readonly IGroup[];
  /**
   * Whether a request must name a ticket.
   * @default false
   */
  readonly ticketRequired?: boolean;
}

/**
 * Who may ask for which Connections, for how long at most, when, and with which approval. The first
 * rule in the order of declaration that matches decides.
 */
export class AccessRule extends Declaration {
  readonly ruleName: string;
  readonly who: readonly IPrincipal[];
  readonly may: readonly IConnection[];
  readonly mayMatching: ConnectionSelector | undefined;
  /** As given; undefined stands for the default, which the organisation's cap may shorten. */
  readonly defaultDuration: Duration | undefined;
  readonly maxDuration: Duration | undefined;
  readonly windows: readonly Window[];
  readonly approval: ApprovalRule;
  readonly mayRevoke: readonly string[];
  readonly ticketRequired: boolean;

  constructor(scope: Construct, id: string, props: AccessRuleProps) {
    super(scope, id);
    const { who, may = [], mayMatching, windows = [], approval, mayRevoke = [] } = props;
    this.ruleName = checkName(`the name of rule \`${id}\``, props.ruleName ?? id);
    const people = `\`who\` of rule \`${id}\``;
    checkItems(people, checkNotEmpty(people, who), "Users, Groups or ServiceAccounts", isPrincipal);
    checkItems(`\`may\` of rule \`${id}\``, may, "Connections", (one) => typeof one?.connectionId === "string");
    if (mayMatching === undefined) checkNotEmpty(`\`may\` (or \`mayMatching\`) of rule \`${id}\``, may);
    checkItems(`\`windows\` of rule \`${id}\``, windows, "Windows", (one) => one instanceof Window);
    if (!(approval instanceof ApprovalRule)) {
      throw misuse(`\`approval\` of rule \`${id}\``, "made by Approval.of, .steps or .automatic", approval);
    }
    const { default: defaultDuration, max } = checkedDuration(id, props.duration ?? {});
    this.who = [...who];
    this.may = [...may];
    this.mayMatching = mayMatching === undefined ? undefined : connectionSelector(id, mayMatching);
    this.defaultDuration = defaultDuration;
    this.maxDuration = max;
    this.windows = [...windows];
    this.approval = approval;
    this.mayRevoke = mayRevoke.length === 0 ? [] : groupNames(`\`mayRevoke\` of rule \`${id}\``, mayRevoke);
    this.ticketRequired = props.ticketRequired ?? false;
  }
}

function checkedDuration(id: string, duration: RuleDuration): RuleDuration {
  const { default: standard, max } = duration;
  for (const [name, value] of Object.entries(duration)) {
    const what = `\`duration.${name}\` of rule \`${id}\``;
    if (!(value instanceof Duration)) throw misuse(what, "a Duration", value);
    if (value.seconds > limits.durationSeconds) {
      throw misuse(what, `at most ${Duration.seconds(limits.durationSeconds).toWords()}`, value.toString());
    }
  }
  if (standard !== undefined && max !== undefined && standard.seconds > max.seconds) {
    throw misuse(`\`duration.default\` of rule \`${id}\``, `no longer than its max ${max}`, standard.toString());
  }
  return duration;
}

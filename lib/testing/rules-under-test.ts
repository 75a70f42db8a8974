import { decide, whoCouldApprove } from "../approval";
import type { ApprovalGiven } from "../model/approval";
import type { Decision } from "../model/decision";
import type { DesiredGrant, Refusal } from "../model/desired";
import type { Instant } from "../model/instant";
import { manifestDigest, type Manifest } from "../model/manifest";
import type { ConnectionId, PersonId } from "../model/names";
import type { AccessRequest } from "../model/request";
import type { AccessRule } from "../model/rule";
import { desiredState, grantEnd, grantItem, isAnyWindowOpen, lint, peopleOfRule, tryFindDecidingRule } from "../policy";
import { failure } from "../errors";
import type { Synthesis } from "../synth";
import { askedValue, connectionOf, momentOf, principalOf, type Asked, type AskedValue } from "./asked";
import { emptyLogState } from "./empty-log-state";
import type { IConnection, IPrincipal } from "../constructs";

/** What has to be there before somebody gets what they ask for. */
export interface ApprovalNeeded {
  /** The rule that decides. */
  readonly rule: string;
  /** `automatic`: nobody is asked. `people`: every step is. `refused`: no approval would help. */
  readonly by: "automatic" | "people" | "refused";
  /** The steps that are asked; empty unless people are. */
  readonly steps: readonly {
    /** How many of `people`. */
    readonly approvals: number;
    /** E.g. `1 of orders-leads`. */
    readonly words: string;
    /** Everybody who could fill it, without those who may not approve this: the beneficiary, machines. */
    readonly people: readonly PersonId[];
  }[];
}

/** What a decision is asked with besides the question. */
export interface DecisionOptions {
  /**
   * Who approved, in that order.
   * @default - nobody
   */
  readonly approvedBy?: readonly (IPrincipal | string)[];
  /**
   * Who wrote the request, and therefore can't approve it.
   * @default - somebody else
   */
  readonly author?: IPrincipal | string;
  /**
   * When this person was given access under the rule before, for budgets.
   * @default - never
   */
  readonly activations?: readonly (string | Date)[];
}

/** Synthesised rules that answer what they mean; every answer is computed as a plan computes it. */
export class RulesUnderTest {
  /** The Manifest, for comparing it with a snapshot. */
  readonly manifest: Manifest;
  /** The requests that the app declares. */
  readonly requests: readonly AccessRequest[];

  constructor(synthesis: Synthesis) {
    this.manifest = synthesis.manifest;
    this.requests = synthesis.requests;
  }

  /** Whether a rule lets this person ask for this: also for that long, and with what else is given. */
  mayAsk(asked: Asked): boolean {
    return this.whyRefused(asked) === undefined;
  }

  /** The sentence with which the rules refuse this; undefined when they let it be asked. */
  whyRefused(asked: Asked): string | undefined {
    return this.judge(askedValue(asked)).refusal?.sentence;
  }

  /** The rule that decides about a person and a Connection; undefined when none lets them ask. */
  tryFindRule(asked: Asked): AccessRule | undefined {
    const { person, connection, rule } = askedValue(asked);
    return tryFindDecidingRule(this.manifest, person, connection, rule);
  }

  /** Everybody who may ask for a Connection under some rule, sorted. */
  whoMayAsk(connection: IConnection | string): readonly PersonId[] {
    const id = connectionOf(connection);
    const rules = this.manifest.rules.filter((rule) => rule.may.includes(id));
    return [...new Set(rules.flatMap((rule) => [...peopleOfRule(this.manifest, rule)]))].toSorted();
  }

  /** Every Connection that a person may ask for under some rule, sorted. */
  whatMayBeAskedBy(person: IPrincipal | string): readonly ConnectionId[] {
    const id = principalOf(person);
    const rules = this.manifest.rules.filter((rule) => peopleOfRule(this.manifest, rule).has(id));
    return [...new Set(rules.flatMap((rule) => rule.may))].toSorted();
  }

  /** What this asks of whom; throws E300 when the rules refuse it before anybody is asked. */
  approvalFor(asked: Asked, options: Omit<DecisionOptions, "approvedBy"> = {}): ApprovalNeeded {
    const value = askedValue(asked);
    const input = this.decisionInput(value, options);
    const decision = decide(input);
    const rule = input.desired.rule;
    if (decision.verdict === "refused") return { rule, by: "refused", steps: [] };
    if (decision.by === "automatic") return { rule, by: "automatic", steps: [] };
    const steps = whoCouldApprove(input).map(({ step, words, people }) => ({
      approvals: step.approvals,
      words,
      people,
    }));
    return { rule, by: "people", steps };
  }

  /** The Decision as a tree with reasons; throws E300 when the rules refuse this before anybody is asked. */
  decisionFor(asked: Asked, options: DecisionOptions = {}): Decision {
    return decide(this.decisionInput(askedValue(asked), options));
  }

  /** When access would end that starts at the moment asked about; undefined while the rule's windows are closed. */
  endOf(asked: Asked): Instant | undefined {
    const value = askedValue(asked);
    const desired = this.grantFor(value);
    const rule = this.manifest.rules.find((one) => one.name === desired.rule);
    if (rule === undefined || (rule.windows.length > 0 && !isAnyWindowOpen(rule.windows, value.at))) return undefined;
    return grantEnd({ manifest: this.manifest, desired, activatedAt: value.at });
  }

  /** What is odd about the rules without being wrong, in sentences. */
  get notes(): readonly string[] {
    return lint(this.manifest).map((note) => note.sentence);
  }

  private judge(value: AskedValue): { readonly grant?: DesiredGrant; readonly refusal?: Refusal } {
    const desired = desiredState({
      installation: "testing",
      manifest: this.manifest,
      requests: { requests: [value.request] },
      asOf: value.at,
      state: emptyLogState,
    });
    const [grant] = desired.grants;
    const [refusal] = desired.refusals;
    return { ...(grant === undefined ? {} : { grant }), ...(refusal === undefined ? {} : { refusal }) };
  }

  private grantFor(value: AskedValue): DesiredGrant {
    const { grant, refusal } = this.judge(value);
    if (grant !== undefined) return grant;
    throw failure("E300", {
      detail: refusal?.sentence ?? `${value.person} may not ask for ${value.connection}`,
      fix: refusal?.fix ?? "ask for something that a rule allows",
    });
  }

  private decisionInput(value: AskedValue, options: DecisionOptions): Parameters<typeof decide>[0] {
    const desired = this.grantFor(value);
    const given = (options.approvedBy ?? []).map((one) => this.approval(desired, principalOf(one), value.at));
    return {
      desired,
      manifest: this.manifest,
      approvals: given,
      usage: (options.activations ?? []).map((at) => ({ rule: desired.rule, person: value.person, at: momentOf(at) })),
      asOf: value.at,
      ...(options.author === undefined ? {} : { author: principalOf(options.author) }),
    };
  }

  private approval(desired: DesiredGrant, person: PersonId, at: Instant): ApprovalGiven {
    return {
      request: desired.request,
      person,
      by: { id: person, authenticatedBy: "unauthenticated" },
      at,
      source: this.manifest.approvals,
      items: [grantItem(desired)],
      policy: manifestDigest(this.manifest),
    };
  }
}

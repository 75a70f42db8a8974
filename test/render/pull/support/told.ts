import { decidePull } from "../../../../lib/approval/pull/decide-pull";
import type { PullDecision } from "../../../../lib/approval/pull/pull-decision";
import type { DesiredGrant } from "../../../../lib/model/desired";
import type { Manifest } from "../../../../lib/model/manifest";
import type { Plan, WaitingGrant } from "../../../../lib/model/plan";
import type { AccessRequest } from "../../../../lib/model/request";
import type { Snapshot } from "../../../../lib/model/snapshot";
import { desiredState } from "../../../../lib/policy";
import type { PullInput } from "../../../../lib/render/pull-input";
import { installation, now, state } from "../../../support/core";
import { activation, aPlan, ending } from "../../support/plans";

/** What our comment is found by. */
export const marker = `<!-- leasehold ${installation} -->`;

/** The decision about a snapshot. */
export function decided(snapshot: Snapshot): PullDecision {
  return decidePull(snapshot);
}

/** What is told of a snapshot where nothing could be planned. */
export function told(snapshot: Snapshot): PullInput {
  const decision = decided(snapshot);
  const { manifest } = snapshot.subject;
  const places = snapshot.subject.requestChanges.flatMap(({ path, after }) =>
    after === null ? [] : [{ path, request: path.replace(/^requests\/|\.yaml$/g, ""), line: 4 }],
  );
  return {
    snapshot,
    decision,
    ...(manifest === undefined ? {} : { claimed: JSON.parse(manifest) as Manifest }),
    now,
    marker,
    places,
  };
}

interface PlanParts {
  readonly observed?: "gateway" | "log";
  /** Why nothing of it starts at once. */
  readonly why?: WaitingGrant["why"];
  /** How many removals the breaker holds back. */
  readonly held?: number;
}

/** The same with a plan that grants what it asks and ends what it takes away. */
export function planned(snapshot: Snapshot, parts: PlanParts = {}): PullInput {
  const input = told(snapshot);
  return { ...input, plan: planOf(input.decision, snapshot, parts) };
}

/** The Grant that a request alone makes. */
export function desiredOf(snapshot: Snapshot, request: AccessRequest): DesiredGrant {
  const { grants } = desiredState({
    installation: snapshot.installation,
    manifest: snapshot.policy!.manifest,
    requests: { requests: [request] },
    asOf: snapshot.asOf,
    state: state(),
  });
  return grants[0]!;
}

function planOf({ grants, narrowing }: PullDecision, snapshot: Snapshot, parts: PlanParts): Plan {
  const names = new Set(narrowing.map(({ request }) => request));
  const gone = snapshot.log.grants.filter(({ facts }) => names.has(facts.request));
  const { why, held = 0 } = parts;
  return aPlan({
    base: { ...aPlan().base, observed: parts.observed ?? "gateway" },
    actions: why === undefined ? [...gone.map(endOf), ...grants.map(({ desired }) => startOf(desired))] : [],
    waiting: why === undefined ? [] : grants.map(({ desired }) => waitOf(desired, why)),
    heldRemovals: held,
    notes:
      held === 0
        ? []
        : [
            {
              kind: "breaker",
              subject: "removals",
              sentence: `${held} active grants would end because their requests were removed; they stay until \`--confirm-removals ${held}\` says so.`,
            },
          ],
  });
}

function startOf(desired: DesiredGrant): Plan["actions"][number] {
  const { person, resource, level, request, ticket } = desired;
  const { ticket: _, ...action } = activation({ person, resource, level, request });
  return {
    ...action,
    subject: { ...action.subject, grant: desired.id },
    gateway: desired.gateway,
    after: { durationSeconds: desired.durationSeconds, worstCaseEnd: "2026-11-23T20:00:00.000Z" },
    rule: desired.rule,
    class: desired.class,
    why: desired.reason,
    ...(ticket === undefined ? {} : { ticket }),
    startBefore: desired.startBefore,
    guardrails: desired.guardrails,
    maskingRules: desired.maskingRules,
    effective: {
      before: "none",
      after: `${level} (${request}${desired.via === undefined ? "" : ` via ${desired.via}`})`,
    },
  };
}

function endOf({ facts, end }: Snapshot["log"]["grants"][number]): Plan["actions"][number] {
  const { person, resource, level, request } = facts;
  const action = ending({ person, resource, level, request });
  return {
    ...action,
    subject: { ...action.subject, grant: facts.grant },
    before: end === undefined ? {} : { endsAt: end, worstCaseEnd: end },
  };
}

function waitOf(
  { id, request, person, connection, startBefore, startAfter }: DesiredGrant,
  why: WaitingGrant["why"],
): WaitingGrant {
  return {
    grant: id,
    request,
    person,
    connection,
    why,
    ...(startAfter === undefined ? {} : { from: startAfter }),
    startBefore,
  };
}

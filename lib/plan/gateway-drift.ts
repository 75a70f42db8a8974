import type { GatewayObject } from "../model/gateway-object";
import { objectKey } from "../model/gateway-object";
import type { ObservedState } from "../model/observed";
import type { DriftItem } from "../model/plan";
import { someWords } from "../policy";
import { compareText, type PlanContext } from "./context";

/**
 * What stands at the gateways and was not done by us: open ways in, leases and objects of somebody
 * else, weaknesses of the gate. Foreign objects with a wanted name are told where they are in the way.
 */
export function gatewayDrift(context: PlanContext): readonly DriftItem[] {
  if (context.observed === "log") return [];
  return [...context.observed.values()].flatMap((observed) => [
    ...observed.openWays.map((way) => openWay(observed.gateway, way)),
    ...foreignLeases(context, observed),
    ...observed.weaknesses.map((sentence): DriftItem => ({
      kind: "gate weakness",
      gateway: observed.gateway,
      subject: "gate",
      sentence,
    })),
    ...foreignObjects(context, observed),
  ]);
}

/** Sorts drift: the most dangerous kinds first, then by gateway and subject; the same thing is told once. */
export function sortDrift(drift: readonly DriftItem[]): readonly DriftItem[] {
  const byText = new Map(drift.map((item) => [JSON.stringify(item), item]));
  return [...byText.values()].sort(
    (a, b) =>
      kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
      compareText(a.gateway, b.gateway) ||
      compareText(a.subject, b.subject) ||
      compareText(a.sentence, b.sentence),
  );
}

const kinds: readonly DriftItem["kind"][] = [
  "open way",
  "foreign lease",
  "altered lease",
  "held without a record",
  "gate weakness",
  "missing object",
  "changed object",
  "ended outside",
  "foreign object",
];

/** So many foreign objects of one kind and gateway are named; more are counted. */
const foreignObjectsNamed = 20;

function openWay(gateway: string, way: ObservedState["openWays"][number]): DriftItem {
  const what = way.managed ? "" : ", which Leasehold does not manage,";
  return {
    kind: "open way",
    gateway,
    subject: way.connection,
    sentence: `${way.connection}${what} is open at gateway ${gateway}: ${way.why}.`,
  };
}

function foreignLeases({ installation }: PlanContext, { gateway, leases }: ObservedState): DriftItem[] {
  return leases
    .filter((lease) => lease.correlation?.installation !== installation && lease.status !== "lapsed")
    .map((lease) => {
      const until = lease.endsAt === undefined ? "" : ` until ${lease.endsAt}`;
      const what = lease.status === "waiting" ? "a request that somebody at the gateway can approve" : `access${until}`;
      const whose = lease.correlation === undefined ? "" : ` of installation ${lease.correlation.installation}`;
      return {
        kind: "foreign lease",
        gateway,
        subject: `${lease.person}@${lease.connection}`,
        sentence: `${lease.person} has ${what} on ${lease.connection} at gateway ${gateway} that is not ours${whose}.`,
      };
    });
}

function foreignObjects(context: PlanContext, { gateway, objects }: ObservedState): DriftItem[] {
  const wanted = new Set((context.desired.objects[gateway] ?? []).map((object) => objectKey(gateway, object)));
  const byKind = new Map<GatewayObject["kind"], string[]>();
  for (const { installation, value } of objects) {
    if (installation === context.installation || value.kind === "user") continue;
    if (wanted.has(objectKey(gateway, value))) continue;
    byKind.set(value.kind, [...(byKind.get(value.kind) ?? []), value.name]);
  }
  return [...byKind].map(([kind, names]) => ({
    kind: "foreign object",
    gateway,
    subject: kind,
    sentence: `Gateway ${gateway} has ${names.length} of kind ${kind} that Leasehold does not manage: ${someWords(names.sort(), foreignObjectsNamed)}.`,
  }));
}

import { isHeld } from "../log/held-grants";
import type { DesiredGrant } from "../model/desired";
import type { GatewayObject } from "../model/gateway-object";
import { objectKey } from "../model/gateway-object";
import type { GrantId } from "../model/grant";
import { earliest } from "../model/instant";
import type { Manifest } from "../model/manifest";
import type { RecordBody } from "../model/record";
import type { RequestSet } from "../model/request";
import { desiredState, grantEnd } from "../policy";
import { factsOf } from "./facts";
import type { Pass } from "./pass-state";
import { endStrays, strayOf, type Stray } from "./strays";

/** What was taken over, and what is used up. */
export interface Adoption {
  readonly adopted: readonly GrantId[];
  readonly spent: readonly string[];
}

/** Takes over what is live and explained, ends what is not, and says which requests are used up. */
export async function adopt(pass: Pass, manifest: Manifest, requests: RequestSet): Promise<Adoption> {
  const { journal, input } = pass;
  const { installation } = input;
  const asOf = journal.times().record;
  const desired = desiredState({ installation, manifest, requests, asOf, state: journal.state });
  const wanted = new Map(desired.grants.map((grant) => [grant.id, grant]));
  const { bodies, strays } = sortLeases(pass, manifest, wanted);
  await journal.mustRecord([...objectBodies(pass), ...bodies]);
  await endStrays(pass, strays);
  const { state } = journal;
  const live = new Set([...state.grants.values()].filter(isHeld).map((grant) => grant.facts.request));
  await journal.mustRecord(
    desired.grants
      .filter(({ id, request }) => live.has(request) && (state.grants.get(id)?.phase ?? "pending") === "pending")
      .map((grant) => ({
        type: "grant.rejected",
        facts: factsOf(grant),
        reason: "spent",
        detail: "the Log was rebuilt, and it was not live: whether it had started before nobody can tell",
      })),
  );
  return {
    adopted: bodies.flatMap((body) => (body.type === "recovery.adopted" ? [body.facts.grant] : [])),
    spent: requests.requests
      .map((request) => request.name)
      .filter((name) => !live.has(name) && state.names.get(name)?.spent !== true)
      .toSorted(),
  };
}

/** The live leases of ours: those that a merged request explains, and the others. */
function sortLeases(
  pass: Pass,
  manifest: Manifest,
  wanted: ReadonlyMap<GrantId, DesiredGrant>,
): { readonly bodies: readonly RecordBody[]; readonly strays: readonly Stray[] } {
  const { state } = pass.journal;
  const bodies: RecordBody[] = [];
  const strays: Stray[] = [];
  for (const [gateway, seen] of pass.observed) {
    for (const lease of seen.leases) {
      const { correlation, person, connection, createdAt, endsAt } = lease;
      if (correlation?.installation !== pass.input.installation) continue;
      const known = state.grants.get(correlation.grant);
      if (known?.phase === "active") continue;
      const desired = wanted.get(correlation.grant);
      const isSame = desired?.gateway === gateway && desired.person === person && desired.gatewayName === connection;
      const end = desired && earliest(endsAt, grantEnd({ manifest, desired, activatedAt: createdAt }));
      if (!isSame || lease.status !== "live" || end === undefined || lease.altered === true) {
        strays.push(strayOf(gateway, lease));
        continue;
      }
      const { generation } = correlation;
      bodies.push({ type: "recovery.adopted", facts: factsOf(desired), end, activatedAt: createdAt, generation });
    }
  }
  return { bodies, strays };
}

/** Objects that carry our installation and that the Log does not know: as they stand, without their secrets' references. */
function objectBodies(pass: Pass): readonly RecordBody[] {
  const { state } = pass.journal;
  return [...pass.observed].flatMap(([gateway, seen]) =>
    seen.objects
      .filter((one) => one.installation === pass.input.installation)
      .filter((one) => !state.objects.has(objectKey(gateway, one.value)))
      .flatMap(({ value, ref, secretsUpdatedAt }): RecordBody[] => {
        const subject = { kind: value.kind, name: value.name };
        const about = { gateway, subject, value: value as GatewayObject };
        return [
          { type: "configuration.intended", ...about },
          {
            type: "configuration.done",
            ...about,
            ref,
            ...(secretsUpdatedAt === undefined ? {} : { secretsUpdatedAt }),
          },
        ];
      }),
  );
}

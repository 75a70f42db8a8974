import { reconcilerActor } from "../model/actor";
import { canonicalJson } from "../model/canonical";
import type { GatewayObject } from "../model/gateway-object";
import type { GrantState, PendingIntent } from "../model/log-state";
import type { ObservedLease } from "../model/observed";
import type { RecordBody } from "../model/record";
import { endAll } from "./endings";
import { confirmedActivation, correlationOf, ourLeases } from "./found-leases";
import type { Pass } from "./pass-state";

/**
 * Settles what a crash left between an intent and its outcome, by an exact look at the gateway: what
 * is there is recorded, what was there and went is ended. Gives the activations that certainly never
 * reached their gateway: they may be asked for again, until the same end.
 */
export async function recover(pass: Pass): Promise<readonly GrantState[]> {
  const { state } = pass.journal;
  const bodies: RecordBody[] = [];
  const absent: GrantState[] = [];
  const leases = new Map([...pass.observed].map(([gateway, seen]) => [gateway, ourLeases(pass, seen)]));
  for (const intent of state.intents.values()) {
    const grant = intent.grant === undefined ? undefined : state.grants.get(intent.grant);
    const there = leases.get(grant?.facts.gateway ?? intent.gateway ?? "");
    if (there === undefined) continue;
    if (intent.kind === "configuration") bodies.push(...settledConfiguration(pass, intent));
    if (grant === undefined || pass.ended.has(grant.facts.grant)) continue;
    const lease = there.get(correlationOf(pass, grant, intent.generation ?? 0));
    if (intent.kind === "change") bodies.push(settledChange(grant, intent, lease));
    if (intent.kind !== "activation" || grant.phase !== "activating") continue;
    if (lease === undefined) absent.push(grant);
    else bodies.push(confirmedActivation(pass, grant, lease));
  }
  await pass.journal.record(bodies);
  return await endSpent(pass, absent);
}

function settledChange(grant: GrantState, intent: PendingIntent, lease: ObservedLease | undefined): RecordBody {
  const about = { grant: grant.facts.grant, generation: intent.generation ?? 0 } as const;
  if (lease === undefined) return { type: "change.failed", ...about, detail: "not found at the gateway afterwards" };
  return { type: "change.done", ...about, observedEnd: lease.endsAt ?? lease.createdAt };
}

/** What became of a configuration that was being written: what stands there now decides. */
function settledConfiguration(pass: Pass, intent: PendingIntent): readonly RecordBody[] {
  const { gateway, subject, value = null } = intent;
  if (gateway === undefined || subject === undefined) return [];
  const seen = pass.observed
    .get(gateway)
    ?.objects.find((one) => one.value.kind === subject.kind && one.value.name === subject.name);
  const isOurs = seen !== undefined && (subject.kind === "user" || seen.installation === pass.input.installation);
  if (value === null ? seen === undefined : isOurs && isSameObject(value, seen.value)) {
    return [
      {
        type: "configuration.done",
        gateway,
        subject,
        value: value === null ? null : withoutSecrets(value),
        ...(seen === undefined ? {} : { ref: seen.ref }),
        ...(seen?.secretsUpdatedAt === undefined ? {} : { secretsUpdatedAt: seen.secretsUpdatedAt }),
      },
    ];
  }
  return [
    { type: "configuration.failed", gateway, subject, detail: "not found as intended at the gateway afterwards" },
  ];
}

function isSameObject(intended: GatewayObject, seen: GatewayObject): boolean {
  return canonicalJson(withoutSecrets(intended)) === canonicalJson(withoutSecrets(seen));
}

/** Whether its secrets were written nobody can see: their references are left out, so that they are written again. */
function withoutSecrets(value: GatewayObject): GatewayObject {
  if (value.kind !== "connection") return value;
  return { ...value, secrets: Object.fromEntries(Object.keys(value.secrets).map((name) => [name, ""])) };
}

/** Ends the intents whose grant id was at the gateway once and is not there any more; gives the others. */
async function endSpent(pass: Pass, absent: readonly GrantState[]): Promise<readonly GrantState[]> {
  const resumable: GrantState[] = [];
  const gone: GrantState[] = [];
  for (const [gateway, provider] of pass.input.providers) {
    const there = absent.filter((grant) => grant.facts.gateway === gateway);
    if (there.length === 0) continue;
    try {
      const spent = await provider.findSpent(there.map((grant) => grant.facts.grant));
      for (const grant of there) (spent.has(grant.facts.grant) ? gone : resumable).push(grant);
    } catch (thrown) {
      pass.nothingNew = true;
      pass.report.trouble(thrown);
    }
  }
  await endAll(
    pass,
    gone.map((grant) => ({ grant, reason: "ended outside", by: reconcilerActor })),
  );
  return resumable;
}

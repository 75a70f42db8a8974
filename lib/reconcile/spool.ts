import { isHeld } from "../log/held-grants";
import type { GrantId } from "../model/grant";
import { plusSeconds } from "../model/instant";
import type { RecordBody, SpoolEntry } from "../model/record";
import { foldedEnding } from "../log/spool-key";
import type { Pass } from "./pass-state";
import type { PlannedWork } from "./plan-pass";

/**
 * Takes into the chain what the spool says and no effect is needed for: opt-outs, a freeze, endings of
 * Grants that have ended anyway. Then forgets the entries that are in the chain wholly.
 */
export async function foldSpool(pass: Pass): Promise<void> {
  const { journal } = pass;
  if (journal.spool.waiting.length === 0 && journal.spool.done.length === 0) return;
  await journal.record(journal.spool.waiting.flatMap((entry) => foldable(pass, entry)));
  await forget(
    pass,
    journal.spool.done.map((entry) => entry.id),
  );
}

/**
 * Forgets endings of what nobody knows: not the Log, not the requests, not a gateway. What the policy refuses today
 * may be wanted again tomorrow, so an ending is kept until no request that was merged before it could start any more.
 */
export async function forgetStrangers(pass: Pass, work: Pick<PlannedWork, "desired" | "manifest">): Promise<void> {
  const wanted = new Set(work.desired.grants.map((grant) => grant.id));
  const atGateways = new Set<GrantId>();
  for (const seen of pass.observed.values()) {
    for (const lease of seen.leases) if (lease.correlation !== undefined) atGateways.add(lease.correlation.grant);
  }
  const isStrange = (grant: GrantId): boolean =>
    !pass.journal.state.grants.has(grant) && !wanted.has(grant) && !atGateways.has(grant);
  const { record: now } = pass.journal.times();
  const { startWithinSeconds } = work.manifest.limits;
  const strange = pass.journal.spool.waiting.filter(
    ({ at, body }) =>
      body.kind === "end" &&
      plusSeconds(at, startWithinSeconds) < now &&
      body.grants.every((grant) => isStrange(grant)),
  );
  await forget(
    pass,
    strange.map((entry) => entry.id),
  );
}

function foldable(pass: Pass, { id, body }: SpoolEntry): readonly RecordBody[] {
  const { state } = pass.journal;
  switch (body.kind) {
    case "opt-out":
      return [{ type: "optout.set", optOut: body.optOut, spool: id }];
    case "freeze":
      return [{ type: "freeze.set", by: body.by, note: body.note, spool: id }];
    case "end":
      return body.grants
        .filter((grant) => !state.folded.has(foldedEnding(id, grant)))
        .filter((grant) => {
          const known = state.grants.get(grant);
          return known !== undefined && known.phase !== "pending" && !isHeld(known);
        })
        .map((grant) => ({ type: "ending.intended", grant, reason: body.reason, by: body.by, spool: id }));
  }
}

async function forget(pass: Pass, ids: readonly string[]): Promise<void> {
  if (ids.length === 0 || !pass.journal.canRecord) return;
  try {
    await pass.input.store.removeFromSpool(ids);
    await pass.journal.log.refreshSpool();
  } catch (thrown) {
    pass.report.trouble(thrown);
  }
}

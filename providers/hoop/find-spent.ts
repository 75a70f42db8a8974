/** Whether Grants were ever activated: promise 13 of DESIGN.md. Generation 0 is always the first, so one exact look-up tells. */
import { failure } from "../../lib/errors";
import type { GrantId } from "../../lib/model/grant";
import { correlationText, tryParseCorrelation } from "../../lib/model/lease";
import { isAuditor } from "./client/server";
import { sessionsByCorrelation, walkSessions } from "./client/sessions";
import { mapWithWidth } from "../concurrent";
import type { HoopContext } from "./context";

/** Of some Grants, those of which the gateway has a trace, in whatever state. */
export async function findSpent(context: HoopContext, grants: readonly GrantId[]): Promise<ReadonlySet<GrantId>> {
  const asked = [...new Set(grants)];
  if (asked.length === 0) return new Set();
  // A key with lesser rights gets empty lists, not a refusal.
  const caller = await context.observerFacts();
  if (!caller.isAdmin && !isAuditor(caller.groups)) {
    throw failure("E501", {
      detail: `gateway ${context.gateway}: the key that observes is neither an admin's nor an auditor's`,
      fix: "use a key of group auditor or admin as `keys.observe`",
    });
  }
  const spent = await spentByWalk(context, asked);
  if (spent !== undefined) return spent;
  const found = await mapWithWidth(asked, context.dialect.widths.read, async (grant) => {
    const correlation = correlationText({ installation: context.installation, grant, generation: 0 });
    const rows = await sessionsByCorrelation(context.observer, correlation);
    // A row without a review is a failed attempt: it never was a lease.
    return rows.some((row) => row.review !== undefined) ? [grant] : [];
  });
  return new Set(found.flat());
}

/** From how many Grants on one walk over all sessions is tried first. */
const walkFrom = 500;
/** How many look-ups one page of a walk costs at most. */
const lookupsPerPage = 4;

/** One walk over everything, when that is shorter than a look-up each; undefined when it is not. */
async function spentByWalk(context: HoopContext, asked: readonly GrantId[]): Promise<ReadonlySet<GrantId> | undefined> {
  if (asked.length < walkFrom || context.sessionPages.atLeast * lookupsPerPage > asked.length) return undefined;
  const wanted = new Set(asked);
  const spent = new Set<GrantId>();
  let pages = 0;
  for await (const page of walkSessions(context.observer, {})) {
    pages += 1;
    context.sessionPages.atLeast = pages;
    if (pages * lookupsPerPage > asked.length) return undefined;
    for (const row of page) {
      const correlation = row.review === undefined ? undefined : tryParseCorrelation(row.correlation ?? "");
      if (correlation?.installation === context.installation && wanted.has(correlation.grant)) {
        spent.add(correlation.grant);
      }
    }
  }
  return spent;
}

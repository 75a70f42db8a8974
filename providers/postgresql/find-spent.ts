import type { GrantId } from "../../lib/model/grant";
import { failure } from "../../lib/errors";
import { readFailure, type PostgresqlContext } from "./context";

/** Of some Grants, those that were ever activated here: the table keeps each past its latest start (promise 13). */
export async function findSpent(context: PostgresqlContext, grants: readonly GrantId[]): Promise<ReadonlySet<GrantId>> {
  const asked = [...new Set(grants)];
  if (asked.length === 0) return new Set();
  const answer = await context.sql.query({
    text: `SELECT DISTINCT p.grant_id FROM leasehold.spent p, leasehold.setting s
      WHERE s.installation = $1 AND p.grant_id = ANY ($2::text[])`,
    values: [context.installation, asked],
  });
  if (answer.kind === "rows") {
    const wanted = new Set(asked);
    return new Set(answer.rows.map((row) => String(row["grant_id"])).filter((grant) => wanted.has(grant)));
  }
  if (answer.kind === "refused" && answer.state.startsWith("42")) {
    throw failure("E510", {
      detail: `gateway ${context.gateway}: the table leasehold.spent cannot be read`,
      fix: "run `leasehold gateway sql`, and what it prints as an admin of the database",
    });
  }
  const because = answer.kind === "refused" && answer.state.startsWith("28") ? "credential" : "passing";
  throw readFailure(context, { kind: "refused", because, why: "what is spent could not be read" });
}

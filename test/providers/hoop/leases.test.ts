import type { HoopContext } from "../../../providers/hoop/context";
import { hoopDialect } from "../../../providers/hoop/dialect";
import { observeLeases } from "../../../providers/hoop/leases";

interface Grant {
  readonly id: string;
  readonly endsAt: string;
  /** The session's row was cleaned away. */
  readonly isGone?: boolean;
}

const now = "2026-11-22T12:00:00.000Z";
const over = "2026-11-22T11:00:00Z";
const running = "2026-11-22T13:00:00Z";

/** A gateway that holds these grants, newest first; gives the paths asked for in `asked`. */
function holding(grants: readonly Grant[]): { readonly context: HoopContext; readonly asked: string[] } {
  const asked: string[] = [];
  const reviewOf = ({ id, endsAt }: Grant) => ({
    id: `review-${id}`,
    session: id,
    type: "jit",
    status: "APPROVED",
    created_at: "2026-11-22T10:00:00Z",
    revoke_at: endsAt,
  });
  const rowOf = (grant: Grant) => ({
    id: grant.id,
    user: "alice@example.com",
    connection: "db",
    status: "open",
    start_date: "2026-11-22T10:00:00Z",
    review: reviewOf(grant),
  });
  const rows = grants.filter((one) => one.isGone !== true);
  const observer = {
    skewMs: () => 0,
    read: async ({ path, query }: { path: readonly string[]; query?: Readonly<Record<string, string>> }) => {
      asked.push(path.join("/"));
      if (path[0] === "reviews") return grants.map(reviewOf);
      const from = Number(query?.["offset"] ?? 0);
      return { data: rows.slice(from, from + 100).map(rowOf), has_next_page: rows.length > from + 100 };
    },
    tryRead: async ({ path }: { path: readonly string[] }) => {
      asked.push(path.join("/"));
      const found = rows.find((one) => one.id === path[1]);
      return found === undefined ? undefined : rowOf(found);
    },
  };
  const clock = { now: () => now };
  const context = { gateway: "prod", dialect: hoopDialect, clock, observer, owners: new Map(), gone: new Set() };
  return { context: context as unknown as HoopContext, asked };
}

const names = new Set(["db"]);

it("asks once for the session of a grant that is over when it was cleaned away, and forgets it with the grant", async () => {
  const grants: Grant[] = [{ id: "a", endsAt: over, isGone: true }];
  const { context, asked } = holding(grants);
  expect(await observeLeases(context, names)).toEqual([]);
  expect(await observeLeases(context, names)).toEqual([]);
  expect(asked).toEqual(["reviews", "sessions/a", "reviews"]);
  grants.length = 0;
  await observeLeases(context, names);
  expect(context.gone.size).toBe(0);
});

it("asks again, and refuses to give less than the whole, when such a grant is in force again", async () => {
  const grants: Grant[] = [{ id: "a", endsAt: over, isGone: true }];
  const { context } = holding(grants);
  await observeLeases(context, names);
  grants[0] = { id: "a", endsAt: running, isGone: true };
  await expect(observeLeases(context, names)).rejects.toMatchObject({ code: "E502" });
});

it("looks for a few unknown sessions among the newest, and by their ids once a page has none of them", async () => {
  const grants = Array.from({ length: 300 }, (_, index) => ({ id: `s${index}`, endsAt: running }));
  const { context, asked } = holding(grants);
  expect(await observeLeases(context, names)).toHaveLength(300);
  // Each page begins with the last row of the one before.
  expect(asked).toEqual(["reviews", "sessions", "sessions", "sessions", "sessions"]);
  for (const id of ["s3", "s5", "s250"]) context.owners.delete(id);
  asked.length = 0;
  expect(await observeLeases(context, names)).toHaveLength(300);
  expect(asked).toEqual(["reviews", "sessions", "sessions/s250"]);
  for (const id of ["s3", "s250", "s251"]) context.owners.delete(id);
  asked.length = 0;
  expect(await observeLeases(context, names)).toHaveLength(300);
  expect(asked).toEqual(["reviews", "sessions", "sessions", "sessions/s250", "sessions/s251"]);
});

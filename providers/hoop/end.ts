/**
 * Ending all that is ours of a pair, and cutting its sessions: sections 7, 8 and 10 of
 * gateway/hoop-api.md. A 200 or 204 proves nothing there, so it goes round until a look finds nothing.
 */
import { failure, isFailure } from "../../lib/errors";
import type { GrantId } from "../../lib/model/grant";
import type { Instant } from "../../lib/model/instant";
import { tryFindConnection } from "./client/connections";
import { kill, type SessionItem } from "./client/sessions";
import { askToClose } from "./close-reviews";
import { gatewayNowMs } from "./leases";
import { grantOfRow, isConnectionListed, isOpenGrant, isOurs, type HoopRun } from "./run";

/** What one going round found and did. */
export interface Cleared {
  /** A lease was there. */
  readonly wasThere: boolean;
  /** Live sessions found and cut. */
  readonly sessionsCut: number;
  /** The grants whose leases were found and ended: what comes late under the same name is ended too. */
  readonly grants: ReadonlySet<GrantId>;
  /** Everything that was killed: a sweep kills it again, since a kill that reached nothing looks the same. */
  readonly killed: ReadonlySet<string>;
}

/** What is to be cleared. */
export interface Clearing {
  /** The Connection's gateway name. */
  readonly connection: string;
  /** Everything there is now; may give more than is asked for. */
  readonly rows: () => Promise<readonly SessionItem[]>;
  /** Whether a row that is a grant is to be ended; other rows are sessions, and cut. */
  readonly isToEnd: (row: SessionItem) => boolean;
  /** Sessions to kill once more, whatever their rows say. */
  readonly again?: ReadonlySet<string>;
  /** Sessions of the pair that are over since then are killed too: an ending that was begun may have reached nothing. */
  readonly since?: Instant;
}

/** Ends and cuts until nothing is left. Throws E501 without rights, E502 when something stays. */
export async function clear(run: HoopRun, clearing: Clearing): Promise<Cleared> {
  const cut = new Set<string>();
  const killed = new Set(clearing.again ?? []);
  const grants = new Set<GrantId>();
  for (const id of killed) await askToKill(run, id);
  let wasThere = false;
  let missing = false;
  for (let round = 0; round < maxRounds; round += 1) {
    const rows = await clearing.rows();
    if (round === 0) for (const id of await killInDoubt(run, rows, clearing)) killed.add(id);
    const open = missing ? [] : rows.filter((row) => isOpenGrant(row) && clearing.isToEnd(row));
    const lines = rows.filter((row) => isLine(run, row, clearing));
    if (open.length === 0 && lines.length === 0) return { wasThere, sessionsCut: cut.size, grants, killed };
    if (open.length > 0) wasThere = true;
    for (const row of open) {
      const grant = grantOfRow(row);
      if (grant !== undefined) grants.add(grant);
    }
    for (const row of lines) if (row.review === undefined && row.correlation === undefined) cut.add(row.id);
    const done = await clearOnce(run, open, lines);
    for (const id of done.killed) killed.add(id);
    if (done.isCertain) return { wasThere, sessionsCut: cut.size, grants, killed };
    // Grants of a deleted Connection cannot be revoked, and let nobody in ever again.
    if (round >= 1 && open.length > 0) missing = await isMissing(run, clearing.connection);
    if (round >= 1) await run.context.clock.sleep(200 * round, run.signal);
  }
  throw failure("E502", {
    detail: `gateway ${run.context.gateway}: something stays open on connection ${clearing.connection}`,
    fix: "run leasehold reconcile; if it stays, look at that connection at the gateway",
  });
}

/** The clearing of a pair: ours is ended, somebody else's is left alone. */
export function clearingOfPair(
  run: HoopRun,
  connection: string,
  rows: () => Promise<readonly SessionItem[]>,
): Clearing {
  return { connection, rows, isToEnd: (row) => isOurs(run.context, row) };
}

const maxRounds = 8;

/**
 * Kills again what an ending may have killed that did not come to its end: such a row is done, while its stream may
 * live on, and nobody is left who knows that it is to be killed again.
 */
async function killInDoubt(
  run: HoopRun,
  rows: readonly SessionItem[],
  { since }: Clearing,
): Promise<readonly string[]> {
  if (since === undefined || run.context.dialect.revokeCutsSessions) return [];
  const sinceMicros = (Date.parse(since) + run.context.observer.skewMs() - apartMs) * 1000;
  const inDoubt = rows.filter(
    (row) => row.review === undefined && row.correlation === undefined && (row.endedAt ?? 0) >= sinceMicros,
  );
  for (const { id } of inDoubt) await askToKill(run, id);
  return inDoubt.map((row) => row.id);
}

/** How far the clock that `since` is by may have been from the gateway's. */
const apartMs = 60_000;

/**
 * What it killed, and whether no further look is needed: a gateway that cuts by itself said that all is over, and what
 * had not run out by itself is looked at again, whatever it said.
 */
async function clearOnce(
  run: HoopRun,
  open: readonly SessionItem[],
  lines: readonly SessionItem[],
): Promise<{ readonly killed: readonly string[]; readonly isCertain: boolean }> {
  const { revokeCutsSessions } = run.context.dialect;
  let isCertain = revokeCutsSessions && lines.length === 0 && open.every((row) => hasRunOut(run, row));
  for (const row of open) {
    if (row.review !== undefined && !(await askToClose(run, row.review))) isCertain = false;
  }
  // The review's own session is always killed: its row is done by then, while its stream may live on.
  const own = revokeCutsSessions ? [] : open;
  const killed = [...new Set([...own, ...lines].map((row) => row.id))];
  for (const id of killed) await askToKill(run, id);
  return { killed, isCertain };
}

function hasRunOut({ context }: HoopRun, { review }: SessionItem): boolean {
  return review?.revokeAt !== undefined && review.revokeAt <= gatewayNowMs(context) * 1000;
}

async function askToKill(run: HoopRun, id: string): Promise<void> {
  try {
    await kill(run.context.writer, id);
  } catch (thrown) {
    if (!isFailure(thrown, "unreachable")) throw thrown;
  }
}

/**
 * A session that is not over and may be killed. One opened on a grant says nothing of the grant: it has
 * no review and no correlation. Rows with somebody else's review or correlation are theirs; ours that
 * are still open grants are killed with them.
 */
function isLine(run: HoopRun, row: SessionItem, clearing: Clearing): boolean {
  if (row.status === "done") return false;
  if (row.review !== undefined) return clearing.isToEnd(row) && !isOpenGrant(row);
  return row.correlation === undefined || isOurs(run.context, row) || clearing.isToEnd(row);
}

async function isMissing(run: HoopRun, connection: string): Promise<boolean> {
  const found = await tryFindConnection(run.context.writer, connection);
  return found === undefined && !(await isConnectionListed(run, connection));
}

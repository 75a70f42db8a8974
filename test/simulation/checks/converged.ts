/** After the last fault: two passes, and everything is as it should be; a third one finds nothing to do. */
import { exitCodes } from "../../../lib/errors";
import { openLog, verifyLog } from "../../../lib/log";
import { runPass, type PassReport } from "../../../lib/reconcile";
import type { Ledger } from "../oracle/ledger";
import type { People } from "../play/people";
import { Violation } from "../violation";
import { installation, type World } from "../world/world";
import { checkAccess } from "./access";
import type { Checks } from "./checks";
import { wordsOf } from "./records";

/** What is looked at. */
export interface Ending {
  readonly world: World;
  readonly checks: Checks;
  readonly ledger: Ledger;
  readonly people: People;
  until(isOver: () => boolean, atMs: number): Promise<void>;
  wait<T>(work: Promise<T>): Promise<T>;
}

/** How long calls that nobody waits for any more may be on their way. */
const stragglersMs = 150_000;
/** How long people try again what once failed. */
const insistenceMs = 30 * 60_000;

/** Lets a run come to rest, and throws a Violation for what is wrong then. */
export async function checkConverged(ending: Ending): Promise<void> {
  const { world, checks, people } = ending;
  const until: Ending["until"] = (isOver, atMs) => ending.until(isOver, atMs);
  await until(() => false, world.turns.nowMs + stragglersMs);
  // Nothing new starts while the clock stands behind the Log; endings do.
  checks.chain.read();
  const lastMs = checks.chain.newestSeenMs();
  await until(() => false, Math.max(world.turns.nowMs, lastMs) + 1_000);
  await until(() => people.busy === 0, world.turns.nowMs + insistenceMs);
  if (people.busy > 0)
    throw new Violation("converged", "what people try does not succeed, though nothing is wrong any more");
  const beganMs = world.turns.nowMs;
  await pass(ending);
  const secondMs = world.turns.nowMs;
  const second = await pass(ending);
  const trouble = second.exitCodes.filter((code) => code !== exitCodes.refused);
  if (trouble.length > 0) {
    throw new Violation(
      "converged",
      `the second pass ends with ${trouble.join(", ")}: ${JSON.stringify(second.errors).slice(0, 600)}`,
    );
  }
  checkAccess(checks, secondMs, { isAlone: true, wasPaused: false });
  await checkAtRest(ending, beganMs);
  const third = await pass(ending);
  const isNow = (atMs: number): boolean => atMs >= beganMs - 1_000 && atMs <= world.turns.nowMs + 1_000;
  const reviews = [...world.gateway.view.table("reviews").all()];
  const isQuiet =
    !reviews.some(({ revokeAt }) => typeof revokeAt === "number" && isNow(revokeAt / 1000)) &&
    ![...checks.chain.lives.values()].some((life) => life.phase !== "rejected" && isNow(life.endMs)) &&
    ![...ending.ledger.requests.values()].some(({ asked }) => isNow(asked.startAfterMs) || isNow(asked.startBeforeMs));
  if (isQuiet && third.effects + third.recorded > 0) {
    throw new Violation("quiet", `a third pass has ${third.effects} effects and ${third.recorded} records`);
  }
}

async function pass(ending: Ending): Promise<PassReport> {
  const { checks, people } = ending;
  const outcome = await ending.wait(people.run("pass", (reached) => runPass({ ...reached, mode: "apply" })));
  // It was told of as somebody's meddling; it is alone now.
  checks.lastMeddlingMs = 0;
  if (outcome.kind !== "done")
    throw new Violation("converged", `a pass ${outcome.kind}, though nothing is wrong any more`);
  return outcome.value;
}

async function checkAtRest(ending: Ending, beganMs: number): Promise<void> {
  const { world, checks, ledger, people } = ending;
  let failed: Violation | undefined;
  const look = await ending.wait(
    people.run("look", async ({ store }) => {
      const verdict = await verifyLog(store);
      if (!verdict.ok) failed = new Violation("log", verdict.fault.detail);
      const { chain: state } = await openLog({ store, installation });
      const now = world.turns.nowMs;
      for (const [id, life] of checks.chain.lives) {
        const phase = state.grants.get(id)?.phase;
        const expected = {
          intended: "activating",
          failed: "pending",
          active: "active",
          ended: "ended",
          rejected: "rejected",
        }[life.phase];
        if (phase !== expected)
          failed ??= new Violation(
            "fold",
            `${wordsOf(checks, id)} is ${phase ?? "unknown"} by the fold, ${expected} by its records`,
          );
        if (phase === "activating") failed ??= new Violation("fold", `${wordsOf(checks, id)} is left half started`);
        const isOverdue = phase === "active" && life.endMs < beganMs;
        if (isOverdue) failed ??= new Violation("end", `${wordsOf(checks, id)} is active after its end`);
      }
      for (const intent of state.intents.values()) {
        failed ??= new Violation(
          "fold",
          `an intent is left: ${intent.kind} ${intent.grant ?? intent.subject?.name ?? ""}`,
        );
      }
      for (const grant of ledger.grants()) {
        const why = whyLost(ledger, checks, grant.id, { beganMs, now });
        if (why !== undefined) failed ??= new Violation("lost", `${wordsOf(checks, grant.id)} ${why}`);
      }
    }),
  );
  checks.lastMeddlingMs = 0;
  if (failed !== undefined) throw failed;
  if (look.kind !== "done") throw new Violation("log", "the Log cannot be read at the end");
}

/** Why a Grant should be there and is not; undefined when that is as it should be. */
function whyLost(
  ledger: Ledger,
  checks: Checks,
  id: string,
  at: { readonly beganMs: number; readonly now: number },
): string | undefined {
  const grant = ledger.grant(id);
  const life = checks.chain.lives.get(id);
  if (grant === undefined || life?.phase === "active" || life?.phase === "ended") return undefined;
  // The end is fixed with the intent: whoever is held up for all of it starts nothing.
  if (life?.isTimeUp === true) return undefined;
  const { request, person, connection } = grant;
  const { asked, merged, removed, approvals } = request;
  const margin = checks.worstClockMs() + 60_000;
  const isWanted = merged.sureMs < at.beganMs && removed === undefined;
  const isNow = asked.startAfterMs + margin < at.beganMs && asked.startBeforeMs > at.now + margin;
  const isAllowed = !ledger.mayBeIneligible(grant, merged.fromMs, at.now);
  const isApproved = connection !== "orders/write" || approvals.some((one) => one.sureMs < at.beganMs);
  const isLeft = !ledger.mayBeEndedBy(id, at.now) && !ledger.mayBeWaived(person, connection, at.now);
  const isUntouched = ledger.touchedAt(person, connection) === undefined;
  if (!(isWanted && isNow && isAllowed && isApproved && isLeft && isUntouched)) return undefined;
  return life === undefined
    ? "is wanted and approved, and did not start"
    : `is wanted and approved, and is ${life.phase} (${life.endReason ?? ""})`;
}

import { instantOf } from "../../lib/model/instant";
import type { EffectOutcome, EndEffect } from "../../lib/ports";
import { mapWithWidth } from "../concurrent";
import { call, type Called, type PostgresqlContext } from "./context";

/** Calls at a time: as many as the pool of `Sql` has connections. */
const width = 4;
/** How often one ending is tried before it is left to the next pass. */
const rounds = 12;
/** Waits in milliseconds: between two tries, and before the last look, by when a login that was let in before the end is seen. */
const waits = { again: 100, lastLook: 300 } as const;

/**
 * Ends leases: no login, no membership, and sessions cut until a look finds none. All are ended first; a login that was
 * on its way meanwhile is found by one look at all of them after a moment, and cut.
 */
export async function endAll(
  context: PostgresqlContext,
  effects: readonly EndEffect[],
  signal: AbortSignal | undefined,
): Promise<readonly EffectOutcome[]> {
  if (effects.length === 0) return [];
  const endings = effects.map((effect): Ending => ({ effect, atMs: 0, wasThere: false, cut: new Set() }));
  await mapWithWidth(endings, width, (ending) => untilClear(context, ending));
  for (let look = 0; look < rounds; look += 1) {
    await context.clock.sleep(waits.lastLook, signal);
    const late = await stillIn(context, endings);
    if (late === "unseen") break;
    if (late.length === 0) return endings.map(outcomeOf);
    await mapWithWidth(late, width, (ending) => untilClear(context, ending));
  }
  for (const ending of endings) ending.trouble ??= { kind: "unknown", why: "it could not be seen that nobody is left" };
  return endings.map(outcomeOf);
}

/** An ending under way. */
interface Ending {
  readonly effect: EndEffect;
  role?: string;
  atMs: number;
  wasThere: boolean;
  /** The processes of sessions that were cut. */
  readonly cut: Set<number>;
  trouble?: Exclude<Called, { kind: "answered" }>;
}

async function untilClear(context: PostgresqlContext, ending: Ending): Promise<void> {
  const { person, connection } = ending.effect;
  for (let round = 0; round < rounds; round += 1) {
    if (round > 0) await context.clock.sleep(waits.again);
    const called = await call(context, "end_lease", [context.installation, person, connection]);
    if (called.kind !== "answered") {
      ending.trouble = called;
      // Not told is tried again: a holder can be in the way for as long as one session lives, and that one is cut.
      if (called.kind === "refused" && called.because !== "passing") return;
      continue;
    }
    const answer = tryAnswer(called.value);
    if (answer === undefined) {
      ending.trouble = { kind: "unknown", why: "leasehold.end_lease gave an answer that makes no sense" };
      return;
    }
    delete ending.trouble;
    ending.role = answer.role;
    ending.wasThere ||= answer.wasThere;
    if (ending.atMs === 0 || answer.wasThere || answer.cut.length > 0) ending.atMs = answer.atMs;
    for (const pid of answer.cut) ending.cut.add(pid);
    if (answer.cut.length === 0) return;
  }
  ending.trouble ??= { kind: "unknown", why: "sessions go on being opened" };
}

/** Those of some endings whose role has a session. */
async function stillIn({ sql }: PostgresqlContext, endings: readonly Ending[]): Promise<readonly Ending[] | "unseen"> {
  const byRole = new Map(endings.flatMap((one) => (one.role === undefined ? [] : [[one.role, one] as const])));
  if (byRole.size === 0) return [];
  const answer = await sql.query({
    text: "SELECT DISTINCT usename::text AS role FROM pg_stat_activity WHERE usename = ANY ($1::name[])",
    values: [[...byRole.keys()]],
  });
  if (answer.kind !== "rows") return "unseen";
  return answer.rows.flatMap((row) => byRole.get(String(row["role"])) ?? []);
}

function outcomeOf({ effect, atMs, wasThere, cut, trouble }: Ending): EffectOutcome {
  if (trouble?.kind === "refused") return { kind: "refused", effect, because: trouble.because, why: trouble.why };
  if (trouble?.kind === "unknown") return { kind: "unknown", effect, why: trouble.why };
  return { kind: "ended", effect, at: instantOf(atMs), sessionsCut: cut.size, wasThere };
}

interface Answer {
  readonly role: string;
  readonly wasThere: boolean;
  readonly cut: readonly number[];
  readonly atMs: number;
}

function tryAnswer(value: unknown): Answer | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { role, was_there: wasThere, cut, at_ms: atMs } = value as Readonly<Record<string, unknown>>;
  const isWhole = typeof role === "string" && typeof wasThere === "boolean" && typeof atMs === "number";
  if (!isWhole || !Array.isArray(cut) || !cut.every((pid) => typeof pid === "number")) return undefined;
  return { role, wasThere, cut, atMs };
}

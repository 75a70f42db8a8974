import { setTimeout as sleep } from "node:timers/promises";
import { epochMsOf, instantOf } from "../../lib/model/instant";
import type { Http } from "../../lib/ports";
import { runEvery } from "../../lib/reconcile";
import { clientLimit } from "./support/client-limit";
import { bench, type Findings } from "./support/bench";
import { fire, type Shot } from "./support/cannon";
import type { PutLease } from "./support/gateway";
import { measured, percentile } from "./support/result";
import { Scene } from "./support/scene";

/**
 * P7 and P8: one reconciler that keeps going, before a gateway with 100,000 live grants: first 250 of others end
 * each second, then those 100,000 in the same second.
 */
const perSecond = 250;
const seconds = 40;
const few = perSecond * seconds;
const many = 100_000;
const connections = 8;
/** From the beginning of the seeding to the first end. */
const leadMs = 150_000;

bench(async (directory) => {
  const sent = new Map<string, number>();
  const begin = Date.now() + leadMs;
  const allAt = instantOf(begin + (seconds + 15) * 1000);
  const scene = await Scene.open(directory, {
    grants: few + many,
    twin: true,
    end: (index) => (index < few ? instantOf(begin + (index * 1000) / perSecond) : allAt),
    http: (http) => noting(http, sent),
  });
  const { twin, leases } = scene;
  if (twin === undefined) throw new Error("no second gateway");
  if (Date.now() > begin) throw new Error("the seeding took too long: raise leadMs");
  const drain = leases.slice(few);
  // Half of the other side before, half after, so that a machine that slows down does so for both.
  const most = [await drainTwin(twin, drain.slice(0, many / 2))];
  const stop = new AbortController();
  let firstPassAt: number | undefined;
  const onReport = (): void => void (firstPassAt ??= Date.now());
  const running = runEvery({ ...scene.world, intervalMs: 600_000, signal: stop.signal, onReport });
  await until(() => sent.size >= few);
  if ((firstPassAt ?? Number.POSITIVE_INFINITY) > begin) throw new Error("the first pass took too long: raise leadMs");
  const atRest = timers();
  await until(() => sent.size >= few + many);
  stop.abort();
  await running;
  most.push(await drainTwin(twin, drain.slice(many / 2)));
  await scene.close();
  return [lags(leases.slice(0, few), sent), drained(drain, sent, { most, atRest })];
});

function lags(leases: readonly PutLease[], sent: ReadonlyMap<string, number>): Findings {
  const late = leases
    .map(({ review, end }) => (sent.get(review) ?? Number.NaN) - epochMsOf(end))
    .toSorted((a, b) => a - b);
  // Each ten seconds are a round, so that the spread says whether it falls behind.
  const rounds = Array.from({ length: 4 }, (_, quarter) => {
    const part = leases.slice((quarter * few) / 4, ((quarter + 1) * few) / 4);
    return percentile(
      part.map(({ review, end }) => (sent.get(review) ?? Number.NaN) - epochMsOf(end)).toSorted((a, b) => a - b),
      0.99,
    );
  });
  return {
    row: "P7",
    checks: [{ what: "p99", figure: percentile(late, 0.99) / 1000, unit: "s", bar: 1, is: "at most" }],
    measured: [measured("p99 of each ten seconds", "ms", rounds), measured("every lag", "ms", late)],
    limit:
      "A run that only ends what is due looks at what is due and at nothing else: the fold keeps its held grants by deadline and by person (two designs before it: three walks over all grants a run, and one look that remembered until when nothing is due). What is left is the pause between two runs, 0.2 s, and the run itself: an epoch, two syncs, and two calls for each ending, which share the processor with the gateway.",
    method: `A reconciler that keeps going (runEvery) before ${many.toLocaleString("en-US")} live grants, of ${perSecond} others one ends every ${1000 / perSecond} ms, for ${seconds} s. The lag is from a grant's deadline to the moment at which its revoke is sent to the embedded gateway in another process.`,
  };
}

function drained(
  leases: readonly PutLease[],
  sent: ReadonlyMap<string, number>,
  found: { readonly most: readonly number[]; readonly atRest: number },
): Findings {
  const times = leases.map(({ review }) => sent.get(review) ?? Number.NaN).toSorted((a, b) => a - b);
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const step = many / 10;
  const rates = Array.from({ length: 10 }, (_, tenth) => {
    const [from = 0, to = 0] = [times[tenth * step], times[(tenth + 1) * step - 1]];
    return step / ((to - from) / 1000);
  });
  const rate = many / ((last - first) / 1000);
  const most = measured("the gateway at most, by autocannon", "/s", found.most);
  return {
    row: "P8",
    checks: [
      { what: "of the gateway's maximum", figure: (100 * rate) / most.median, unit: "%", bar: 80, is: "at least" },
      { what: "timers while 100,000 wait", figure: found.atRest, unit: "timers", bar: 10, is: "at most" },
    ],
    measured: [measured("each tenth of the drain", "/s", rates), most],
    limit: clientLimit,
    method: `The same reconciler when ${many.toLocaleString("en-US")} grants end in the same second, from the first revoke sent to the last, each with its intent and outcome on disk, against autocannon on a second gateway of the same content: the same two calls for each grant (what is there of the pair, revoke), ${connections} connections, a quarter of the grants before and a quarter after.`,
  };
}

/** Ends a quarter of all; autocannon has calls on the way when it has enough, so there have to be more. */
function drainTwin(twin: Scene["gateway"], leases: readonly PutLease[]): Promise<number> {
  return fire(twin, {
    connections,
    count: many / 4,
    statuses: new Set([200]),
    shots: (index) => shotsOf(leases[index % leases.length] ?? { person: "", connection: "", review: "", end: "" }),
  });
}

function shotsOf({ person: user, connection, review }: PutLease): readonly [Shot, ...Shot[]] {
  const query = new URLSearchParams({ connection, user, limit: "100", count: "none" });
  const dates = "start_date=1970-01-01T00%3A00%3A00Z&end_date=2999-01-01T00%3A00%3A00Z&offset=0";
  return [
    { method: "GET", path: `/api/sessions?${query.toString()}&${dates}` },
    { method: "PUT", path: `/api/reviews/${review}`, body: { status: "REVOKED" } },
  ];
}

/** Notes when the revoke of each review was first sent. */
function noting(http: Http, sent: Map<string, number>): Http {
  return {
    send: (request, signal) => {
      const review = request.method === "PUT" ? /\/api\/reviews\/([^/?]+)$/.exec(request.url)?.[1] : undefined;
      if (review !== undefined && !sent.has(review)) sent.set(review, Date.now());
      return http.send(request, signal);
    },
    close: () => http.close(),
  };
}

function timers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
}

async function until(isTrue: () => boolean): Promise<void> {
  const deadline = Date.now() + 600_000;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error("it took longer than ten minutes");
    await sleep(100);
  }
}

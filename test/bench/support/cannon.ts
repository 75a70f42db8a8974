/** What a gateway can do at most: the calls of the reconciler, sent by autocannon. */
import autocannon from "autocannon";
import type { BenchGateway } from "./gateway";

/** One call. */
export interface Shot {
  readonly method: "GET" | "POST" | "PUT";
  /** With `/api`. */
  readonly path: string;
  readonly body?: unknown;
}

/** Sends the calls of so many things, those of one after each other on one connection; gives things per second. */
export async function fire(
  gateway: BenchGateway,
  how: {
    readonly connections: number;
    readonly count: number;
    /** The calls of the n-th thing: as many for each. */
    readonly shots: (index: number) => readonly [Shot, ...Shot[]];
    /** The statuses that answers may have. */
    readonly statuses: ReadonlySet<number>;
  },
): Promise<number> {
  let next = 0;
  const perThing = how.shots(0).length;
  const headers = {
    authorization: `Bearer ${gateway.adminKey}`,
    accept: "application/json",
    "content-type": "application/json",
  };
  const wrong = new Map<number, number>();
  const options: autocannon.Options = {
    url: gateway.url,
    connections: how.connections,
    amount: how.count * perThing,
    timeout: 30,
    requests: Array.from({ length: perThing }, (_, at) => ({
      headers,
      setupRequest: (request: autocannon.Request, context: object) => {
        const own = context as { index?: number };
        if (at === 0) own.index = next++;
        const { method, path, body } = how.shots(own.index ?? 0)[at] as Shot;
        const { body: _none, ...rest } = request;
        return { ...rest, method, path, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
      },
    })),
  };
  const from = performance.now();
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const run = autocannon(options, (error: unknown, found) =>
      error === null || error === undefined ? resolve(found) : reject(error as Error),
    );
    run.on("response", (_client, status) => {
      if (!how.statuses.has(status)) wrong.set(status, (wrong.get(status) ?? 0) + 1);
    });
  });
  const seconds = (performance.now() - from) / 1000;
  if (wrong.size > 0 || result.errors > 0 || result.timeouts > 0) {
    throw new Error(`autocannon: ${result.errors} errors, ${result.timeouts} time-outs, ${JSON.stringify([...wrong])}`);
  }
  return how.count / seconds;
}

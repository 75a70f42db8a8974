/** What was called, counted. */

/** One call that was made. */
export interface RecordedCall {
  readonly api: "rest" | "graphql" | "git";
  readonly kind: "read" | "write";
  readonly method: string;
  readonly path: string;
  /** The operation as GitHub's description names it; of GraphQL `POST /graphql`, of git `git SERVICE`. */
  readonly route: string;
  readonly status: number;
  readonly login: string | null;
  /** The body sent, and answered, of REST and GraphQL calls. */
  readonly sent?: unknown;
  readonly answered?: unknown;
}

/** Counts since the last reset. */
export interface Counters {
  readonly total: number;
  readonly rest: number;
  readonly graphql: number;
  readonly git: number;
  readonly reads: number;
  readonly writes: number;
  /** Of the reads, those answered 304. */
  readonly notModified: number;
  readonly byRoute: Readonly<Record<string, number>>;
}

/** Sums calls up. */
export function countersOf(calls: readonly RecordedCall[]): Counters {
  const of = (test: (call: RecordedCall) => boolean) => calls.filter(test).length;
  const byRoute: Record<string, number> = {};
  for (const { route } of calls) byRoute[route] = (byRoute[route] ?? 0) + 1;
  return {
    total: calls.length,
    rest: of((one) => one.api === "rest"),
    graphql: of((one) => one.api === "graphql"),
    git: of((one) => one.api === "git"),
    reads: of((one) => one.kind === "read"),
    writes: of((one) => one.kind === "write"),
    notModified: of((one) => one.status === 304),
    byRoute,
  };
}

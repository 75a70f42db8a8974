/** Accidents on command. */

/** Which calls an accident meets; what is left out matches all. */
export interface FaultMatch {
  readonly api?: "rest" | "graphql" | "git";
  readonly method?: string;
  /** Exactly an operation, as `GET /repos/{owner}/{repo}/git/blobs/{file_sha}`. */
  readonly route?: string;
  /** Source of a regular expression over path and query. */
  readonly path?: string;
  /** Source of a regular expression over the text of a GraphQL question. */
  readonly query?: string;
}

/** What happens. Everything but the last five is instead of the call; those let the call have its effect. */
export type Fault =
  | { readonly kind: "status"; readonly status: number; readonly body?: unknown; readonly headers?: Headers }
  /** Never answered; the connection stays open. */
  | { readonly kind: "time out" }
  | { readonly kind: "reset" }
  /** Status 200 with an HTML page. */
  | { readonly kind: "not JSON" }
  /** Status 200 with `{"message": "Server Error"}`. */
  | { readonly kind: "error body" }
  | { readonly kind: "empty body" }
  /** The primary limit: 403 (GraphQL: 200 with an error), remaining 0, reset after so many seconds. */
  | { readonly kind: "rate limit"; readonly resetAfterSeconds: number }
  /** The secondary limit, with `retry-after`. */
  | { readonly kind: "secondary limit"; readonly status?: 403 | 429; readonly retryAfterSeconds: number }
  /** Status 200 with GraphQL errors, beside the data or instead of it. */
  | { readonly kind: "GraphQL errors"; readonly errors?: readonly object[]; readonly data: "kept" | "null" }
  /** The effect happens, then the connection is reset. */
  | { readonly kind: "lost answer" }
  /** The first half of the body, then the connection ends. */
  | { readonly kind: "truncated" }
  | { readonly kind: "delay"; readonly milliseconds: number }
  /** Puts a value at a JSON pointer of the answer's body (`undefined` in JSON: takes it away). */
  | { readonly kind: "replace"; readonly pointer: string; readonly value?: unknown };

type Headers = Readonly<Record<string, string>>;

/** An accident that waits for its calls. */
export interface PlantedFault {
  readonly match?: FaultMatch;
  readonly fault: Fault;
  /** Matching calls to let pass first. @default 0 */
  readonly skip?: number;
  /** How many calls it meets; null: all. @default 1 */
  readonly times?: number | null;
}

/** What is known of a call when its accident is looked for. */
export interface FaultedCall {
  readonly api: "rest" | "graphql" | "git";
  readonly method: string;
  readonly path: string;
  readonly route: string;
  readonly query: string;
}

/** The planted accidents. */
export class Faults {
  private planted: { readonly fault: PlantedFault; skip: number; times: number }[] = [];

  plant(fault: PlantedFault): void {
    const times = fault.times === null ? Number.POSITIVE_INFINITY : (fault.times ?? 1);
    this.planted.push({ fault, skip: fault.skip ?? 0, times });
  }

  clear(): void {
    this.planted = [];
  }

  /** The accident of a call, used up by it. The first planted that matches is met. */
  take(call: FaultedCall): Fault | undefined {
    for (const one of this.planted) {
      if (one.times === 0 || !matches(one.fault.match ?? {}, call)) continue;
      if (one.skip > 0) {
        one.skip -= 1;
        continue;
      }
      one.times -= 1;
      return one.fault.fault;
    }
    return undefined;
  }
}

function matches(match: FaultMatch, call: FaultedCall): boolean {
  return (
    (match.api ?? call.api) === call.api &&
    (match.method ?? call.method) === call.method &&
    (match.route ?? call.route) === call.route &&
    (match.path === undefined || new RegExp(match.path).test(call.path)) &&
    (match.query === undefined || new RegExp(match.query).test(call.query))
  );
}

/** The pointers (RFC 6901) of everything in a JSON value, to replace one after the other. */
export function pointersOf(body: unknown, at = ""): readonly string[] {
  if (typeof body !== "object" || body === null) return [at];
  const inside = Object.entries(body).flatMap(([key, value]) =>
    pointersOf(value, `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  );
  return at === "" ? inside : [at, ...inside];
}

/** A copy of a JSON value with the value at a pointer (RFC 6901) replaced, or taken away when `value` is undefined. */
export function replaceAt(body: unknown, pointer: string, value: unknown): unknown {
  const copy = structuredClone(body);
  const keys = pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = keys.pop();
  if (last === undefined) return value;
  let at = copy as Record<string, unknown>;
  for (const key of keys) {
    if (typeof at[key] !== "object" || at[key] === null) return copy;
    at = at[key] as Record<string, unknown>;
  }
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}

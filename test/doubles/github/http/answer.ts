/** What is answered, before it is written. */

/** An answer of the REST API; `json` undefined is an answer without a body. */
export interface Answer {
  readonly status: number;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer of 200, or another status, with a body. */
export function ok(json: unknown, status = 200): Answer {
  return { status, json };
}

/** An error as GitHub words it. */
export function fails(status: number, message: string, more: Readonly<Record<string, unknown>> = {}): Answer {
  const documentation = { documentation_url: "https://docs.github.com/rest", status: String(status) };
  return { status, json: { message, ...more, ...documentation } };
}

/** GitHub's 404, also for what the token may not know of. */
export const notFound: Answer = fails(404, "Not Found");

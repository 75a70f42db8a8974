import type { Http, HttpRequest } from "../ports";
import { limits } from "../model/limits";

/** The part of `fetch` that octokit uses. */
export type Fetch = (url: string, request: FetchRequest) => Promise<Response>;

/** What octokit asks a fetch for. */
export interface FetchRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * A fetch for octokit over the Http port: bounded in time and size, no redirect followed (the token would go
 * along), no proxy. Rejects with E500 of the port where there is no whole answer.
 */
export function fetchOver(http: Http, signal?: AbortSignal): Fetch {
  return async (url, { method, headers, body }) => {
    const answer = await http.send(
      {
        method: methodOf(method),
        url,
        headers,
        ...(typeof body === "string" ? { body } : {}),
        timeoutMs: limits.httpTimeoutMs,
        maxBytes: limits.githubBodyBytes,
      },
      signal,
    );
    // These may have no body, and Response insists.
    const isEmpty = answer.status === 204 || answer.status === 205 || answer.status === 304;
    return new Response(isEmpty ? null : answer.body, { status: answer.status, headers: answer.headers });
  };
}

function methodOf(method: string): HttpRequest["method"] {
  switch (method) {
    case "GET":
    case "HEAD":
    case "POST":
    case "PUT":
    case "PATCH":
    case "DELETE":
      return method;
    default:
      throw new TypeError(`Expected a method of HTTP, got \`${method}\``);
  }
}

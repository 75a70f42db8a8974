/**
 * HTTP on axios, which is loaded when the first call is made. Connections are kept alive; no
 * redirect is followed, no proxy of the environment is used (it would see the keys), nothing is
 * unpacked, and every answer is bounded in time and size.
 */
import type { Axios, AxiosResponse } from "axios" with { "resolution-mode": "import" };
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { failure, type LeaseholdError } from "../errors";
import type { Http, HttpRequest, HttpResponse } from "../ports";

/** How the connections are kept. */
export interface HttpOptions {
  /** Connections to one host at a time. @default 16 */
  readonly maxConnections?: number;
}

/** Makes the real Http. Close it: connections that are kept alive keep a process alive. */
export function nodeHttp(options: HttpOptions = {}): Http {
  const kept = { keepAlive: true, maxSockets: options.maxConnections ?? 16, keepAliveMsecs: 5_000 };
  const agents = { httpAgent: new HttpAgent(kept), httpsAgent: new HttpsAgent(kept) };
  let client: Promise<Axios> | undefined;
  return {
    async send(request, signal) {
      client ??= makeClient(agents);
      return await sendOn(await client, request, signal);
    },
    async close() {
      agents.httpAgent.destroy();
      agents.httpsAgent.destroy();
    },
  };
}

async function makeClient(agents: { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent }): Promise<Axios> {
  const { Axios } = await import("axios");
  // Of this class itself: an instance that `create` makes also carries axios' own defaults, which each call merges anew.
  return new Axios({
    ...agents,
    adapter: "http",
    maxRedirects: 0,
    proxy: false,
    decompress: false,
    responseType: "arraybuffer",
    validateStatus: () => true,
    transformRequest: [(body: unknown) => body],
    transformResponse: [(body: unknown) => body],
  });
}

async function sendOn(client: Axios, request: HttpRequest, signal: AbortSignal | undefined): Promise<HttpResponse> {
  // axios' own time-out starts anew with each byte; this one bounds the whole call. One controller for both reasons to
  // stop: to join two signals costs as much as a fifth of the call.
  const stop = new AbortController();
  let isLate = false;
  const deadline = setTimeout(() => {
    isLate = true;
    stop.abort();
  }, request.timeoutMs);
  const onStop = (): void => stop.abort();
  if (signal?.aborted === true) onStop();
  signal?.addEventListener("abort", onStop);
  try {
    const response = await client.request<Buffer>({
      method: request.method,
      url: request.url,
      headers: { "accept-encoding": "identity", ...request.headers },
      ...(request.body === undefined ? {} : { data: request.body }),
      maxContentLength: request.maxBytes,
      maxBodyLength: Number.POSITIVE_INFINITY,
      signal: stop.signal,
    });
    return answerOf(response);
  } catch (thrown) {
    throw unanswered(request, whyOf(thrown, { isLate, isStopped: signal?.aborted === true }));
  } finally {
    clearTimeout(deadline);
    signal?.removeEventListener("abort", onStop);
  }
}

function answerOf(response: AxiosResponse<Buffer>): HttpResponse {
  const headers = Object.entries(response.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === null ? [] : [[name.toLowerCase(), String(value)]],
  );
  return {
    status: response.status,
    headers: Object.fromEntries(headers),
    body: response.data.toString("utf8"),
  };
}

/** No cause is kept: axios' errors carry the request's headers, and with them the key. */
function unanswered(request: HttpRequest, why: string): LeaseholdError {
  return failure("E500", {
    detail: `${request.method} ${placeOf(request.url)}: ${why}`,
    fix: "check that the gateway is up and that its url in leasehold.yaml is right, then run it again",
  });
}

/** Scheme, host and path: a query and a user in the URL may say too much. */
function placeOf(url: string): string {
  try {
    const { protocol, host, pathname } = new URL(url);
    return `${protocol}//${host}${pathname}`.slice(0, 300);
  } catch {
    return "(not a URL)";
  }
}

function whyOf(thrown: unknown, how: { readonly isLate: boolean; readonly isStopped: boolean }): string {
  if (how.isStopped) return "interrupted";
  if (how.isLate) return "no whole answer in time";
  const code = codeOf(thrown);
  // The code stays in the text: a caller may ask whether anybody was reached (ECONNREFUSED).
  return `${reasons[code] ?? "no whole answer"} (${code === "" ? "unknown reason" : code})`;
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "the host's name cannot be looked up",
  ETIMEDOUT: "no answer in time",
  EHOSTUNREACH: "the host cannot be reached",
  ERR_BAD_RESPONSE: "the answer was cut or too long",
};

/** A code of Node or axios: a fixed word, never text of the other side. */
function codeOf(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null || !("code" in thrown)) return "";
  return typeof thrown.code === "string" && /^[A-Z_]{1,40}$/.test(thrown.code) ? thrown.code : "";
}

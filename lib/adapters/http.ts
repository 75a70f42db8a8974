/**
 * HTTP on Node's own client. Connections are kept alive; no redirect is followed, no proxy of the
 * environment is used (it would see the keys), nothing is unpacked, and every answer is bounded in time
 * and size. Node's `fetch` would be slower, and cannot be told to use so many connections and no more.
 */
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
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
  const agents: Agents = { http: new HttpAgent(kept), https: new HttpsAgent(kept) };
  return {
    async send(request, signal) {
      try {
        return await exchange(agents, request, signal);
      } catch (thrown) {
        throw unanswered(request, whyOf(thrown));
      }
    },
    async close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

/** Why a call was given up: a word of ours, where Node has none. */
class GivenUp extends Error {
  constructor(readonly why: string) {
    super(why);
  }
}

/** One call and its whole answer. The time-out bounds all of it, from the first byte sent to the last received. */
function exchange(agents: Agents, request: HttpRequest, signal: AbortSignal | undefined): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) throw new GivenUp("interrupted");
    const call = begin(agents, request);
    const giveUp = (why: string): void => void call.destroy(new GivenUp(why));
    const late = setTimeout(giveUp, request.timeoutMs, "no whole answer in time");
    const interrupt = (): void => giveUp("interrupted");
    signal?.addEventListener("abort", interrupt, { once: true });
    const settle = (): void => {
      clearTimeout(late);
      signal?.removeEventListener("abort", interrupt);
    };
    const fail = (thrown: Error): void => {
      settle();
      call.destroy();
      reject(thrown);
    };
    call.on("error", fail);
    call.on("response", (answer: IncomingMessage) => {
      read(answer, request.maxBytes, fail, (body) => {
        settle();
        resolve({ status: answer.statusCode ?? 0, headers: headersOf(answer), body });
      });
    });
    call.end(request.body);
  });
}

function begin(agents: Agents, { method, url, headers, body }: HttpRequest) {
  const isPlain = new URL(url).protocol === "http:";
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  const options = { method, headers: { "accept-encoding": "identity", ...length, ...headers } };
  return isPlain
    ? httpRequest(url, { ...options, agent: agents.http })
    : httpsRequest(url, { ...options, agent: agents.https });
}

/** Reads a body to its end; one that says or shows that it is longer than is wanted is given up. */
function read(
  answer: IncomingMessage,
  maxBytes: number,
  fail: (thrown: Error) => void,
  done: (body: string) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  if (Number(answer.headers["content-length"] ?? 0) > maxBytes) return fail(new GivenUp(tooLong));
  answer.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBytes) fail(new GivenUp(tooLong));
    else chunks.push(chunk);
  });
  answer.on("error", fail);
  answer.on("end", () => {
    if (answer.complete && size <= maxBytes)
      done((chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))?.toString("utf8") ?? "");
  });
  return undefined;
}

const tooLong = "the answer was too long";

/** Names come in lower case; what came more than once is joined by commas. */
function headersOf(answer: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(answer.headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  );
}

/** No cause is kept: it may say more than what is told here. */
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

function whyOf(thrown: unknown): string {
  if (thrown instanceof GivenUp) return thrown.why;
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
};

/** A code of Node: a fixed word, never text of the other side. */
function codeOf(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null || !("code" in thrown)) return "";
  return typeof thrown.code === "string" && /^[A-Z_]{1,40}$/.test(thrown.code) ? thrown.code : "";
}

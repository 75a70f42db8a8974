/**
 * Calls to a hoop gateway's API (gateway/hoop-api.md, section 1). A status is an answer, not an error:
 * `read` and `tryRead` want 200, `write` gives back whatever came. No error ever carries a header, a
 * body or the server's words, so that no secret and nothing hostile leaves this folder in a text.
 */
import { failure, type LeaseholdError } from "../../../lib/errors";
import { epochMsOf } from "../../../lib/model/instant";
import { limits } from "../../../lib/model/limits";
import type { Clock, Http, HttpRequest, HttpResponse } from "../../../lib/ports";

/** One call. Each part of the path is escaped here and nowhere else. */
export interface ApiCall {
  readonly method: HttpRequest["method"];
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The answer to a write. `json` is undefined when there is no body or it is not JSON. */
export interface ApiAnswer {
  readonly status: number;
  readonly json: unknown;
  /** The gateway said that its licence does not allow it, not that the caller may not. */
  readonly isLicenceLimit: boolean;
}

/** One gateway under one key. */
export interface Api {
  readonly gateway: string;
  /** The JSON of a 200. E500, E501 (401, 403) or E502 for all else; asked a second time when the gateway failed. */
  read(call: ApiCall): Promise<unknown>;
  /** As `read`, undefined for the gateway's own 404. */
  tryRead(call: ApiCall): Promise<unknown>;
  /** Any answer at all, sent once. E500 when there is none, E502 when it is not hoop's, E501 for 401 and a plain 403. */
  write(call: ApiCall): Promise<ApiAnswer>;
  /** The gateway's clock minus ours in milliseconds, as its last answers allow it to be; 0 within a second. */
  skewMs(): number;
}

/** What an Api is made of. */
export interface ApiOptions {
  readonly gateway: string;
  /** `https://hoop.example.com`, without `/api`. */
  readonly url: string;
  readonly http: Http;
  readonly clock: Clock;
  /** Gives the key or token; called once. */
  readonly key: () => Promise<string>;
  /** @default limits.httpTimeoutMs */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** What is known of the gateway's clock, shared by those that ask the same gateway. @default one of its own */
  readonly clockSeen?: ClockSeen;
}

/** The gateway's clock as its last answer showed it; see `Api.skewMs`. */
export interface ClockSeen {
  skewMs: number;
}

/** Makes an Api. Nothing is sent yet, and the key is not yet asked for. */
export function makeApi(options: ApiOptions): Api {
  const base = `${options.url.replace(/\/+$/, "")}/api`;
  let key: Promise<string> | undefined;
  const clockSeen = options.clockSeen ?? { skewMs: 0 };
  const send = async (call: ApiCall): Promise<HttpResponse> => {
    key ??= options.key();
    const sentMs = epochMsOf(options.clock.now());
    const answer = await options.http.send(requestOf(base, call, await key, options), options.signal);
    clockSeen.skewMs = skewOf(answer, sentMs, epochMsOf(options.clock.now())) ?? clockSeen.skewMs;
    return answer;
  };
  const trouble = (code: "E500" | "E501" | "E502", call: ApiCall, status: number): LeaseholdError =>
    troubleOf(code, options.gateway, call, status);
  const sendRead = async (call: ApiCall): Promise<HttpResponse> => {
    const first = await attempt(() => send(call));
    if (first.kind === "answer" && first.answer.status < 500) return first.answer;
    await options.clock.sleep(readRetryMs, options.signal);
    const answer = await send(call);
    if (unreachable.has(answer.status)) throw trouble("E500", call, answer.status);
    return answer;
  };
  return {
    gateway: options.gateway,
    async read(call) {
      return readJson(await sendRead(call), call, trouble);
    },
    async tryRead(call) {
      const answer = await sendRead(call);
      if (answer.status === 404 && isRefusal(tryParseJson(answer.body))) return undefined;
      return readJson(answer, call, trouble);
    },
    async write(call) {
      return writeAnswer(await send(call), call, trouble);
    },
    skewMs: () => clockSeen.skewMs,
  };
}

/** A pause before a read that failed is sent again, once. */
const readRetryMs = 250;
/** What a proxy says for a gateway that is not there. */
const unreachable: ReadonlySet<number> = new Set([502, 503, 504]);

type Trouble = (code: "E500" | "E501" | "E502", call: ApiCall, status: number) => LeaseholdError;

async function attempt(
  send: () => Promise<HttpResponse>,
): Promise<{ readonly kind: "answer"; readonly answer: HttpResponse } | { readonly kind: "none" }> {
  try {
    return { kind: "answer", answer: await send() };
  } catch {
    return { kind: "none" };
  }
}

function requestOf(base: string, call: ApiCall, key: string, options: ApiOptions): HttpRequest {
  const query = Object.entries(call.query ?? {})
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join("&");
  return {
    method: call.method,
    url: `${base}${pathOf(call)}${query === "" ? "" : `?${query}`}`,
    headers: {
      authorization: `Bearer ${key}`,
      accept: "application/json",
      ...(call.body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    timeoutMs: options.timeoutMs ?? limits.httpTimeoutMs,
    maxBytes: limits.httpBodyBytes,
  };
}

/** `.` and `..` are names that a URL would resolve; nothing that we ask for is called that. */
function pathOf(call: ApiCall): string {
  return call.path
    .map((part) => `/${part === "." || part === ".." ? part.replaceAll(".", "%252e") : encodeURIComponent(part)}`)
    .join("");
}

function readJson(answer: HttpResponse, call: ApiCall, trouble: Trouble): unknown {
  if (answer.status === 401 || answer.status === 403) throw trouble("E501", call, answer.status);
  if (answer.status !== 200) throw trouble("E502", call, answer.status);
  const json = tryParseJson(answer.body);
  if (json === undefined) throw trouble("E502", call, answer.status);
  return json;
}

function writeAnswer(answer: HttpResponse, call: ApiCall, trouble: Trouble): ApiAnswer {
  const { status } = answer;
  if (unreachable.has(status)) throw trouble("E500", call, status);
  const json = answer.body === "" ? undefined : tryParseJson(answer.body);
  const isLicenceLimit = status === 403 && isRefusal(json) && json.message !== "access denied";
  if (status === 401 || (status === 403 && !isLicenceLimit)) throw trouble("E501", call, status);
  const isHoops = answer.body === "" || json !== undefined;
  if (status < 200 || (status >= 300 && status < 400) || !isHoops) throw trouble("E502", call, status);
  return { status, json, isLicenceLimit };
}

function isRefusal(json: unknown): json is { readonly message: string } {
  return typeof json === "object" && json !== null && "message" in json && typeof json.message === "string";
}

function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function troubleOf(code: "E500" | "E501" | "E502", gateway: string, call: ApiCall, status: number): LeaseholdError {
  const detail = `gateway ${gateway}: ${call.method} /api${pathOf(call).slice(0, 200)} answered ${status}`;
  switch (code) {
    case "E500":
      return failure(code, { detail, fix: "check that the gateway is up, then run it again" });
    case "E501":
      return failure(code, { detail, fix: "check the gateway's keys in leasehold.yaml and what their groups allow" });
    case "E502":
      return failure(code, { detail, fix: "check that the url in leasehold.yaml is a hoop gateway's, without /api" });
  }
}

/**
 * The smallest skew that the `Date` header (whole seconds, RFC 9110 section 6.6.1) allows between
 * sending and receiving; undefined without one.
 */
function skewOf(answer: HttpResponse, sentMs: number, receivedMs: number): number | undefined {
  const dateMs = Date.parse(answer.headers["date"] ?? "");
  if (!Number.isFinite(dateMs)) return undefined;
  const least = dateMs - receivedMs;
  const most = dateMs + 1000 - sentMs;
  if (least > 0) return least;
  return most < 0 ? most : 0;
}

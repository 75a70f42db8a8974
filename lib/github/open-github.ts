import { failure } from "../errors";
import type { Clock, Http } from "../ports";
import { answerCache, type AnswerCache } from "./answer-cache";
import { callSites, type CallSite, type CallSiteName } from "./call-sites";
import { checkedUrl } from "./environment";
import { errorOf, graphqlErrorOf, isOfRights, pathsOf, refusedOf, type Refused } from "./failures";
import { Foreign, senseless } from "./foreign";
import { fetchOver } from "./http-fetch";
import { makeOctokits, type Octokits } from "./octokit";

export type { AnswerCache } from "./answer-cache";

/** How GitHub is reached; the URLs and the token come from `githubEnvironment`. */
export interface GitHubOptions {
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly serverUrl: string;
  readonly token: string;
  /** Closed by `close`. */
  readonly http: Http;
  readonly clock: Clock;
  /** @default "leasehold" */
  readonly userAgent?: string;
  /** Keeps answers by ETag; share one between several that have the same token. @default one of its own, in memory */
  readonly cache?: AnswerCache;
  readonly signal?: AbortSignal;
  /** Told of each call before it is made, repeats included. */
  readonly onCall?: (call: GitHubCall) => void;
  /** How long a second of waiting for GitHub takes. @default 1000 */
  readonly waitUnitMs?: number;
}

/** A call as it goes out. */
export interface GitHubCall {
  readonly method: string;
  /** Without its query. */
  readonly url: string;
}

/** Values for the places of a route, and the rest of the query or body. */
export type CallParameters = Readonly<Record<string, unknown>>;

/** What GitHub said: an answer, or a refusal that the caller may know what to do with. */
export type Attempt = { readonly kind: "answer"; readonly status: number; readonly body: Foreign } | Refused;

/** An answer of GraphQL, and which of the parts that may be missing are. */
export interface QueryAnswer {
  readonly data: Foreign;
  /** First keys of the parts that the token may not read, or that are gone. */
  readonly unreadable: ReadonlySet<string>;
}

/**
 * GitHub behind one token. Every call ends in an answer or in E520 to E524: unreachable or out of calls (E520),
 * credential refused (E521), senseless (E522), a permission missing (E523), no such thing (E524).
 */
export interface GitHub {
  /** Host of the web pages, e.g. `github.com`. */
  readonly host: string;
  readonly serverUrl: string;
  readonly clock: Clock;
  /** How many calls went out, repeats included. */
  calls(): number;
  /** How many of them wrote. */
  writes(): number;
  /** Makes a call of REST; refusals are errors. */
  ask(site: CallSiteName, parameters: CallParameters): Promise<Foreign>;
  /** Makes a call of REST; 403, 404, 409, 410 and 422 are given back. */
  attempt(site: CallSiteName, parameters: CallParameters): Promise<Attempt>;
  /** Makes a query of GraphQL. Whatever is wrong with it is an error, but in the parts named `mayBeMissing`. */
  query(site: CallSiteName, document: string, options: QueryOptions): Promise<QueryAnswer>;
  /** Makes a mutation of GraphQL, once: whoever calls it reads back what came of it where the answer was lost. */
  mutate(site: CallSiteName, document: string, variables: QueryOptions["variables"]): Promise<Foreign>;
  close(): Promise<void>;
}

/** What a query is made with. */
export interface QueryOptions {
  readonly variables: Readonly<Record<string, unknown>>;
  /** Paths such as `team0` or `repository.pullRequest.baseRef.rules` whose errors are no error of the whole. */
  readonly mayBeMissing?: readonly string[];
}

/** Opens GitHub: checks the URLs (E800), loads octokit when the first call is made. Makes no call itself. */
export async function openGitHub(options: GitHubOptions): Promise<GitHub> {
  return new OctokitGitHub({
    ...options,
    apiUrl: checkedUrl(options.apiUrl, "the URL of GitHub's API"),
    graphqlUrl: checkedUrl(options.graphqlUrl, "the URL of GitHub's GraphQL"),
    serverUrl: checkedUrl(options.serverUrl, "the URL of GitHub"),
  });
}

class OctokitGitHub implements GitHub {
  readonly host: string;
  readonly serverUrl: string;
  readonly clock: Clock;
  readonly #cache: AnswerCache;
  #octokits: Promise<Octokits> | undefined;
  #calls = 0;
  #writes = 0;

  constructor(private readonly options: GitHubOptions) {
    this.host = new URL(options.serverUrl).host;
    this.serverUrl = options.serverUrl;
    this.clock = options.clock;
    this.#cache = options.cache ?? answerCache();
  }

  calls(): number {
    return this.#calls;
  }

  writes(): number {
    return this.#writes;
  }

  async ask(site: CallSiteName, parameters: CallParameters): Promise<Foreign> {
    const attempt = await this.attempt(site, parameters);
    if (attempt.kind === "answer") return attempt.body;
    throw attempt.error;
  }

  async attempt(name: CallSiteName, parameters: CallParameters): Promise<Attempt> {
    const site: CallSite = callSites[name];
    const { reading, writing } = await this.#open();
    const octokit = site.writes ? writing : reading;
    const { url } = octokit.request.endpoint(site.route, parameters);
    const known = site.writes ? undefined : this.#cache.tryGet(url);
    const headers = known === undefined ? {} : { headers: { "if-none-match": known.etag } };
    try {
      const { status, data, headers: told } = await octokit.request(site.route, { ...parameters, ...headers });
      if (status >= 300) throw movedError(name, status);
      if (!site.writes && typeof told.etag === "string") this.#cache.put(url, { etag: told.etag, body: data });
      return { kind: "answer", status, body: new Foreign(data, name) };
    } catch (thrown) {
      if (known !== undefined && statusOf(thrown) === 304) {
        return { kind: "answer", status: 200, body: new Foreign(known.body, name) };
      }
      const refused = refusedOf(thrown, name);
      if (refused !== undefined) return refused;
      throw errorOf(thrown, name);
    }
  }

  async query(name: CallSiteName, document: string, options: QueryOptions): Promise<QueryAnswer> {
    const answer = await this.#post(name, document, options.variables);
    const errors = answer.optional("errors")?.list(mostErrors) ?? [];
    const mayBeMissing = options.mayBeMissing ?? [];
    const unreadable = new Set<string>();
    for (const error of errors) {
      const path = pathsOf(error);
      const part = mayBeMissing.find((one) => path === one || path.startsWith(`${one}.`));
      if (part === undefined || !isOfRights(error)) throw graphqlErrorOf(error, name);
      unreadable.add(part);
    }
    return { data: answer.get("data"), unreadable };
  }

  async mutate(name: CallSiteName, document: string, variables: QueryOptions["variables"]): Promise<Foreign> {
    this.#writes += 1;
    const answer = await this.#post(name, document, variables);
    const [error] = answer.optional("errors")?.list(mostErrors) ?? [];
    if (error !== undefined) throw graphqlErrorOf(error, name);
    return answer.get("data");
  }

  async close(): Promise<void> {
    await this.options.http.close();
  }

  async #post(name: CallSiteName, document: string, variables: QueryOptions["variables"]): Promise<Foreign> {
    const { reading, writing } = await this.#open();
    const octokit = callSites[name].writes ? writing : reading;
    try {
      const url = this.options.graphqlUrl;
      const { status, data } = await octokit.request({ method: "POST", url, query: document, variables });
      if (status >= 300) throw movedError(name, status);
      return new Foreign(data, name);
    } catch (thrown) {
      throw refusedOf(thrown, name)?.error ?? errorOf(thrown, name);
    }
  }

  #open(): Promise<Octokits> {
    const { http, signal, onCall } = this.options;
    const fetch = fetchOver(http, signal);
    this.#octokits ??= makeOctokits({
      apiUrl: this.options.apiUrl,
      token: this.options.token,
      userAgent: this.options.userAgent ?? "leasehold",
      clock: this.clock,
      waitUnitMs: this.options.waitUnitMs ?? 1000,
      fetch: async (url, request) => {
        this.#calls += 1;
        if (request.method !== "GET" && !url.startsWith(this.options.graphqlUrl)) this.#writes += 1;
        onCall?.({ method: request.method, url: url.replace(/\?.*$/s, "") });
        return await fetch(url, request);
      },
    });
    return this.#octokits;
  }
}

const mostErrors = 1_000;

function statusOf(thrown: unknown): number | undefined {
  if (typeof thrown !== "object" || thrown === null || !("status" in thrown)) return undefined;
  return typeof thrown.status === "number" ? thrown.status : undefined;
}

function movedError(name: CallSiteName, status: number): Error {
  if (status !== 301 && status !== 302 && status !== 307 && status !== 308) {
    return senseless(`${name}: status ${status}`);
  }
  return failure("E524", {
    detail: `${name}: GitHub says that it has moved; was the repository renamed or transferred?`,
    fix: "name the repository as it is called now",
  });
}

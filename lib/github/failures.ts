import { failure, isFailure, LeaseholdError } from "../errors";
import { instantOf } from "../model/instant";
import { callSites, type CallSiteName } from "./call-sites";
import { senseless, type Foreign } from "./foreign";

/** A refusal that a caller may know what to do with, and the error that it is for all others. */
export interface Refused {
  readonly kind: "refused";
  readonly status: number;
  /** What GitHub says, made harmless and short. */
  readonly message: string;
  readonly error: LeaseholdError;
}

/** The refusal in what octokit threw; undefined where it is something else: an outage, a rate limit, a bad credential. */
export function refusedOf(thrown: unknown, site: CallSiteName): Refused | undefined {
  const { status, message } = partsOf(thrown);
  if (status === undefined || ![403, 404, 409, 410, 422, 451].includes(status)) return undefined;
  if (rateLimitOf(thrown) !== undefined) return undefined;
  return { kind: "refused", status, message, error: refusalError(status, message, site) };
}

/** The error of the catalogue for what octokit or a plugin threw. */
export function errorOf(thrown: unknown, site: CallSiteName): LeaseholdError {
  if (thrown instanceof LeaseholdError) return thrown.code === "E500" ? unreachable(site, detailOf(thrown)) : thrown;
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  if (isFailure(cause)) return cause.code === "E500" ? unreachable(site, detailOf(cause)) : cause;
  const rateLimit = rateLimitOf(thrown);
  if (rateLimit !== undefined) return rateLimitError(site, rateLimit);
  const { status, message } = partsOf(thrown);
  if (status === 401) {
    return failure("E521", {
      detail: `${site}: ${message}`,
      fix: "give a token that is valid now in GITHUB_TOKEN; tokens of a GitHub App end after an hour",
    });
  }
  if (status !== undefined && status >= 500) return unreachable(site, `status ${status}, ${message}`);
  if (status !== undefined && status >= 400) return senseless(`${site}: status ${status}, ${message}`);
  return senseless(`${site}: the answer cannot be read`);
}

/** The error for one error of GraphQL. */
export function graphqlErrorOf(error: Foreign, site: CallSiteName): LeaseholdError {
  const type = textOf(error, "type");
  const message = harmless(textOf(error, "message"));
  const where = `${site}: ${message === "" ? "an error without words" : message}`;
  if (type === "NOT_FOUND") return refusalError(404, message, site);
  if (type === "FORBIDDEN" || type === "INSUFFICIENT_SCOPES") return refusalError(403, message, site);
  if (isRateLimit(type) || /submitted too quickly/i.test(message)) return rateLimitError(site, {});
  const isOutage = /something went wrong|timed? ?out|couldn't respond|temporar/i.test(message);
  return isOutage ? unreachable(site, message) : senseless(where);
}

/** Whether an error of GraphQL says only that something is not there for this token. */
export function isOfRights(error: Foreign): boolean {
  return ["NOT_FOUND", "FORBIDDEN", "INSUFFICIENT_SCOPES"].includes(textOf(error, "type"));
}

/** The path of an error of GraphQL as one text, e.g. `repository.pullRequest`; empty without one. */
export function pathsOf(error: Foreign): string {
  const path = error.optional("path")?.list(100) ?? [];
  return path.map((key) => key.tryText() ?? "*").join(".");
}

/** Text of GitHub's that may hold text of anybody's: short, on one line, without control characters. */
export function harmless(text: string): string {
  const plain = text.replace(/[^\x20-\x7e]+/g, " ").trim();
  return plain.length > 200 ? `${plain.slice(0, 200)}...` : plain;
}

function refusalError(status: number, message: string, site: CallSiteName): LeaseholdError {
  const { needs } = callSites[site];
  const said = message === "" ? "" : `: ${message}`;
  if (status === 403 || status === 451) {
    return failure("E523", { detail: `${site}${said}`, fix: `give the token the permission ${needs}` });
  }
  if (status === 404 || status === 410) {
    return failure("E524", {
      detail: `${site}${said}`,
      fix: `check owner, name and number; a token without ${needs} sees nothing there either`,
    });
  }
  return senseless(
    `${site}: refused with status ${status}${said}`,
    "run it again; if it stays, somebody else is changing the same thing",
  );
}

function unreachable(site: CallSiteName, why: string): LeaseholdError {
  return failure("E520", {
    detail: `${site}: ${why}`,
    fix: "check GITHUB_API_URL and the status page of GitHub, then run it again; nothing new was granted",
  });
}

/** GitHub writes both; of what creates content too fast it only says `was submitted too quickly` (cli/cli#4801). */
function isRateLimit(type: unknown): boolean {
  return type === "RATE_LIMITED" || type === "RATE_LIMIT";
}

interface RateLimit {
  /** When GitHub answers again, where it says so. */
  readonly until?: string;
  readonly seconds?: number;
}

function rateLimitError(site: CallSiteName, { until, seconds }: RateLimit): LeaseholdError {
  const when = until ?? (seconds === undefined ? undefined : `${seconds} seconds from now`);
  return failure("E520", {
    detail: `${site}: the token has used up its calls${when === undefined ? "" : `; GitHub answers again at ${when}`}`,
    fix: when === undefined ? "run it again in an hour" : `run it again after ${when}`,
  });
}

/** Whether GitHub said no only because it was asked too often (docs.github.com, "Rate limits for the REST API"). */
function rateLimitOf(thrown: unknown): RateLimit | undefined {
  const { status, message, headers, types } = partsOf(thrown);
  const isLimit =
    types.some(isRateLimit) ||
    ((status === 403 || status === 429) &&
      (status === 429 ||
        headers["x-ratelimit-remaining"] === "0" ||
        headers["retry-after"] !== undefined ||
        /rate limit|abuse/i.test(message)));
  if (!isLimit) return undefined;
  const reset = Number(headers["x-ratelimit-reset"]);
  const seconds = Number(headers["retry-after"]);
  if (Number.isSafeInteger(seconds) && seconds > 0) return { seconds };
  const isSound = Number.isSafeInteger(reset) && reset > 0 && reset < 10_000_000_000;
  return isSound ? { until: instantOf(reset * 1000) } : {};
}

interface Parts {
  readonly status?: number;
  readonly message: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly types: readonly unknown[];
}

/** What a RequestError of octokit has, asked for without believing it. */
function partsOf(thrown: unknown): Parts {
  const error = recordOf(thrown);
  const response = recordOf(error["response"]);
  const status = error["status"];
  const message = error["message"];
  const errors = recordOf(response["data"])["errors"];
  const types = Array.isArray(errors) ? errors.map((one: unknown) => recordOf(one)["type"]) : [];
  return {
    ...(typeof status === "number" ? { status } : {}),
    message: harmless(typeof message === "string" ? message : ""),
    headers: recordOf(response["headers"]),
    types,
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function detailOf(error: LeaseholdError): string {
  return error.diagnostics[0]?.detail ?? error.message;
}

function textOf(error: Foreign, key: string): string {
  return error.optional(key)?.tryText() ?? "";
}

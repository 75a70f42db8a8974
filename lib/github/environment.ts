import { isIPv4 } from "node:net";
import { failure } from "../errors";
import type { RepositoryName } from "./types";

/** What the runner's variables say about GitHub. */
export interface GitHubEnvironment {
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly serverUrl: string;
  readonly token: string;
  /** From GITHUB_REPOSITORY, where it is set. */
  readonly repository?: RepositoryName;
  readonly eventName?: string;
  readonly eventPath?: string;
}

/**
 * Reads GITHUB_TOKEN, GITHUB_API_URL, GITHUB_GRAPHQL_URL, GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_EVENT_NAME and
 * GITHUB_EVENT_PATH, as a runner sets them (docs.github.com, "Variables reference"); without the URLs it is
 * github.com. Throws E702 without a token and E800 for a value that cannot be used, never showing the token.
 */
export function githubEnvironment(environment: Readonly<Record<string, string | undefined>>): GitHubEnvironment {
  const apiUrl = baseUrl(environment, "GITHUB_API_URL") ?? "https://api.github.com";
  return {
    apiUrl,
    graphqlUrl: baseUrl(environment, "GITHUB_GRAPHQL_URL") ?? graphqlOf(apiUrl),
    serverUrl: baseUrl(environment, "GITHUB_SERVER_URL") ?? serverOf(apiUrl),
    token: tokenOf(environment),
    ...optional("repository", repositoryOf(valueOf(environment, "GITHUB_REPOSITORY"))),
    ...optional("eventName", eventNameOf(valueOf(environment, "GITHUB_EVENT_NAME"))),
    ...optional("eventPath", valueOf(environment, "GITHUB_EVENT_PATH")),
  };
}

/** Reads `owner/name`; throws E800 for anything else. */
export function repositoryNameOf(text: string, from = "the repository"): RepositoryName {
  const match = /^([A-Za-z0-9_-][A-Za-z0-9_.-]{0,99})\/([A-Za-z0-9_.-]{1,100})$/.exec(text);
  const [, owner = "", name = ""] = match ?? [];
  if (match === null || name === "." || name === "..") {
    throw failure("E800", { detail: `${from} is not \`owner/name\``, fix: "write it like `acme/access`" });
  }
  return { owner, name };
}

/**
 * Checks a URL of GitHub and gives it without a slash at its end. Throws E800 for what is no URL, has a user,
 * query or fragment, or would send the token in plain text to another machine.
 */
export function checkedUrl(text: string, name: string): string {
  const url = tryParseUrl(text);
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw failure("E800", { detail: `${name} is not a URL`, fix: "write it like `https://github.example.com/api/v3`" });
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw failure("E800", {
      detail: `${name} has a user, a query or a fragment`,
      fix: "write scheme, host and path only; the token belongs in GITHUB_TOKEN",
    });
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw failure("E800", {
      detail: `${name}: plain http to ${url.hostname} would send the token unprotected`,
      fix: `write \`https://${url.host}\``,
    });
  }
  return url.href.replace(/\/+$/, "");
}

function baseUrl(environment: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  const text = valueOf(environment, name);
  return text === undefined ? undefined : checkedUrl(text, name);
}

/** On Enterprise Server `/api/v3` and `/api/graphql` stand side by side; on github.com GraphQL lies below. */
function graphqlOf(apiUrl: string): string {
  return apiUrl.endsWith("/api/v3") ? apiUrl.replace(/\/v3$/, "/graphql") : `${apiUrl}/graphql`;
}

function serverOf(apiUrl: string): string {
  const url = new URL(apiUrl);
  if (apiUrl.endsWith("/api/v3")) return apiUrl.replace(/\/api\/v3$/, "");
  return `${url.protocol}//${url.host.replace(/^api\./, "")}`;
}

function tokenOf(environment: Readonly<Record<string, string | undefined>>): string {
  const token = valueOf(environment, "GITHUB_TOKEN")?.trim();
  if (token === undefined || token === "") {
    throw failure("E702", {
      detail: "GITHUB_TOKEN is not set",
      fix: "set GITHUB_TOKEN to a token of the GitHub App, e.g. `env: { GITHUB_TOKEN: ${{ steps.token.outputs.token }} }`",
    });
  }
  // A line break would end the header, and what follows would be another one.
  if (!/^[\x21-\x7e]{1,2000}$/.test(token)) {
    throw failure("E702", {
      detail: "GITHUB_TOKEN has characters that no token has",
      fix: "set it to the token alone, without quotes, spaces or line breaks",
    });
  }
  return token;
}

function repositoryOf(text: string | undefined): RepositoryName | undefined {
  return text === undefined ? undefined : repositoryNameOf(text, "GITHUB_REPOSITORY");
}

function eventNameOf(text: string | undefined): string | undefined {
  if (text === undefined || /^[a-z_]{1,60}$/.test(text)) return text;
  throw failure("E800", {
    detail: "GITHUB_EVENT_NAME is no event's name",
    fix: "run it as the runner does, or unset it",
  });
}

/** An empty variable is as good as none: workflows write `${{ ... }}` of what is not there. */
function valueOf(environment: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  const value = environment[name];
  return value === undefined || value === "" ? undefined : value;
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || (isIPv4(hostname) && hostname.startsWith("127."));
}

function tryParseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]: V });
}

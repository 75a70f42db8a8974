import { isIPv4 } from "node:net";
import { failure } from "../errors";

/**
 * Throws E702 for a URL of a database that makes no sense, or that would send a password and what is asked unprotected over a network.
 * `named` is how the URL is called; nothing of the URL itself is repeated.
 */
export function checkPostgresUrl(text: string, named: string): void {
  const url = tryParse(text);
  if (url === undefined) {
    throw flawed(
      named,
      "it is no URL of a PostgreSQL database",
      "write it like `postgres://user:password@host/database`",
    );
  }
  // Without one, the environment of the process would say where to.
  if (hostOf(url) === "")
    throw flawed(named, "it names no server", "name it: `localhost`, or `?host=` and the directory of its socket");
  if (hostOf(url).includes(","))
    throw flawed(named, "it names several hosts", "name one host, e.g. that of the primary");
  if (url.searchParams.has("sslmode") || url.searchParams.has("ssl") || isThisMachine(hostOf(url))) return;
  throw flawed(
    named,
    "it leads to another machine and says nothing of TLS",
    "add `?sslmode=verify-full` (and `&sslrootcert=FILE` for an authority of your own), or `?sslmode=disable` on a network that is yours alone",
  );
}

/**
 * The same for the URL of a gateway, which has to say who logs in and how: otherwise the environment of the process would, or
 * nothing but the server's trust.
 */
export function checkGatewayUrl(text: string, named: string): void {
  checkPostgresUrl(text, named);
  const url = tryParse(text);
  if (url === undefined) return;
  const fix = "write the login that `leasehold gateway sql` makes for the reconciler, and its password, into that URL";
  if (url.username === "") throw flawed(named, "it names no user", fix);
  const isProvenOtherwise = hostOf(url).startsWith("/") || url.searchParams.has("sslcert");
  if (url.password !== "" || isProvenOtherwise) return;
  const who = decoded(url.username) === "postgres" ? "the superuser postgres" : "its user";
  throw flawed(named, `${who} has no password there: whoever reaches the server could log in as well`, fix);
}

/** The server and the database of a URL for people; never the user or the password. */
export function postgresAddress(text: string): string {
  const url = tryParse(text);
  if (url === undefined) return "the database";
  const host = hostOf(url);
  const port = url.port === "" ? "" : `:${url.port}`;
  return `${host}${port}${url.pathname === "" ? "/" : decoded(url.pathname)}`;
}

/** Whether a text that is meant for a URL has a password in it, also where it makes no sense as one. */
export function hasPassword(text: string): boolean {
  if (/[?&][^=&]*pass[^=&]*=/i.test(text)) return true;
  const url = tryParse(text);
  return url === undefined ? /:[^/@]*@/.test(text.replace(/^\w+:\/\//, "")) : url.password !== "";
}

/** The host and port of a URL, for rules to say; neither for a socket of this machine. */
export function postgresPlace(text: string): { readonly host?: string; readonly port?: number } {
  const url = tryParse(text);
  const host = url === undefined ? "" : hostOf(url).replace(/^\[|\]$/g, "");
  if (url === undefined || host === "" || host.startsWith("/")) return {};
  return { host, port: url.port === "" ? 5432 : Number(url.port) };
}

function tryParse(text: string): URL | undefined {
  try {
    const url = new URL(text);
    return url.protocol === "postgres:" || url.protocol === "postgresql:" ? url : undefined;
  } catch {
    return undefined;
  }
}

/** A socket is named by its directory, as the host's name or in `?host=`. */
function hostOf(url: URL): string {
  return url.searchParams.get("host") ?? decoded(url.hostname);
}

function isThisMachine(host: string): boolean {
  return (
    host === "localhost" ||
    host === "[::1]" ||
    host === "::1" ||
    host.startsWith("/") ||
    (isIPv4(host) && host.startsWith("127."))
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function flawed(named: string, detail: string, fix: string): Error {
  return failure("E702", {
    summary: "the URL of the database cannot be used",
    detail: `${named}: ${detail}`,
    fix,
  });
}

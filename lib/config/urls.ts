import { isIPv4 } from "node:net";
import type { ValueProblem } from "../request/duration-words";

/**
 * Why a gateway's URL may not be used: not http or https, plain http past this machine, or with a
 * password, a query or a fragment. Says nothing of the URL itself where that could hold a password.
 */
export function urlProblem(text: string): ValueProblem | undefined {
  const url = tryParseUrl(text);
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:")) {
    return {
      detail: "a URL that begins with https:// or http:// expected",
      fix: "write it like `https://gateway.example.com`",
    };
  }
  if (url.username !== "" || url.password !== "") {
    return {
      detail: "a user name or password stands in the URL",
      fix: "remove it, and give the key under `keys:` as `${env:NAME}`",
    };
  }
  if (url.search !== "" || url.hash !== "" || text.includes("?") || text.includes("#")) {
    return { detail: "the URL has a query or a fragment", fix: "end the URL before `?` and `#`" };
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return {
      detail: `plain http to ${url.hostname} would send keys unprotected`,
      fix: `write \`https://${url.host}\``,
    };
  }
  return undefined;
}

/** Whether a host name, as a URL gives it, can only be this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || (isIPv4(hostname) && hostname.startsWith("127."));
}

function tryParseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

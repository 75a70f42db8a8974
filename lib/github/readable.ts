import { callSites, type CallSiteName } from "./call-sites";
import type { Foreign } from "./foreign";
import type { CallParameters, GitHub } from "./open-github";
import type { Readable } from "./settings-types";

/** Reads a setting; one that the token may not see, or that is not there, is `unreadable`. */
export async function readable<T>(
  github: GitHub,
  site: CallSiteName,
  parameters: CallParameters,
  read: (body: Foreign) => T,
): Promise<Readable<T>> {
  const attempt = await github.attempt(site, parameters);
  if (attempt.kind === "answer") return { kind: "read", value: read(attempt.body) };
  if (attempt.status !== 403 && attempt.status !== 404) throw attempt.error;
  return { kind: "unreadable", why: attempt.message, needs: callSites[site].needs };
}

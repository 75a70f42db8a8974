import { failure } from "../errors";
import type { GitHubAccount } from "../model/snapshot";
import type { GitHub } from "./open-github";

/** The accounts of some logins, by the login asked for; one that is nobody's is not in it. */
export async function resolveAccounts(
  _github: GitHub,
  _logins: readonly string[],
): Promise<ReadonlyMap<string, GitHubAccount>> {
  throw failure("E900", { fix: "wait for the next commit" });
}

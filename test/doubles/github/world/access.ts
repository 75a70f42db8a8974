/** What a token may do: App permissions, scopes, and what its account may do to the repository. */
import type { Permission, Repository, Token } from "./model";
import { actorOf, atLeast, fullName, type World } from "./world";

/** What a call needs. */
export interface Needed {
  /** An App's permission, as GitHub names it: `contents`, `pull_requests`, `checks`, ... */
  readonly permission: string;
  /** Another that does as well. */
  readonly or?: string;
  readonly level: "read" | "write";
  /** What a person must be able to do. @default read for reads, write for writes */
  readonly person?: Permission;
}

/** `hidden` is answered with 404, `forbidden` with 403. */
export type Verdict = "allowed" | "hidden" | "forbidden";

/** Whether a token may see that a repository exists. */
export function maySee(world: World, token: Token | undefined, repository: Repository): boolean {
  if (token === undefined) return !repository.isPrivate;
  if (token.kind === "installation") {
    return (
      !repository.isPrivate ||
      token.repositories === undefined ||
      token.repositories.has(fullName(repository).toLowerCase())
    );
  }
  if (repository.isPrivate && !token.scopes.includes("repo")) return false;
  return atLeast(world.permissionOf(token.account, repository), "read");
}

/** Whether a token may do something to a repository. */
export function judge(world: World, token: Token | undefined, repository: Repository, needed: Needed): Verdict {
  if (!maySee(world, token, repository)) return "hidden";
  if (token === undefined) return needed.level === "read" && needed.person === undefined ? "allowed" : "forbidden";
  if (token.kind === "installation") {
    const installed = token.repositories === undefined || token.repositories.has(fullName(repository).toLowerCase());
    const held = [needed.permission, ...(needed.or === undefined ? [] : [needed.or])].map((permission) =>
      permission === "metadata" ? "read" : token.permissions[permission],
    );
    const isEnough = held.some((one) => one === "write" || (one === "read" && needed.level === "read"));
    return installed && isEnough ? "allowed" : "forbidden";
  }
  const wanted = needed.person ?? (needed.level === "read" ? "read" : "write");
  if (!atLeast(world.permissionOf(actorOf(token), repository), wanted)) return "forbidden";
  const scoped = token.scopes.includes("repo") || (!repository.isPrivate && token.scopes.includes("public_repo"));
  return needed.level === "read" || scoped ? "allowed" : "hidden";
}

/** Whether a token may read an organization's teams. */
export function mayReadTeams(world: World, token: Token | undefined, organization: string): Verdict {
  if (token === undefined) return "hidden";
  if (token.kind === "installation") return token.permissions["members"] === undefined ? "forbidden" : "allowed";
  const scopes = ["read:org", "write:org", "admin:org"];
  if (!scopes.some((scope) => token.scopes.includes(scope))) return "forbidden";
  const owner = world.tryFindAccount(organization);
  const isMember = owner !== undefined && isMemberOf(world, token, owner.id);
  return isMember ? "allowed" : "hidden";
}

function isMemberOf(world: World, token: Token, organization: number): boolean {
  const account = actorOf(token);
  const admin = [...world.organizationAdmins].some(([one, admins]) => one.id === organization && admins.has(account));
  return admin || [...world.teams].some((team) => team.organization.id === organization && team.members.has(account));
}

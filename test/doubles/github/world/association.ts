import type { Account, Repository } from "./model";
import { atLeast, type World } from "./world";

/** How GitHub says that somebody belongs to a repository. */
export function associationOf(world: World, repository: Repository, account: Account): string {
  if (account === repository.owner) return "OWNER";
  if (account.type === "Mannequin") return "MANNEQUIN";
  const team = [...world.teams].some((one) => one.organization === repository.owner && one.members.has(account));
  if (team || world.organizationAdmins.get(repository.owner)?.has(account) === true) return "MEMBER";
  if (repository.collaborators.has(account)) return "COLLABORATOR";
  return atLeast(world.permissionOf(account, repository), "write") ? "CONTRIBUTOR" : "NONE";
}

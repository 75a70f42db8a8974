import type { Group, ServiceAccount, User } from "../constructs";
import type * as model from "../model/principal";
import { everyoneName } from "../model/principal";
import { sortedNames } from "./order";

/** The Manifest's entry of a User. */
export function userEntry(user: User): model.User {
  return {
    email: user.email,
    ...(user.displayName === undefined ? {} : { name: user.displayName }),
    ...(user.github === undefined ? {} : { github: { login: user.github } }),
    ...(user.manager === undefined ? {} : { manager: user.manager.email }),
    ...(user.keys.length === 0 ? {} : { keys: sortedNames(user.keys) }),
  };
}

/** The Manifest's entry of a Group. */
export function groupEntry(group: Group): model.Group {
  const refs = group.members.map((one) => one.principalRef);
  return {
    name: group.groupName,
    members: sortedNames(refs.filter((ref) => !ref.startsWith(groupPrefix))),
    groups: sortedNames(refs.filter((ref) => ref.startsWith(groupPrefix)).map((ref) => ref.slice(groupPrefix.length))),
    ...(group.githubTeam === undefined ? {} : { githubTeam: group.githubTeam }),
  };
}

/** The Manifest's entry of a ServiceAccount. */
export function serviceAccountEntry(account: ServiceAccount): model.ServiceAccount {
  return {
    name: account.serviceAccountName,
    ...(account.owner === undefined ? {} : { owner: account.owner.email }),
    ...(account.keys.length === 0 ? {} : { keys: sortedNames(account.keys) }),
  };
}

/** The entry of the built-in Group of every User. */
export function everyoneEntry(users: readonly model.User[]): model.Group {
  return { name: everyoneName, members: sortedNames(users.map((user) => user.email)), groups: [] };
}

const groupPrefix = "group:";

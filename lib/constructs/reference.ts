import { everyoneName } from "../model/principal";
import { connectionId, isEmail, tryParseConnectionId, type ConnectionId, type PrincipalRef } from "../model/names";
import { checkName, misuse } from "./misuse";

/** Somebody who may ask: a User, a Group, a ServiceAccount, or one of them by name. */
export interface IPrincipal {
  /** An e-mail, `group:<name>` or `service:<name>`. */
  readonly principalRef: PrincipalRef;
}

/** A User, declared or by e-mail. */
export interface IUser extends IPrincipal {
  /** The identity, exact in case. */
  readonly email: string;
}

/** A Group, declared or by name. */
export interface IGroup extends IPrincipal {
  /** The name in the Manifest. */
  readonly groupName: string;
}

/** A ServiceAccount, declared or by name. */
export interface IServiceAccount extends IPrincipal {
  /** The name in the Manifest. */
  readonly serviceAccountName: string;
}

/** A Connection, declared or by id. */
export interface IConnection {
  /** `<resource>/<level>`. */
  readonly connectionId: ConnectionId;
}

/** A User by e-mail, declared elsewhere or later; synth refuses one that never is. */
export function userNamed(email: string): IUser {
  if (!isEmail(email)) throw misuse("the e-mail of a user", "an e-mail address", email);
  return { principalRef: email, email };
}

/** A Group by name, declared elsewhere or later; synth refuses one that never is. */
export function groupNamed(name: string): IGroup {
  const groupName = checkName("the name of a group", name);
  return { principalRef: `group:${groupName}`, groupName };
}

/** A ServiceAccount by name, declared elsewhere or later; synth refuses one that never is. */
export function serviceAccountNamed(name: string): IServiceAccount {
  const serviceAccountName = checkName("the name of a service account", name);
  return { principalRef: `service:${serviceAccountName}`, serviceAccountName };
}

/** A Connection by id, declared elsewhere or later; synth refuses one that never is. */
export function connectionNamed(id: string): IConnection {
  const parts = tryParseConnectionId(id);
  if (parts === undefined) throw misuse("the id of a connection", "like `orders-db/read`", id);
  return { connectionId: connectionId(parts.resource, parts.level) };
}

/** The built-in Group of every declared User (no ServiceAccounts). */
export const everyone: IGroup = groupNamed(everyoneName);

import type { GitHubAccount } from "../model/snapshot";
import type { Foreign } from "./foreign";

/** What is asked of anybody that acted. */
export const actorFields = `fragment actor on Actor {
  __typename
  login
  ... on User { databaseId }
  ... on Bot { databaseId }
  ... on Organization { databaseId }
  ... on Mannequin { databaseId }
}`;

/** What is asked of a User. */
export const userFields = `fragment user on User { __typename login databaseId }`;

/** Reads an account; undefined for a deleted one, and for one that has no numeric id, which can be nobody. */
export function accountOf(actor: Foreign | undefined): GitHubAccount | undefined {
  if (actor === undefined) return undefined;
  const type = actor.get("__typename").oneOf("User", "Bot", "Organization", "Mannequin", "EnterpriseUserAccount");
  const login = actor.get("login").string(100);
  if (type === "EnterpriseUserAccount") return undefined;
  const id = actor.nullable("databaseId")?.id();
  return id === undefined ? undefined : { id, login, kind: kinds[type] };
}

const kinds = { User: "user", Bot: "bot", Organization: "organization", Mannequin: "mannequin" } as const;

/** Reads an account as REST writes it; undefined for a deleted one. */
export function restAccountOf(user: Foreign | undefined): GitHubAccount | undefined {
  if (user === undefined) return undefined;
  const type = user.get("type").oneOf("User", "Bot", "Organization", "Mannequin");
  return { id: user.get("id").id(), login: user.get("login").string(100), kind: kinds[type] };
}

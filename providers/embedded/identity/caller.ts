/** Who calls: a managed API key or a person's token, and what their groups let them do. */
import { createHash } from "node:crypto";
import type { StoreView } from "../store/tables";
import { tryReadToken } from "./token";

/** What a caller may do, from its groups: section 1 of gateway/hoop-api.md. */
export type Role = "admin" | "auditor" | "standard";

/** An authenticated caller. */
export interface Caller {
  readonly kind: "key" | "person";
  /** A key's id; a person's e-mail. */
  readonly id: string;
  readonly name: string;
  /** A person's e-mail; a key's name. */
  readonly email: string;
  readonly groups: readonly string[];
  readonly role: Role;
}

/** The caller of an `Authorization` header's value; undefined: access denied. */
export function tryFindCaller(
  view: StoreView,
  authorization: string | undefined,
  secrets: { readonly signingKey: Uint8Array; readonly keyByHash: (hash: string) => string | undefined },
  nowMs: number,
): Caller | undefined {
  const token = /^Bearer ([^\s]{1,4096})$/.exec(authorization ?? "")?.[1];
  if (token === undefined) return undefined;
  if (token.startsWith("hpk_")) return tryFindKey(view, hashKey(token), secrets.keyByHash);
  const named = tryReadToken(secrets.signingKey, token, nowMs);
  if (named === undefined) return undefined;
  const user = view.table("users").get(named.subject);
  if (user === undefined || user.id !== named.account || user.status !== "active") return undefined;
  return {
    kind: "person",
    id: user.email,
    name: user.name,
    email: user.email,
    groups: user.groups,
    role: roleOf(user.groups),
  };
}

/** What is stored of an API key: its SHA-256; keys have 256 bits of randomness, so no salt is needed. */
export function hashKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/** The role that groups give; admin wins over auditor. */
export function roleOf(groups: readonly string[]): Role {
  if (groups.includes("admin")) return "admin";
  return groups.includes("auditor") ? "auditor" : "standard";
}

function tryFindKey(
  view: StoreView,
  hash: string,
  keyByHash: (hash: string) => string | undefined,
): Caller | undefined {
  const name = keyByHash(hash);
  const key = name === undefined ? undefined : view.table("apiKeys").get(name);
  // The index may still lead from a key that was replaced.
  if (key === undefined || key.hash !== hash || key.status !== "active") return undefined;
  const groups = key.groups ?? [];
  return { kind: "key", id: key.id, name: key.name, email: key.name, groups, role: roleOf(groups) };
}

/** A person's token: a JWT (RFC 7519, HS256) signed with a key that only this gateway's directory has. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { limits } from "../limits";

/** Whom a token names. `account` is the id of the account it was made for: a user made again is another one. */
export interface TokenSubject {
  readonly subject: string;
  readonly account: string;
}

const header = Buffer.from(JSON.stringify({ alg: "HS256", typ: "JWT" })).toString("base64url");

/** Makes a token that holds from now for 12 h. */
export function mintToken(key: Uint8Array, of: TokenSubject, nowMs: number): { token: string; expiresMs: number } {
  const expiresMs = nowMs + limits.tokenLife;
  const claims = { sub: of.subject, aid: of.account, iat: Math.floor(nowMs / 1000), exp: Math.floor(expiresMs / 1000) };
  const signed = `${header}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
  return { token: `${signed}.${signature(key, signed).toString("base64url")}`, expiresMs };
}

/** Whom a token names, when this gateway signed it and it has not expired; else undefined. */
export function tryReadToken(key: Uint8Array, token: string, nowMs: number): TokenSubject | undefined {
  const [head, body, sign, ...more] = token.split(".");
  if (head !== header || body === undefined || sign === undefined || more.length > 0) return undefined;
  const given = Buffer.from(sign, "base64url");
  const right = signature(key, `${head}.${body}`);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  // Text of base64url that decodes to the same bytes is not the same token.
  if (right.toString("base64url") !== sign) return undefined;
  const claims = JSON.parse(Buffer.from(body, "base64url").toString("utf8")) as Record<string, unknown>;
  const { sub, aid, exp } = claims;
  if (typeof sub !== "string" || typeof aid !== "string" || typeof exp !== "number") return undefined;
  return exp * 1000 > nowMs ? { subject: sub, account: aid } : undefined;
}

function signature(key: Uint8Array, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

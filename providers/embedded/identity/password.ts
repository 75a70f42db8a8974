/** Passwords for `/localauth/login`: scrypt (RFC 7914) with its salt; nothing else of them is stored. */
import { scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import type { Random } from "../../../lib/ports";

const derive = promisify(scrypt) as (password: string, salt: Uint8Array, length: number) => Promise<Buffer>;

/** What is stored of a password. */
export async function hashPassword(random: Random, password: string): Promise<string> {
  const salt = Buffer.from(random.bytes(16));
  return `scrypt:${salt.toString("base64url")}:${(await derive(password, salt, 32)).toString("base64url")}`;
}

/** Whether a password is the stored one. */
export async function isPassword(stored: string, password: string): Promise<boolean> {
  const [scheme, salt, hash] = stored.split(":");
  if (scheme !== "scrypt" || salt === undefined || hash === undefined) return false;
  const right = Buffer.from(hash, "base64url");
  const given = await derive(password, Buffer.from(salt, "base64url"), right.length);
  return timingSafeEqual(given, right);
}

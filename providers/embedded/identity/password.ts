/** Passwords for `/localauth/login`: scrypt (RFC 7914) with its salt; nothing else of them is stored. */
import { scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import type { Random } from "../../../lib/ports";
import { limits } from "../limits";

const deriveNow = promisify(scrypt) as (password: string, salt: Uint8Array, length: number) => Promise<Buffer>;

/** Too many passwords at once; a caller is told 503. */
export class TooManyPasswords extends Error {
  override readonly name = "TooManyPasswords";
}

/** What is stored of a password. Throws TooManyPasswords. */
export async function hashPassword(random: Random, password: string): Promise<string> {
  const salt = Buffer.from(random.bytes(16));
  return `scrypt:${salt.toString("base64url")}:${(await derive(password, salt, 32)).toString("base64url")}`;
}

/** Whether a password is the stored one. Throws TooManyPasswords. */
export async function isPassword(stored: string, password: string): Promise<boolean> {
  const [scheme, salt, hash] = stored.split(":");
  if (scheme !== "scrypt" || salt === undefined || hash === undefined) return false;
  const right = Buffer.from(hash, "base64url");
  const given = await derive(password, Buffer.from(salt, "base64url"), right.length);
  return timingSafeEqual(given, right);
}

let running = 0;
const waiting: (() => void)[] = [];

/** Derives in turn: a flood of logins must not take the threads that write the journal. */
async function derive(password: string, salt: Uint8Array, length: number): Promise<Buffer> {
  if (running >= limits.derivingPasswords) {
    if (waiting.length >= limits.waitingPasswords) throw new TooManyPasswords("too many passwords at once");
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  running += 1;
  try {
    return await deriveNow(password, salt, length);
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

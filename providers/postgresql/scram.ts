/** Passwords that are made here, and what PostgreSQL is told of them: never the password. */
import { createHash, createHmac, pbkdf2 } from "node:crypto";
import { promisify } from "node:util";
import type { Random } from "../../lib/ports";

/** A new password: 160 bits of chance in letters and digits that need no quoting anywhere. */
export function newPassword(random: Random): string {
  return Buffer.from(random.bytes(passwordBytes)).toString("hex");
}

const passwordBytes = 20;
/** PostgreSQL's own number (`SCRAM_DEFAULT_ITERATIONS`); a longer count would only slow logins down. */
const iterations = 4096;
const saltBytes = 16;
const derive = promisify(pbkdf2);

/**
 * The verifier of a password: `SCRAM-SHA-256$<iterations>:<salt>$<stored key>:<server key>`, as pg_authid holds it
 * (RFC 5803). Passwords of `newPassword` are ASCII, which SASLprep leaves as it is.
 */
export async function scramVerifier(password: string, random: Random): Promise<string> {
  const salt = Buffer.from(random.bytes(saltBytes));
  const salted = await derive(password, salt, iterations, 32, "sha256");
  const clientKey = createHmac("sha256", salted).update("Client Key").digest();
  const storedKey = createHash("sha256").update(clientKey).digest("base64");
  const serverKey = createHmac("sha256", salted).update("Server Key").digest("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${storedKey}:${serverKey}`;
}

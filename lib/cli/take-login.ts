/** Hands a direct lease's login out once: what was sealed is changed for what is printed, so that it opens nothing any more. */
import { failure } from "../errors";
import type { Random, SqlAnswer } from "../ports";
import type { LeaseLogin } from "../workspace/lease-secret";
import { loginUrl } from "./login-url";

/**
 * Logs in with what was sealed and gives the lease a new password, of which the server is told the verifier alone. Throws E507
 * where the sealed one opens nothing any more, E500 where the server cannot be reached or does not do it: then nothing is handed out.
 */
export async function takeLogin(login: LeaseLogin, { random, environment, root }: TakePorts): Promise<LeaseLogin> {
  const { newPassword, quotedName, scramVerifier } = await import("./compose-postgresql.js");
  const password = newPassword(random);
  const taken = { ...login, password };
  const verifier = await scramVerifier(password, random);
  const text = `ALTER ROLE ${quotedName(login.user)} PASSWORD '${verifier}'`;
  const answer = await ask(login, { environment, root }, text);
  switch (answer.kind) {
    case "rows":
      if (!isWrongPassword(await ask(taken, { environment, root }, "SELECT 1"))) return taken;
      // Somebody else with the key has taken it in the same moment, and set a later one.
      throw usedUp(login);
    case "refused":
      throw isWrongPassword(answer) ? usedUp(login) : notDone(login, `the server said SQLSTATE ${answer.state}`);
    case "unsent":
      throw notDone(login, "the server cannot be reached");
    case "lost": {
      // It may have been done, and nobody else knows the new password.
      if ((await ask(taken, { environment, root }, "SELECT 1")).kind === "rows") return taken;
      throw notDone(login, "the server gave no answer");
    }
  }
}

/** What it takes besides the login. */
interface TakePorts {
  readonly random: Random;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Directory of leasehold.yaml. */
  readonly root: string;
}

async function ask(
  login: LeaseLogin,
  { environment, root }: Omit<TakePorts, "random">,
  text: string,
): Promise<SqlAnswer> {
  const { postgresSql } = await import("../adapters/postgres.js");
  const url = loginUrl(login, authorityOf(login, environment));
  const sql = postgresSql({ root, environment, url, named: `the login of ${login.connection}` });
  try {
    return await sql.query({ text });
  } finally {
    await sql.close();
  }
}

/** invalid_password, of PostgreSQL's error codes. */
function isWrongPassword(answer: SqlAnswer): boolean {
  return answer.kind === "refused" && answer.state === "28P01";
}

/** An authority of one's own is in the environment, as for psql. */
function authorityOf({ sslmode }: LeaseLogin, environment: TakePorts["environment"]): Readonly<Record<string, string>> {
  const sslrootcert = environment["PGSSLROOTCERT"];
  return sslrootcert === undefined || sslmode === undefined || sslmode === "disable" ? {} : { sslrootcert };
}

function usedUp({ grant, connection, until }: LeaseLogin): Error {
  return failure("E507", {
    summary: "the login of this lease was handed out before",
    detail: `${connection}: what was sealed opens nothing any more; what was printed is good until ${until}`,
    fix: `use what was printed; or, where it is lost or somebody else has taken it, \`leasehold revoke ${grant}\` and ask anew`,
  });
}

function notDone({ connection, host, port }: LeaseLogin, seen: string): Error {
  return failure("E500", {
    summary: "the login could not be handed out",
    detail: `${connection} at ${host}:${port}: ${seen}`,
    fix: "run it again from where the database can be reached; `leasehold connect` needs nothing printed",
  });
}

import { exitCodes } from "../errors";
import type { ConnectionPlace } from "../workspace/connection-place";
import type { LeaseLogin } from "../workspace/lease-secret";
import type { Workspace } from "../workspace/workspace";
import type { CommandCall } from "./command";
import { unsealOf } from "./key-option";

/** Runs psql as the holder of a direct lease; what stands after `--` are psql's arguments. The password is in a private file while it runs. */
export async function runPsql(call: CommandCall, workspace: Workspace, place: ConnectionPlace): Promise<number> {
  const { findLeaseLogin } = await import("../workspace/lease-secret.js");
  const as = call.options["as"] as string | undefined;
  const asked = { connection: place.gatewayName, ...(as === undefined ? {} : { as }) };
  const login = await findLeaseLogin(workspace, asked, await unsealOf(call));
  // The Log is not needed while the session lasts, and another command may want it.
  await workspace.close();
  const { privateFile } = await import("../adapters/private-file.js");
  const { output } = call.shell;
  const file = await privateFile("pgpass", passLine(login));
  try {
    output.progress(`${login.connection} as ${login.person}, until ${login.until}`);
    const code = await call.shell.runProgram(["psql", ...call.rest], psqlEnvironment(login, file.path));
    if (code === noSession) output.problem(handedOut);
    if (code !== notFound) return code;
    output.problem("There is no psql on this machine: install PostgreSQL's client, or use `leasehold credentials`.");
    return exitCodes.bug;
  } finally {
    await file.remove();
  }
}

/** What a shell gives for a program that is not there. */
const notFound = 127;

/** What psql gives when there was no connection, or it was lost. */
const noSession = 2;
const handedOut =
  "Where the server refused the password: `leasehold credentials` may have handed this lease's login out; what it printed is good then.";

/** A line of a password file: `host:port:database:user:password`, for this login alone. */
function passLine({ host, port, database, user, password }: LeaseLogin): string {
  const fields = [host, String(port), database, user, password];
  return `${fields.map((field) => field.replaceAll(/[\\:]/g, (found) => `\\${found}`)).join(":")}\n`;
}

/** What libpq reads: empty are those of the caller's that would lead elsewhere, or take another password. */
function psqlEnvironment(login: LeaseLogin, passFile: string): Readonly<Record<string, string>> {
  const { host, port, database, user, sslmode, createsAs } = login;
  return {
    PGHOST: host,
    PGHOSTADDR: "",
    PGPORT: String(port),
    PGDATABASE: database,
    PGUSER: user,
    PGPASSWORD: "",
    PGPASSFILE: passFile,
    // A server that asks for the password in clear is not ours.
    PGREQUIREAUTH: "scram-sha-256",
    ...(sslmode === undefined ? {} : { PGSSLMODE: sslmode }),
    ...(createsAs === undefined ? {} : { PGOPTIONS: roleOption(createsAs) }),
  };
}

/** The option of a session that begins as a role: what parts options, and the backslash itself, stand behind one. */
export function roleOption(role: string): string {
  return `-c role=${role.replaceAll(/[\s\\]/g, (found) => `\\${found}`)}`;
}

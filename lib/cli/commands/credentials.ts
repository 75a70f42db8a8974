import type { LeaseLogin } from "../../workspace/lease-secret";
import type { CommandSpec } from "../command";
import { addKeyOption, unsealOf } from "../key-option";

/** `leasehold credentials`: what a direct lease's holder logs in with. */
export const credentials: CommandSpec = {
  name: "credentials",
  args: "<grant>",
  summary: "print the login of a direct lease that you hold, for programs other than psql",
  examples: [
    ["leasehold credentials orders-first-look --key-file ~/.age/key.txt", "the URL to log in with, once"],
    ["leasehold credentials orders-first-look --format json", "the same in parts, for a pipeline"],
  ],
  formats: ["text", "json"],
  options: addKeyOption,
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, async (workspace) => {
      const { findLeaseLogin } = await import("../../workspace/lease-secret.js");
      const login = await findLeaseLogin(workspace, { grant: call.args[0] ?? "" }, await unsealOf(call));
      const { output } = call.shell;
      output.progress(`Good until ${login.until}. Nothing of it is kept on this machine.`);
      output.result(
        call.global.format === "json" ? JSON.stringify({ credentialsVersion: 1, ...login }) : loginUrl(login),
      );
      return 0;
    });
  },
};

function loginUrl({ host, port, database, user, password, sslmode }: LeaseLogin): string {
  const place = host.startsWith("/") ? `/${encodeURIComponent(database)}?host=${encodeURIComponent(host)}` : undefined;
  const address = host.includes(":") ? `[${host}]` : host;
  const tail =
    place ?? `${address}:${port}/${encodeURIComponent(database)}${sslmode === undefined ? "" : `?sslmode=${sslmode}`}`;
  return `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${tail}`;
}

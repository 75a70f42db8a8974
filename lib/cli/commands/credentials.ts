import type { CommandSpec } from "../command";
import { addKeyOption, unsealOf } from "../key-option";
import { roleOption } from "../psql";

/** `leasehold credentials`: what a direct lease's holder logs in with. */
export const credentials: CommandSpec = {
  name: "credentials",
  args: "<grant>",
  summary: "print the login of a direct lease that you hold, once, for programs other than psql",
  examples: [
    [
      "leasehold credentials orders-first-look --key-file ~/.age/key.txt",
      "the URL to log in with; it is not printed again",
    ],
    ["leasehold credentials orders-first-look --format json", "the same in parts, for a pipeline"],
  ],
  formats: ["text", "json"],
  options: addKeyOption,
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, async (workspace) => {
      const { findLeaseLogin } = await import("../../workspace/lease-secret.js");
      const { takeLogin } = await import("../take-login.js");
      const { loginUrl } = await import("../login-url.js");
      const sealed = await findLeaseLogin(workspace, { grant: call.args[0] ?? "" }, await unsealOf(call));
      const { random } = workspace.ports;
      const { root } = workspace.repository;
      const login = await takeLogin(sealed, { random, environment: call.shell.environment, root });
      const { output } = call.shell;
      output.progress(`Good until ${login.until}. It is kept nowhere, and not printed again.`);
      const asRole = login.createsAs === undefined ? {} : { options: roleOption(login.createsAs) };
      output.result(
        call.global.format === "json" ? JSON.stringify({ credentialsVersion: 1, ...login }) : loginUrl(login, asRole),
      );
      return 0;
    });
  },
};

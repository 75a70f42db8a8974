import { failure } from "../../errors";
import type { Workspace } from "../../workspace/workspace";
import type { CommandSpec } from "../command";

/** `leasehold gateway sql`: what an admin of a database installs for direct leases. */
export const gatewaySql: CommandSpec = {
  name: "sql",
  summary: "print the SQL that an admin installs in a database for direct leases, with the levels of the rules",
  examples: [
    ["leasehold gateway sql > leases.sql", "then, as an admin: psql -v ON_ERROR_STOP=1 -f leases.sql"],
    ["leasehold gateway sql --gateway orders --reconciler leasehold", "for one of several, with a login of that name"],
  ],
  options(command) {
    command
      .option("--gateway <name>", "which gateway of the config, where there are several")
      .option("--reconciler <role>", "the login that gives and ends leases", "leasehold_reconciler")
      .option("--observer <role>", "the login that only looks", "leasehold_observer");
  },
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, async (workspace) => {
      const { statedLevels } = await import("../../workspace/stated-levels.js");
      const { installSql } = await import("../compose-postgresql.js");
      const gateway = databaseGateway(workspace, call.options["gateway"] as string | undefined);
      const { levels, unsaid, maxSeconds } = await statedLevels(workspace, gateway);
      const { installation } = workspace;
      const reconciler = roleOption(call.options["reconciler"] as string);
      const observer = roleOption(call.options["observer"] as string);
      const { output } = call.shell;
      for (const id of unsaid) output.problem(`${id} is left out: the rules do not say which role carries it.`);
      output.result(installSql({ installation, reconciler, observer, maxSeconds, levels }));
      return 0;
    });
  },
};

function databaseGateway({ repository }: Workspace, wanted: string | undefined): string {
  const names = Object.entries(repository.config.gateways).flatMap(([name, config]) =>
    config.provider === "postgresql" && (wanted === undefined || wanted === name) ? [name] : [],
  );
  const [only, ...more] = names;
  if (only !== undefined && more.length === 0) return only;
  throw failure("E800", {
    detail:
      only === undefined
        ? "there is no gateway of provider postgresql of that name in leasehold.yaml"
        : `there are several: ${names.join(", ")}`,
    fix:
      only === undefined
        ? 'write `orders: { provider: postgresql, url: "${env:ORDERS_URL}" }` under gateways:'
        : "name one: --gateway NAME",
  });
}

/** The name of a role: what PostgreSQL would cut or not take is refused here. */
function roleOption(text: string): string {
  const isFit = text !== "" && !text.includes("\0") && Buffer.byteLength(text) <= 63;
  if (isFit && !/^(?:pg_|lh_)|^(?:public|none)$/.test(text)) return text;
  throw failure("E800", {
    detail: `\`${text.slice(0, 100)}\` can be no role of Leasehold's`,
    fix: "a name of up to 63 bytes that does not begin with pg_ or lh_",
  });
}

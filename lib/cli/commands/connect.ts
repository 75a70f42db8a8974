import { exitCodes, failure } from "../../errors";
import type { CommandCall, CommandSpec } from "../command";
import { addIdentityOptions, claimOf } from "../identity";
import { addKeyOption } from "../key-option";
import { portOption } from "./gateway";

/** `leasehold connect`: a session on what you hold. */
export const connect: CommandSpec = {
  name: "connect",
  args: "<connection> [command...]",
  summary: "open a session on a connection you hold a lease for: a local port and a command on it, or psql",
  examples: [
    ["leasehold connect orders-db/read -p 5432", "listen on 127.0.0.1:5432 until Ctrl-C"],
    [
      "leasehold connect orders-db/read -- psql orders",
      "run a command; PGHOST, PGPORT and LEASEHOLD_PORT are set for it",
    ],
    ["leasehold connect orders-db/read -- -c 'select 1'", "on PostgreSQL without a gateway: psql with these arguments"],
  ],
  options(command) {
    command.option("-p, --port <port>", "the local port, 0 for a free one", "0");
    addIdentityOptions(command);
    addKeyOption(command);
  },
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, async (workspace) => {
      const { placeOfConnection } = await import("../../workspace/connection-place.js");
      const { openForPeople } = await import("../../workspace/actor.js");
      const place = await placeOfConnection(workspace, call.args[0] ?? "");
      if (workspace.repository.config.gateways[place.gateway]?.provider === "postgresql") {
        const { runPsql } = await import("../psql.js");
        return runPsql(call, workspace, place);
      }
      const { people } = await openForPeople(workspace, place.gateway);
      if (people.openPort === undefined) {
        call.shell.output.result(`hoop connect ${place.gatewayName}`);
        return 0;
      }
      return useConnection(call, people.openPort.bind(people), place.gatewayName);
    });
  },
};

type OpenPortOf = NonNullable<import("../../workspace/ports").GatewayPeople["openPort"]>;

async function useConnection(call: CommandCall, openPort: OpenPortOf, connection: string): Promise<number> {
  const { output } = call.shell;
  const { escapeTerminal } = await import("../../render/escape.js");
  const over = new AbortController();
  let isOver: () => Promise<void> = async () => undefined;
  const opened = await openPort({
    token: await tokenOrThrow(call),
    connection,
    port: portOption(call.options["port"] as string),
    onEvent: (event) => {
      if (event.kind === "refused") output.progress(`refused: ${escapeTerminal(event.why)}`);
      if (event.kind !== "ended") return;
      if (event.reason !== "closed") output.progress(`session ended: ${escapeTerminal(event.reason)}`);
      void isOver();
    },
  });
  isOver = async () => {
    if (!(await opened.isLetIn())) over.abort();
  };
  try {
    output.result(
      `127.0.0.1:${opened.port} leads to ${connection}${opened.until === undefined ? "" : `, until ${opened.until}`}`,
    );
    if (call.rest.length > 0) {
      const port = String(opened.port);
      return await call.shell.runProgram(call.rest, {
        LEASEHOLD_HOST: "127.0.0.1",
        LEASEHOLD_PORT: port,
        PGHOST: "127.0.0.1",
        PGPORT: port,
      });
    }
    await anyOf(call.shell.signal, over.signal);
    if (!over.signal.aborted) return 0;
    output.progress("Your access has ended.");
    return exitCodes.refused;
  } finally {
    await opened.close();
  }
}

async function tokenOrThrow(call: CommandCall): Promise<string> {
  const { token } = await claimOf(call);
  if (token !== undefined) return token;
  throw failure("E800", {
    summary: "a session needs your own token",
    fix: "set LEASEHOLD_TOKEN, or give --token-file; `leasehold gateway token USER` makes one for an embedded gateway",
  });
}

function anyOf(...signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of signals) {
      if (signal.aborted) resolve();
      signal.addEventListener("abort", () => resolve(), { once: true });
    }
  });
}

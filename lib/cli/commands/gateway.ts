import { failure } from "../../errors";
import { isEmail } from "../../model/names";
import type { CommandCall, CommandSpec } from "../command";
import { pathOption } from "../options";
import { gatewaySql } from "./gateway-sql";

const token: CommandSpec = {
  name: "token",
  args: "<user>",
  summary: "make a person's token of the embedded gateway, good for 12 h",
  examples: [
    ["leasehold gateway token ana@example.com > ana.token", "for --token-file ana.token"],
    ["LEASEHOLD_TOKEN=$(leasehold gateway token ana@example.com) leasehold connect orders-db/read -p 5432", "as ana"],
  ],
  formats: ["text", "json"],
  options(command) {
    command.option("--gateway <name>", "which gateway of the config, where there are several");
  },
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    const email = call.args[0] ?? "";
    if (!isEmail(email)) {
      throw failure("E800", {
        detail: `expected an e-mail, got \`${email.slice(0, 100)}\``,
        fix: "leasehold gateway token ana@example.com",
      });
    }
    return withinWorkspace(call, async (workspace) => {
      const { openForPeople } = await import("../../workspace/actor.js");
      const { people } = await openForPeople(workspace, call.options["gateway"] as string | undefined);
      if (people.mintToken === undefined) {
        throw failure("E800", {
          detail: "people of this gateway log in there",
          fix: "use `hoop login`, then its token",
        });
      }
      const minted = await people.mintToken(email);
      call.shell.output.result(
        call.global.format === "json" ? JSON.stringify({ tokenVersion: 1, ...minted }) : minted.token,
      );
      return 0;
    });
  },
};

/** `leasehold gateway`: keep the embedded gateway running. */
export const gateway: CommandSpec = {
  name: "gateway",
  summary:
    "keep the embedded gateway running; `gateway token USER` makes a person's token, `gateway sql` prepares a database",
  examples: [
    ["leasehold gateway", "the embedded gateway of leasehold.yaml, on a free port of this machine"],
    ["leasehold gateway --port 8009", "on a port of its own"],
    ...token.examples.slice(0, 1),
  ],
  subcommands: [token, gatewaySql],
  options(command) {
    command
      .option("--gateway <name>", "which gateway of the config, where there are several")
      .option("--host <host>", "the address to listen on; beyond this machine only with TLS", "127.0.0.1")
      .option("--port <port>", "the port to listen on, 0 for a free one", "0")
      .option("--tls-key <file>", "a TLS key in PEM")
      .option("--tls-cert <file>", "its certificate in PEM");
  },
  async run(call) {
    const { openRepository } = await import("../../workspace/repository.js");
    const { directory, configFile } = call.global;
    const repository = await openRepository(call.shell, {
      directory,
      ...(configFile === undefined ? {} : { configFile }),
    });
    await call.shell.runGateway({
      directory: embeddedDirectory(call, repository),
      host: call.options["host"] as string,
      port: portOption(call.options["port"] as string),
      ...tlsOption(call),
      signal: call.shell.signal,
      onListening: (url) => call.shell.output.result(`Gateway at ${url}; Ctrl-C ends it.`),
      onNote: (line) => {
        if (call.global.verbose) call.shell.output.progress(line);
      },
    });
    return 0;
  },
};

function embeddedDirectory(call: CommandCall, repository: import("../../workspace/repository").Repository): string {
  const wanted = call.options["gateway"] as string | undefined;
  const found = Object.entries(repository.config.gateways).flatMap(([name, config]) =>
    config.provider === "embedded" && (wanted === undefined || wanted === name) ? [{ name, config }] : [],
  );
  const [only, ...more] = found;
  if (only !== undefined && more.length === 0) return `${repository.root}/${only.config.directory}`;
  throw failure("E800", {
    detail:
      only === undefined
        ? "there is no embedded gateway of that name in leasehold.yaml"
        : `there are several: ${found.map(({ name }) => name).join(", ")}`,
    fix:
      only === undefined
        ? "write `main: { provider: embedded, directory: .leasehold/gateway }` under gateways:"
        : "name one: --gateway NAME",
  });
}

/** A port number; throws E800 for what is none. */
export function portOption(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw failure("E800", {
    detail: `expected a port, got \`${text.slice(0, 20)}\``,
    fix: "a number from 0 to 65535; 0 takes a free one",
  });
}

function tlsOption(call: CommandCall): { readonly tls?: { readonly key: string; readonly cert: string } } {
  const key = call.options["tlsKey"] as string | undefined;
  const cert = call.options["tlsCert"] as string | undefined;
  if (key === undefined && cert === undefined) return {};
  if (key !== undefined && cert !== undefined) {
    return { tls: { key: pathOption(key, call.global), cert: pathOption(cert, call.global) } };
  }
  throw failure("E800", { detail: "--tls-key and --tls-cert go together", fix: "give both" });
}

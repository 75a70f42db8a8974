import { dirname } from "node:path";
import { failure } from "../../errors";
import type { ImportedDatabase, ProgramPlace } from "../../import";
import { isIdentifier } from "../../model/names";
import { resourceClasses, type ResourceClass } from "../../model/resource";
import { didYouMean } from "../../model/suggest";
import type { CommandCall, CommandSpec } from "../command";
import { pathOption } from "../options";

const postgresql: CommandSpec = {
  name: "postgresql",
  args: "<url>",
  summary:
    "say an existing PostgreSQL database as TypeScript: its roles as levels, its standing logins as debts; reads only",
  examples: [
    ["leasehold import postgresql '${env:ORDERS_URL}' --out imported.ts", "write the levels, and say what is left"],
    ["leasehold import postgresql postgres://admin@db/orders", "print them; the password comes from PGPASSWORD"],
    ["leasehold import postgresql '${file:url}' --service etl", "etl is a program's login, not a person's"],
  ],
  formats: ["text", "json"],
  options(command) {
    command
      .option("--out <file>", "the TypeScript file to write; printed when left out")
      .option("--resource <name>", "the name of the resource; made of the database's when left out")
      .option("--class <class>", `how much harm it can do: ${resourceClasses.join(", ")}`, "critical")
      .option("--service <login...>", "logins that are programs', not people's");
  },
  async run(call) {
    const { database, place } = await readDatabase(call);
    const { programText } = await import("../../import/index.js");
    const { renderImported, renderImportedJson } = await import("../../render/imported.js");
    const program = programText(database, place);
    const { out } = call.options;
    const file = typeof out === "string" ? out : undefined;
    if (file !== undefined) await write(call, file, program);
    const { output } = call.shell;
    const report = renderImported(database, { file });
    if (call.global.format === "json") output.result(renderImportedJson(database, program));
    else if (file === undefined) {
      output.result(program.trimEnd());
      output.progress(report);
    } else output.result(`Wrote ${file}.\n${report}`);
    return 0;
  },
};

/** `leasehold import`: what is there already, as rules. */
export const importDatabase: CommandSpec = {
  name: "import",
  summary: "say what is there already as rules",
  examples: [
    ["leasehold import postgresql '${env:ORDERS_URL}' --out imported.ts", "the roles of a database as levels"],
  ],
  subcommands: [postgresql],
};

interface Read {
  readonly database: ImportedDatabase;
  readonly place: ProgramPlace;
}

async function readDatabase(call: CommandCall): Promise<Read> {
  const { shell, global, options } = call;
  const resourceClass = classOption(String(options["class"]));
  const stated = resourceOption(options["resource"]);
  const { url, named } = await urlOf(call);
  if (shell.sql === undefined)
    throw failure("E800", { detail: "no database can be opened here", fix: "run it on a machine" });
  const sql = await shell.sql({ root: global.directory, url, named });
  try {
    const { describeDatabase, identifierFor, readCatalog } = await import("../../import/index.js");
    const { postgresPlace } = await import("../../adapters/postgres-url.js");
    const catalog = await readCatalog(sql);
    const resource = stated ?? identifierFor(catalog.database);
    const services = (options["service"] ?? []) as readonly string[];
    checkServices(
      services,
      catalog.roles.filter(({ canLogin }) => canLogin).map(({ name }) => name),
    );
    return {
      database: describeDatabase(catalog, { resource, services }),
      place: { class: resourceClass, ...postgresPlace(url) },
    };
  } finally {
    await sql.close();
  }
}

/** A reference, or a URL without a password: arguments stand in the list of processes and in the shell's history. */
async function urlOf(call: CommandCall): Promise<{ readonly url: string; readonly named: string }> {
  const [given = ""] = call.args;
  const { tryParseSecretRef } = await import("../../config/secrets.js");
  if (tryParseSecretRef(given) !== undefined) {
    return { url: await call.shell.secretsIn(call.global.directory).resolve(given), named: given };
  }
  const { hasPassword } = await import("../../adapters/postgres-url.js");
  if (!hasPassword(given)) return { url: given, named: "the URL" };
  throw failure("E800", {
    detail: "the URL has a password, which everybody on this machine can read in the list of processes",
    fix: "put the URL into the environment and write '${env:NAME}', or leave the password out and set PGPASSWORD; if it was a real one, replace it",
  });
}

function classOption(text: string): ResourceClass {
  const found = resourceClasses.find((one) => one === text);
  if (found !== undefined) return found;
  throw failure("E800", {
    detail: `--class is \`${text.slice(0, 40)}\``,
    fix: `write one of ${resourceClasses.join(", ")}`,
  });
}

function resourceOption(text: unknown): string | undefined {
  if (text === undefined || (typeof text === "string" && isIdentifier(text))) return text;
  throw failure("E800", {
    detail: "--resource is no name of a resource",
    fix: "write lower-case letters, digits, `.`, `_`, `-`, e.g. --resource orders-db",
  });
}

function checkServices(services: readonly string[], logins: readonly string[]): void {
  const unknown = services.find((name) => !logins.includes(name));
  if (unknown === undefined) return;
  throw failure("E800", {
    detail: `no role of the database that can log in is called ${JSON.stringify(unknown.slice(0, 100))}`,
    fix: `name a login${didYouMean(unknown, logins)}`,
  });
}

async function write(call: CommandCall, file: string, program: string): Promise<void> {
  const { files } = call.shell;
  const path = pathOption(file, call.global);
  if ((await files.tryReadText(path, 16_777_216)) !== undefined) {
    throw failure("E705", {
      summary: "the file is there already",
      detail: path,
      fix: "give another --out, or move the file away",
    });
  }
  await files.makeDirectory(dirname(path));
  await files.writeText(path, program);
}

import { exitCodes, failure } from "../../errors";
import type { AnchorKey, ChainVerdict } from "../../log";
import type { Against } from "../../workspace/verify-against";
import type { Workspace } from "../../workspace/workspace";
import type { CommandCall, CommandSpec } from "../command";
import { addIdentityOptions, claimOf } from "../identity";
import { asOfOption, pathOption } from "../options";

const show: CommandSpec = {
  name: "show",
  summary: "what was recorded, oldest first",
  examples: [
    ["leasehold log show", "all of it"],
    ["leasehold log show --grant orders-inc-4711", "everything about a grant or request"],
    ["leasehold log show --since 2026-11-20T00:00:00Z --last 50", "the last 50 since then"],
    ["leasehold log show --type ending.done --format json", "only some records, for programs"],
  ],
  formats: ["text", "json"],
  options(command) {
    command
      .option("--grant <grant>", "only records about a grant or a request")
      .option("--who <user>", "only records that name this person")
      .option("--type <type>", "only records of this type, e.g. activation.done")
      .option("--since <time>", "from this time on")
      .option("--last <n>", "only the last n of them");
  },
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, async (workspace) => {
      const { readRecords } = await import("../../workspace/read-records.js");
      const { renderLogRecords } = await import("../../render/log-records.js");
      const since = call.options["since"] as string | undefined;
      const records = await readRecords(workspace, {
        ...textOption(call, "grant"),
        ...textOption(call, "who"),
        ...textOption(call, "type"),
        ...(since === undefined ? {} : { since: asOfOption(since, call.shell) }),
        ...lastOption(call),
      });
      const { output, clock } = call.shell;
      const format = call.global.format === "json" ? "json" : "text";
      output.result(renderLogRecords(records, { format, now: clock.now(), colour: output.colour }));
      return 0;
    });
  },
};

const verify: CommandSpec = {
  name: "verify",
  summary: "verify the chain, record by record; says the first bad one",
  examples: [
    ["leasehold log verify", "the Log of this access repository"],
    ["leasehold log verify export.jsonl", "an exported Log, with nothing else at hand"],
    ["leasehold log verify export.jsonl --against anchors.jsonl --key anchors.pub", "shows a cut end, too"],
  ],
  args: "[file]",
  formats: ["text", "json"],
  options(command) {
    command
      .option("--against <file>", "anchors, or a Head, that the Log has to hold; default those of the config")
      .option("--key <key>", "the public key that anchors must be signed with: a file, or base64");
  },
  async run(call) {
    const { renderVerification } = await import("../../render/verification.js");
    const file = call.args[0];
    const { verdict, where, against } = file === undefined ? await verifyOwn(call) : await verifyExport(call, file);
    const { output } = call.shell;
    const format = call.global.format === "json" ? "json" : "text";
    const anchors = against === undefined ? {} : { anchors: { ...against.held, ...heldUpTo(verdict, against) } };
    output.result(renderVerification(verdict, { format, colour: output.colour, where, ...anchors }));
    return verdict.ok ? 0 : exitCodes.log;
  },
};

interface Verified {
  readonly verdict: ChainVerdict;
  readonly where: string;
  readonly against?: Against | undefined;
}

async function verifyOwn(call: CommandCall): Promise<Verified> {
  const { withinWorkspace } = await import("../within.js");
  return withinWorkspace(call, async (workspace) => {
    const { verifyLog } = await import("../../log/index.js");
    const { log } = workspace.repository.config;
    const against = (await givenAgainst(call, () => configuredKeys(workspace))) ?? (await configured(workspace));
    const verdict = await verifyLog(workspace.store, { against: against?.heads ?? [] });
    return { verdict, where: log.store === "file" ? log.path : log.store, against };
  });
}

async function verifyExport(call: CommandCall, file: string): Promise<Verified> {
  const { verifyLines } = await import("../../log/index.js");
  const { linesOfFile } = await import("../../workspace/lines-of-file.js");
  const against = await givenAgainst(call);
  const { heads = [], installation } = against ?? {};
  const lines = linesOfFile(call.shell.files, pathOption(file, call.global));
  const verdict = await verifyLines(lines, {
    against: heads,
    ...(installation === undefined ? {} : { installation }),
  });
  return { verdict, where: file, against };
}

/** What `--against` names, checked with `--key`; undefined without. */
async function givenAgainst(
  call: CommandCall,
  otherKeys: () => Promise<readonly AnchorKey[]> = async () => [],
): Promise<Against | undefined> {
  const file = textOption(call, "against").against;
  const key = textOption(call, "key").key;
  if (file === undefined && key !== undefined) {
    throw failure("E800", { detail: "--key without --against", fix: "name the anchors: --against FILE" });
  }
  if (file === undefined) return undefined;
  const { findKey, readAgainst } = await import("../../workspace/verify-against.js");
  const { files } = call.shell;
  const keys = key === undefined ? await otherKeys() : [await findKey(files, key, pathOption(key, call.global))];
  return readAgainst(files, pathOption(file, call.global), keys);
}

/** The anchors of the config. */
async function configured({ anchors, repository }: Workspace): Promise<Against | undefined> {
  if (anchors === undefined) return undefined;
  const { againstAnchors } = await import("../../workspace/verify-against.js");
  const { key, publicKeys = [] } = repository.config.log.anchors ?? {};
  return againstAnchors(await anchors.history(), key !== undefined || publicKeys.length > 0);
}

async function configuredKeys({ ports, repository }: Workspace): Promise<readonly AnchorKey[]> {
  const { findAnchorKeys } = await import("../../log/index.js");
  return findAnchorKeys({ ...repository.config.log.anchors, secrets: ports.secretsIn(repository.root) });
}

/** How far the anchors vouch for a Log that does not verify. */
function heldUpTo(verdict: ChainVerdict, { heads }: Against): { readonly heldUpTo?: number } {
  if (verdict.ok) return {};
  const held = heads.map(({ sequence }) => sequence).filter((sequence) => sequence < verdict.fault.sequence);
  return held.length === 0 ? {} : { heldUpTo: Math.max(...held) };
}

const exportCommand: CommandSpec = {
  name: "export",
  summary: "write the Log as it is stored, a record a line",
  examples: [
    ["leasehold log export > log.jsonl", "to a file, for `leasehold log verify log.jsonl`"],
    ["leasehold log export --out log.jsonl", "the same"],
  ],
  options(command) {
    command.option("--out <file>", "write to this file");
  },
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, async (workspace) => {
      const { exportLog } = await import("../../log/index.js");
      const out = call.options["out"] as string | undefined;
      const { output, files } = call.shell;
      if (out === undefined) {
        for await (const text of exportLog(workspace.store)) output.result(text.replace(/\n$/, ""));
        return 0;
      }
      const path = pathOption(out, call.global);
      const file = await files.openAppend(path);
      try {
        if ((await file.size()) > 0)
          throw failure("E705", { summary: "the file has something in it", detail: path, fix: "name a new file" });
        for await (const text of exportLog(workspace.store)) await file.append(Buffer.from(text, "utf8"));
        await file.sync();
      } finally {
        await file.close();
      }
      output.result(`Wrote ${path}`);
      return 0;
    });
  },
};

const rebuild: CommandSpec = {
  name: "rebuild",
  summary: "after a lost or restored Log: adopt what merged requests explain, end the rest",
  examples: [["leasehold log rebuild", "ends `recovering`; nothing that ended comes back"]],
  formats: ["text", "json"],
  options(command) {
    command.option("--yes", "do not ask");
    addIdentityOptions(command);
  },
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, async (workspace) => {
      const { rebuild: rebuildTree } = await import("../../workspace/rebuild.js");
      const { renderRebuilt } = await import("../../render/rebuilt.js");
      const { accepter } = await import("../../workspace/actor.js");
      const rebuilt = await rebuildTree(workspace, { by: await accepter(workspace, await claimOf(call)) });
      const { output, clock } = call.shell;
      output.result(
        renderRebuilt(rebuilt, { format: call.global.format === "json" ? "json" : "text", now: clock.now() }),
      );
      const { strongestExitCode } = await import("../../errors.js");
      return strongestExitCode(rebuilt.exitCodes);
    });
  },
};

const copy: CommandSpec = {
  name: "copy",
  summary: "move the Log to another store, and verify it there",
  examples: [
    ["leasehold log copy --from file --to 'postgres:${env:LEASEHOLD_LOG_URL}'", "from a directory to a database"],
    ["leasehold log copy --from git --to file:backup/log", "a copy on this machine"],
    ["leasehold log copy --from postgres --to file:backup/log", "safe to repeat: it goes on where the copy ends"],
  ],
  formats: ["text", "json"],
  options(command) {
    command
      .requiredOption("--from <store>", "file[:PATH], git[:REMOTE] or postgres[:REFERENCE of its URL]")
      .requiredOption("--to <store>", "the same; what it holds already has to be a beginning of the original");
  },
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, async (workspace) => {
      const { copyBetween } = await import("../../workspace/copy-log.js");
      const { renderCopied } = await import("../../render/moved-log.js");
      const copied = await copyBetween(workspace, {
        from: call.options["from"] as string,
        to: call.options["to"] as string,
        holder: call.shell.holder ?? "leasehold log copy",
      });
      call.shell.output.result(renderCopied(copied, call.global.format === "json" ? "json" : "text"));
      return 0;
    });
  },
};

const migrate: CommandSpec = {
  name: "migrate",
  summary: "make or bring up to date the tables and roles of a Log in PostgreSQL",
  examples: [
    ["leasehold log migrate", "safe to repeat, and when run twice at once"],
    ["leasehold log migrate --url '${env:LEASEHOLD_LOG_OWNER_URL}'", "as the role that owns the tables"],
    ["leasehold log migrate --print > migrate.sql", "the SQL, for an administrator"],
  ],
  formats: ["text", "json"],
  options(command) {
    command
      .option("--url <reference>", "a reference of the URL to use instead of that of leasehold.yaml")
      .option("--print", "print the SQL and connect to nothing");
  },
  async run(call) {
    const { output } = call.shell;
    if (call.options["print"] === true) {
      const { migrationSql } = await import("../../log/index.js");
      output.result(migrationSql().trimEnd());
      return 0;
    }
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, async (workspace) => {
      const { migrateLog } = await import("../../workspace/migrate-log.js");
      const { renderMigrated } = await import("../../render/moved-log.js");
      const url = call.options["url"] as string | undefined;
      const migrated = await migrateLog(workspace, url === undefined ? {} : { url });
      output.result(renderMigrated(migrated, call.global.format === "json" ? "json" : "text"));
      return 0;
    });
  },
};

/** `leasehold log`: the record of everything. */
export const log: CommandSpec = {
  name: "log",
  summary: "the record of every grant, refusal and ending: show, verify, export, rebuild, copy, migrate",
  examples: [...show.examples.slice(0, 2), ...verify.examples],
  subcommands: [show, verify, exportCommand, rebuild, copy, migrate],
};

function textOption<Name extends string>(call: CommandCall, name: Name): { readonly [key in Name]?: string } {
  const value = call.options[name] as string | undefined;
  return value === undefined ? {} : ({ [name]: value } as { readonly [key in Name]?: string });
}

function lastOption(call: CommandCall): { readonly last?: number } {
  const text = call.options["last"] as string | undefined;
  if (text === undefined) return {};
  if (/^[1-9]\d{0,6}$/.test(text)) return { last: Number(text) };
  throw failure("E800", {
    detail: `expected --last to be a number, got \`${text.slice(0, 20)}\``,
    fix: "write --last 50",
  });
}

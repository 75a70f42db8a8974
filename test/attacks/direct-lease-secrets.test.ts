/**
 * THREATS, "secret leak", and bar 12 of QUALITY.md for direct leases: the secrets of 100 leases and the reconciler's own password are in
 * nothing that a command says or writes, no statement, no argument of a program, not in the server's log and not in what it shows.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { unseal } from "../../lib/adapters/age";
import { newRepository } from "../cli/support/leasehold";
import { sayBar } from "../simulation/bars/bar";
import { directDatabase, directRequest, reconcilerPassword } from "../support/direct-leases";
import { describeWith } from "../support/needs";
import { postgres, postgresForTests } from "../support/postgres";

const count = 100;

/** Every command that says or writes something about leases, each way it can. */
const commands: readonly (readonly string[])[] = [
  ["plan"],
  ["plan", "--format", "json", "--out", "plan.json"],
  ["plan", "--format", "markdown"],
  ["apply", "--yes", "--verbose"],
  ["apply", "--yes", "--verbose", "--format", "json"],
  ["reconcile", "--verbose"],
  ["status"],
  ["status", "--format", "json"],
  ["status", "--html", "access.html"],
  ["explain", "all"],
  ["explain", "c7@example.com@orders-db/read"],
  ["log", "show", "--format", "json"],
  ["log", "export", "--out", "export.jsonl"],
  ["log", "verify"],
  ["doctor"],
  ["gateway", "sql"],
  ["revoke", "--who", "c7@example.com"],
];

describeWith(postgres, "secrets of direct leases", () => {
  const settings = { log_statement: "all", log_min_duration_statement: "0", log_min_error_statement: "debug5" };
  const server = postgresForTests({ settings: { ...settings, log_parameter_max_length: "-1", log_connections: "on" } });

  it(`bar 12: of ${count} leases none is in what is said, written, sent, logged or shown`, async () => {
    const made = await directDatabase(server());
    const line = await newRepository();
    made.fill(line, { approval: "automatic", crowd: count - 1 });
    await made.install((await line.with(made.reconciler, "gateway", "sql")).stdout);
    await line.with(made.reconciler, "policy", "accept");
    line.write("requests/all.yaml", directRequest({ name: "all", level: "read", duration: "1h", for: "group:crowd" }));

    const seen: { readonly where: string; readonly text: string }[] = [];
    for (const args of commands) {
      const running = line.with(made.reconciler, ...args);
      const over = new AbortController();
      void running.finally(() => over.abort());
      // Arguments of all programs, and what the server shows of its sessions, while it runs.
      while (!over.signal.aborted) {
        seen.push({ where: "arguments", text: everyArgument() });
        seen.push({ where: "sessions", text: JSON.stringify(await made.query("SELECT * FROM pg_stat_activity")) });
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
      const ran = await running;
      seen.push({ where: args.join(" "), text: ran.stdout + ran.stderr });
    }
    // A holder's session: psql's arguments and environment, as it is shown to all and to its own user.
    const show = "\\! tr '\\0' '\\n' </proc/$PPID/cmdline; tr '\\0' '\\n' </proc/$PPID/environ";
    const psql = await line.with(
      made.holder(line, "ana"),
      "connect",
      "orders-db/read",
      "--as",
      "ana@example.com",
      "--",
      "-X",
      "-c",
      show,
    );
    expect(psql.stdout).toContain("PGPASSFILE=");
    seen.push({ where: "psql", text: psql.stdout + psql.stderr });

    const key = readFileSync(made.holder(line, "ana")["LEASEHOLD_AGE_KEY_FILE"] ?? "", "utf8");
    const records = line.read(".leasehold/log/chain.jsonl").trimEnd().split("\n");
    const sealed = records.flatMap((one) => (JSON.parse(one) as { body: { sealed?: string } }).body.sealed ?? []);
    const opened = await Promise.all(sealed.map((one) => unseal(one, { text: key, named: "ana" })));
    const secrets = opened.map((one) => (JSON.parse(one) as { readonly password: string }).password);
    expect(new Set(secrets).size).toBe(count);
    expect(secrets.filter((one) => one.length < 40)).toEqual([]);

    for (const path of everyFile(line.directory)) seen.push({ where: path, text: readFileSync(path, "latin1") });
    // The superuser of this test gave the reconciler its password by such a statement.
    const log = server().log().replaceAll(`PASSWORD '${reconcilerPassword}'`, "");
    for (const what of ["leasehold.hold", "leasehold.end_lease", `c${count - 2}@example.com`])
      expect(log).toContain(what);
    seen.push({ where: "the server's log", text: log });
    const found = [...secrets, reconcilerPassword].flatMap((secret) =>
      seen.filter(({ text }) => text.includes(secret)).map(({ where }) => where),
    );
    expect(found).toEqual([]);
    // What was looked through is what would have shown them: the verifiers, which are no secrets, are in the server's log.
    expect(log).toContain("SCRAM-SHA-256$4096:");
    expect(seen.some(({ where, text }) => where === "sessions" && text.includes("leasehold.hold"))).toBe(true);
    expect(seen.some(({ where, text }) => where === "arguments" && text.includes("reconcile"))).toBe(true);
    sayBar({
      bar: `bar 12 (postgresql): ${count} secrets of leases and the reconciler's password, ${seen.length} outputs, files, argument lists and looks at the server: ${found.length} found`,
      isReached: found.length === 0,
    });
  });
});

/** The arguments of every program of this machine. */
function everyArgument(): string {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "latin1");
      } catch {
        return "";
      }
    })
    .join("\n");
}

function everyFile(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .map((path) => join(directory, path))
    .filter((path) => statSync(path).isFile());
}

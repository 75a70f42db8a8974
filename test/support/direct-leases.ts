/** An access repository whose gateway is a real PostgreSQL database: what T's stacks make is made by hand here. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CommandLine } from "./command-line";
import type { TestPostgres } from "./postgres";

/** One such repository. */
export interface DirectLeases {
  readonly line: CommandLine;
  readonly database: string;
  /** What the reconciler's commands run with: the URL of its login. */
  readonly reconciler: Readonly<Record<string, string>>;
  /** What a holder's commands run with: the file of the own key, and nothing of the reconciler's. */
  readonly holder: (name: "ana" | "ben" | "pipeline") => Readonly<Record<string, string>>;
  /** SQL as superuser. */
  query(sql: string, parameters?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Writes a request of a person for a level; gives its name. */
  ask(request: {
    readonly name: string;
    readonly level: "read" | "write" | "migrate";
    readonly duration: string;
    readonly for?: string;
  }): string;
  /** Runs a command as the reconciler; throws unless it ends with 0. */
  must(...args: string[]): Promise<string>;
}

/** The reconciler's password, a canary: it must not be seen anywhere. */
export const reconcilerPassword = "canary-of-the-reconciler-4711";

/** Makes one in a directory that `leasehold init` has filled: rules with keys, the levels' roles, the functions, the policy in force. */
export async function directLeases(
  line: CommandLine,
  server: TestPostgres,
  options: {
    /** `automatic` up to an hour, or else one of leads; `reviewed`: one of leads always. @default "automatic" */
    readonly approval?: "automatic" | "reviewed";
  } = {},
): Promise<DirectLeases> {
  const { approval = "automatic" } = options;
  const database = await server.newDatabase();
  const query = (sql: string, parameters?: unknown[]) =>
    server.query(sql, { database, ...(parameters === undefined ? {} : { parameters }) });
  const role = (level: string) => `${level} of ${database}`;
  await query(`CREATE TABLE orders (id int); INSERT INTO orders VALUES (1);
    CREATE ROLE "${role("read")}" NOLOGIN; GRANT SELECT ON orders TO "${role("read")}";
    CREATE ROLE "${role("write")}" NOLOGIN; GRANT SELECT, INSERT ON orders TO "${role("write")}";
    CREATE ROLE "${role("owner")}" NOLOGIN; GRANT CREATE, USAGE ON SCHEMA public TO "${role("owner")}";
    CREATE ROLE "${role("migrate")}" NOLOGIN; GRANT "${role("owner")}" TO "${role("migrate")}"`);
  const keys = await makeKeys(line.directory);
  const url = server.url({ database, user: "leasehold_reconciler", password: reconcilerPassword });
  const config = readFileSync(join(line.directory, "leasehold.yaml"), "utf8");
  writeFileSync(
    join(line.directory, "leasehold.yaml"),
    config.replace(/^ {2}main:.*$/m, '  main: { provider: postgresql, url: "${env:ORDERS_URL}" }'),
  );
  writeFileSync(join(line.directory, "access.ts"), rules(server, { database, role, keys, approval }));
  const reconciler = { ORDERS_URL: url };
  const must = async (...args: string[]): Promise<string> => {
    const ran = await line.with(reconciler, ...args);
    if (ran.exitCode !== 0) throw new Error(`${args.join(" ")}: ${ran.exitCode} ${ran.stdout}${ran.stderr}`);
    return ran.stdout;
  };
  await query(await must("gateway", "sql"));
  await query(`ALTER ROLE leasehold_reconciler PASSWORD '${reconcilerPassword}'`);
  rmSync(join(line.directory, "requests/orders-first-look.yaml"));
  await must("policy", "accept");
  return {
    line,
    database,
    reconciler,
    holder: (name) => ({ LEASEHOLD_AGE_KEY_FILE: join(line.directory, `${name}.key`) }),
    query,
    must,
    ask: ({ name, level, duration, for: who = "ana@example.com" }) => {
      const startBefore = new Date(Date.now() + 86_400_000).toISOString();
      writeFileSync(
        join(line.directory, `requests/${name}.yaml`),
        `apiVersion: leasehold/v1
kind: AccessRequest
metadata: { name: ${name} }
spec:
  for: ${who}
  access: [orders-db/${level}]
  duration: ${duration}
  startBefore: ${startBefore}
  reason: "OPS-1: look"
`,
      );
      return name;
    },
  };
}

/** Key files as `age-keygen` writes them; gives the public keys by name. */
async function makeKeys(directory: string): Promise<Readonly<Record<string, string>>> {
  const { generateIdentity, identityToRecipient } = await import("age-encryption");
  const keys: Record<string, string> = {};
  for (const name of ["ana", "ben", "pipeline"]) {
    const identity = await generateIdentity();
    keys[name] = await identityToRecipient(identity);
    const text = `# created: 2026-01-01T00:00:00Z\n# public key: ${keys[name]}\n${identity}\n`;
    writeFileSync(join(directory, `${name}.key`), text, { mode: 0o600 });
  }
  return keys;
}

function rules(
  server: TestPostgres,
  what: {
    readonly database: string;
    readonly role: (level: string) => string;
    readonly keys: Readonly<Record<string, string>>;
    readonly approval: "automatic" | "reviewed";
  },
): string {
  const { database, role, keys, approval } = what;
  return `import { AccessApp, AccessRule, AccessStack, Approval, Condition, Duration, Group, PostgresqlLevel, Resource, ServiceAccount, User } from "leasehold";
const app = new AccessApp({ policyApproval: Approval.of(1, Group.named("leads")) });
const stack = new AccessStack(app, "house");
const ana = new User(stack, "ana", { email: "ana@example.com", keys: ["${keys["ana"]}"] });
const ben = new User(stack, "ben", { email: "ben@example.com", keys: ["${keys["ben"]}"] });
const cleo = new User(stack, "cleo", { email: "cleo@example.com" });
const pipeline = new ServiceAccount(stack, "pipeline", { owner: ben, keys: ["${keys["pipeline"]}"] });
const leads = new Group(stack, "leads", { members: [ben, cleo] });
const orders = new Resource(stack, "orders-db", { kind: "postgresql", class: "medium", host: "${server.host}", port: ${server.port} });
const level = { database: "${database}", schemas: ["public"] };
const read = orders.connection("read", { privileges: PostgresqlLevel.read({ ...level, role: "${role("read")}" }) });
const write = orders.connection("write", { privileges: PostgresqlLevel.write({ ...level, role: "${role("write")}" }) });
const migrate = orders.connection("migrate", {
  privileges: PostgresqlLevel.migrate({ ...level, role: "${role("migrate")}", owners: ["${role("owner")}"] }),
});
new AccessRule(stack, "orders", {
  who: [ana, ben, cleo, pipeline],
  may: [read, write, migrate],
  duration: { default: Duration.hours(1), max: Duration.hours(4) },
  approval: ${approval === "reviewed" ? "Approval.of(1, leads)" : automatic},
});
`;
}

const automatic = `Approval.automatic({
    when: Condition.not(Condition.longerThan(Duration.hours(1))),
    budget: { grants: 50, per: Duration.days(1) },
    never: ["critical"],
  }).otherwise(Approval.of(1, leads))`;

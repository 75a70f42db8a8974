/** An access repository whose gateway is a real PostgreSQL database: what Terraform's stacks make is made by hand here. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ssh from "../fixtures/age-ssh.json";
import type { CommandLine } from "./command-line";
import type { TestPostgres } from "./postgres";

/** One such repository. */
export interface DirectLeases {
  readonly line: CommandLine;
  readonly database: string;
  /** What the reconciler's commands run with: the URL of its login. */
  readonly reconciler: Readonly<Record<string, string>>;
  /** What a holder's commands run with: the file of the own key, and nothing of the reconciler's. */
  readonly holder: (name: Holder) => Readonly<Record<string, string>>;
  /** SQL as superuser. */
  query(sql: string, parameters?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Writes a request of a person for a level; gives its name. */
  ask(request: DirectRequest): string;
  /** Runs a command as the reconciler; throws unless it ends with 0. */
  must(...args: string[]): Promise<string>;
}

/** What a request asks for. */
export interface DirectRequest {
  readonly name: string;
  readonly level: "read" | "write" | "migrate";
  readonly duration: string;
  readonly for?: string;
}

type Holder = (typeof holders)[number];
const holders = ["ana", "ben", "pipeline"] as const;

/** The reconciler's password, a canary: it must not be seen anywhere. */
export const reconcilerPassword = "canary-of-the-reconciler-4711";

/** Makes one in a directory that `leasehold init` has filled: rules with keys, the levels' roles, the functions, the policy in force. */
export async function directLeases(line: CommandLine, server: TestPostgres): Promise<DirectLeases> {
  const made = await directDatabase(server);
  made.fill(line, { approval: "automatic" });
  const must = async (...args: string[]): Promise<string> => {
    const ran = await line.with(made.reconciler, ...args);
    if (ran.exitCode !== 0) throw new Error(`${args.join(" ")}: ${ran.exitCode} ${ran.stdout}${ran.stderr}`);
    return ran.stdout;
  };
  await made.install(await must("gateway", "sql"));
  await must("policy", "accept");
  return {
    line,
    database: made.database,
    reconciler: made.reconciler,
    holder: (name) => made.holder(line, name),
    query: made.query,
    must,
    ask: (request) => {
      writeFileSync(join(line.directory, `requests/${request.name}.yaml`), directRequest(request));
      return request.name;
    },
  };
}

/** The text of a request. */
export function directRequest({ name, level, duration, for: who = "ana@example.com" }: DirectRequest): string {
  return `apiVersion: leasehold/v1
kind: AccessRequest
metadata: { name: ${name} }
spec:
  for: ${who}
  access: [orders-db/${level}]
  duration: ${duration}
  startBefore: ${new Date(Date.now() + 86_400_000).toISOString()}
  reason: "OPS-1: look"
`;
}

/** The database alone, with the roles of its levels, and how a repository is made to be about it. */
export interface DirectDatabase extends Pick<DirectLeases, "database" | "reconciler" | "query"> {
  /** Writes config, rules and, beside the repository, the files of the holders' keys; a crowd is as many more people, with Ana's key. */
  fill(line: CommandLine, rules: { readonly approval: DirectApproval; readonly crowd?: number }): void;
  /** Installs what `leasehold gateway sql` printed. */
  install(sql: string): Promise<void>;
  holder(line: CommandLine, name: Holder): Readonly<Record<string, string>>;
}

/** `automatic`: up to an hour, else one of leads, recorded locally. `on GitHub`: one of leads always, in a review there. */
export type DirectApproval = "automatic" | "on GitHub";

/** Makes such a database. */
export async function directDatabase(server: TestPostgres): Promise<DirectDatabase> {
  const database = await server.newDatabase();
  const query = (sql: string, parameters?: unknown[]) =>
    server.query(sql, { database, ...(parameters === undefined ? {} : { parameters }) });
  const role = (level: string) => `${level} of ${database}`;
  await query(`CREATE TABLE orders (id int); INSERT INTO orders VALUES (1);
    CREATE ROLE "${role("read")}" NOLOGIN; GRANT SELECT ON orders TO "${role("read")}";
    CREATE ROLE "${role("write")}" NOLOGIN; GRANT SELECT, INSERT ON orders TO "${role("write")}";
    CREATE ROLE "${role("owner")}" NOLOGIN; GRANT CREATE, USAGE ON SCHEMA public TO "${role("owner")}";
    CREATE ROLE "${role("migrate")}" NOLOGIN; GRANT "${role("owner")}" TO "${role("migrate")}"`);
  const keys = await makeKeys();
  return {
    database,
    query,
    reconciler: { ORDERS_URL: server.url({ database, user: "leasehold_reconciler", password: reconcilerPassword }) },
    holder: (line, name) => ({ LEASEHOLD_AGE_KEY_FILE: keyFile(line, name) }),
    fill: (line, { approval, crowd = 0 }) => {
      for (const name of holders) writeFileSync(keyFile(line, name), keys[name].file, { mode: 0o600 });
      const config = readFileSync(join(line.directory, "leasehold.yaml"), "utf8");
      writeFileSync(
        join(line.directory, "leasehold.yaml"),
        config.replace(/^ {2}main:.*$/m, '  main: { provider: postgresql, url: "${env:ORDERS_URL}" }'),
      );
      writeFileSync(join(line.directory, "access.ts"), rules(server, { database, role, keys, approval, crowd }));
      rmSync(join(line.directory, "requests/orders-first-look.yaml"));
    },
    install: async (sql) => {
      await query(sql);
      await query(`ALTER ROLE leasehold_reconciler PASSWORD '${reconcilerPassword}'`);
    },
  };
}

type Keys = Readonly<Record<Holder, { readonly recipient: string; readonly file: string }>>;

/** Key pairs, with their files as `age-keygen` writes them. */
async function makeKeys(): Promise<Keys> {
  const { generateIdentity, identityToRecipient } = await import("age-encryption");
  const made = await Promise.all(
    holders.map(async (name) => {
      const identity = await generateIdentity();
      const recipient = await identityToRecipient(identity);
      const file = `# created: 2026-01-01T00:00:00Z\n# public key: ${recipient}\n${identity}\n`;
      return [name, { recipient, file }] as const;
    }),
  );
  return Object.fromEntries(made) as Keys;
}

/** Beside the repository: a private key has no place in it. */
function keyFile(line: CommandLine, name: Holder): string {
  return join(dirname(line.directory), `${name}.key`);
}

function rules(
  server: TestPostgres,
  what: {
    readonly database: string;
    readonly role: (level: string) => string;
    readonly keys: Keys;
    readonly approval: DirectApproval;
    readonly crowd: number;
  },
): string {
  const { database, role, keys, approval, crowd } = what;
  const login = (name: string) => (approval === "on GitHub" ? ` github: "${name}",` : "");
  return `import { AccessApp, AccessRule, AccessStack, Approval, Condition, Duration, Group, PostgresqlLevel, Resource, ServiceAccount, User } from "leasehold";
const app = new AccessApp({ policyApproval: Approval.of(1, Group.named("leads")) });
const stack = new AccessStack(app, "house");
const ana = new User(stack, "ana", { email: "ana@example.com",${login("ana")} keys: ["${keys.ana.recipient}"] });
const ben = new User(stack, "ben", { email: "ben@example.com",${login("ben")} keys: ["${keys.ben.recipient}", "${ssh.ed25519.public}"] });
const cleo = new User(stack, "cleo", { email: "cleo@example.com",${login("cleo")} });
const pipeline = new ServiceAccount(stack, "pipeline", { owner: ben, keys: ["${keys.pipeline.recipient}"] });
const leads = new Group(stack, "leads", { members: [ben, cleo] });
const crowd = Array.from({ length: ${crowd} }, (_, n) => new User(stack, "c" + n, { email: "c" + n + "@example.com", keys: ["${keys.ana.recipient}"] }));
new Group(stack, "crowd", { members: [ana, ...crowd] });
const orders = new Resource(stack, "orders-db", { kind: "postgresql", class: "medium", host: "${server.host}", port: ${server.port} });
const level = { database: "${database}", schemas: ["public"] };
const read = orders.connection("read", { privileges: PostgresqlLevel.read({ ...level, role: "${role("read")}" }) });
const write = orders.connection("write", { privileges: PostgresqlLevel.write({ ...level, role: "${role("write")}" }) });
const migrate = orders.connection("migrate", {
  privileges: PostgresqlLevel.migrate({ ...level, role: "${role("migrate")}", owners: ["${role("owner")}"] }),
});
new AccessRule(stack, "orders", {
  who: [ana, ben, cleo, pipeline, ...crowd],
  may: [read, write, migrate],
  duration: { default: Duration.hours(1), max: Duration.hours(4) },
  approval: ${approval === "automatic" ? automatic : "Approval.of(1, leads)"},
});
`;
}

const automatic = `Approval.automatic({
    when: Condition.not(Condition.longerThan(Duration.hours(1))),
    budget: { grants: 50, per: Duration.days(1) },
    never: ["critical"],
  }).otherwise(Approval.of(1, leads))`;

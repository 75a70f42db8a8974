import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import companyApp from "../../examples/company/access";
import {
  AccessApp,
  AccessStack,
  Approval,
  Group,
  PostgresqlLevel,
  Resource,
  type PostgresqlLevel as Level,
} from "../../lib/index";
import { isPostgresqlName } from "../../lib/model/privileges";
import { declaredLevels, writeTerraform, type TerraformOptions } from "../../lib/terraform";
import { terraformText } from "../../lib/terraform/text";
import { projectRoot, temporaryFolder } from "../support/folders";

const folder = temporaryFolder();
let runs = 0;

interface Stack {
  readonly terraform: { readonly backend: Readonly<Record<string, unknown>>; readonly required_providers: unknown };
  readonly provider: unknown;
  readonly variable: Readonly<Record<string, unknown>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}

function written(app: AccessApp, options: TerraformOptions = {}): Readonly<Record<string, string>> {
  const outdir = join(folder, `run-${(runs += 1)}`);
  writeTerraform(declaredLevels(app), { ...options, outdir });
  return Object.fromEntries(
    readdirSync(join(outdir, "stacks")).map((name) => [
      name,
      readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8"),
    ]),
  );
}

const stackOf = (text: string | undefined) => JSON.parse(text ?? "{}") as Stack;
const newApp = () => new AccessApp({ policyApproval: Approval.of(1, Group.named("team")) });

/** An app with one database per name, each with these levels. */
function house(levels: Readonly<Record<string, Level>>, props: { readonly cluster?: string } = {}): AccessApp {
  const app = newApp();
  const stack = new AccessStack(app, "prod");
  const db = new Resource(stack, "orders-db", { kind: "postgresql", class: "high", host: "db.example", ...props });
  for (const [level, privileges] of Object.entries(levels)) db.connection(level, { privileges });
  return app;
}

const read = PostgresqlLevel.read({ database: "orders", schemas: ["orders"], owners: ["orders_owner"] });

describe("the stacks", () => {
  test("are the same bytes each time", () => {
    expect(written(companyApp)).toEqual(written(companyApp));
  });

  test("hold no person, no group, no rule, no request and no secret", () => {
    const text = Object.values(written(companyApp)).join("\n");
    const { declarations } = companyApp;
    expect(declarations.length).toBeGreaterThan(100);
    const types = new Set(Object.values(written(companyApp)).flatMap((one) => Object.keys(stackOf(one).resource)));
    expect([...types].toSorted()).toEqual(["postgresql_default_privileges", "postgresql_grant", "postgresql_role"]);
    expect(text).not.toMatch(/@harbourlight|irisvogel|sre-look-around|ORDERS_DB_READ|env:/);
  });

  test("are one per cluster, which may have several databases", () => {
    const staging = stackOf(written(companyApp)["staging-pg"]);
    const databases = Object.values(staging.resource["postgresql_grant"] ?? {}).map((grant) => grant["database"]);
    expect([...new Set(databases)].toSorted()).toEqual(["orders", "payments"]);
  });

  test("ask for the provider that the stand-in stands in for, and name no password", () => {
    const stack = stackOf(written(house({ read }))["orders-db"]);
    expect(stack.terraform.required_providers).toEqual({
      postgresql: { source: "cyrilgdn/postgresql", version: "1.26.0" },
    });
    expect(stack.provider).toEqual({ postgresql: [{ host: "${var.host}", port: "${var.port}" }] });
    expect(stack.variable).toMatchObject({ host: { default: "db.example" }, port: { default: 5432 } });
  });

  test("keep their state beside the folder, or where they are told", () => {
    const backend = (options: TerraformOptions) =>
      stackOf(written(house({ read }), options)["orders-db"]).terraform.backend;
    expect(backend({})).toEqual({ local: { path: "../../../terraform.orders-db.tfstate" } });
    expect(
      backend({ backend: { type: "s3", settings: { bucket: "states", key: "{cluster}.tfstate", encrypt: true } } }),
    ).toEqual({ s3: { bucket: "states", key: "orders-db.tfstate", encrypt: true } });
  });
});

test("cdktf.json names the program that writes them, and the cdktf CLI says where by a variable", () => {
  const { app, output } = JSON.parse(readFileSync(join(projectRoot, "cdktf.json"), "utf8")) as Record<string, string>;
  const [command = "", ...args] = (app ?? "").split(" ");
  const outdir = join(folder, "by-cdktf");
  const env = { ...process.env, CDKTF_OUTDIR: outdir };
  const run = spawnSync(command, args, { cwd: projectRoot, env, encoding: "utf8" });
  expect([run.status, output]).toEqual([0, "cdktf.out"]);
  for (const [name, text] of Object.entries(written(companyApp))) {
    expect(readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8")).toBe(text);
  }
});

describe("within a database", () => {
  test("each grant waits for the one before it, so that no two of them run at once", () => {
    for (const text of Object.values(written(companyApp))) {
      const { resource } = stackOf(text);
      const chains = new Map<unknown, { readonly address: string; readonly after: readonly string[] }[]>();
      for (const type of ["postgresql_grant", "postgresql_default_privileges"]) {
        for (const [name, one] of Object.entries(resource[type] ?? {})) {
          const chain = chains.get(one["database"]) ?? [];
          chains.set(one["database"], chain);
          chain.push({ address: `${type}.${name}`, after: (one["depends_on"] ?? []) as readonly string[] });
        }
      }
      for (const chain of chains.values()) {
        const first = chain.filter(({ after }) => after.length === 0);
        const links = chain.flatMap(({ after }) => after);
        expect([first.length, links.length, new Set(links).size]).toEqual([1, chain.length - 1, chain.length - 1]);
      }
    }
  });

  test("an address stays what it is when another level, schema, table or exception is added", () => {
    const addresses = (app: AccessApp) => {
      const { resource } = stackOf(written(app)["orders-db"]);
      return Object.entries(resource).flatMap(([type, all]) => Object.keys(all).map((name) => `${type}.${name}`));
    };
    const before = addresses(house({ read }));
    const more = PostgresqlLevel.read({
      database: "orders",
      schemas: ["orders", "a"],
      except: ["orders.cards"],
      owners: ["orders_owner", "other"],
    });
    const after = addresses(
      house({ admin: PostgresqlLevel.admin({ database: "orders", schemas: ["b"] }), read: more }),
    );
    expect(before.filter((one) => !after.includes(one))).toEqual([]);
  });

  test("a level's roles are stated also when there are none, so that one added by hand shows", () => {
    const { resource } = stackOf(written(house({ read }))["orders-db"]);
    expect(Object.values(resource["postgresql_role"] ?? {})).toMatchObject([
      { name: "orders-db-read", login: false, roles: [] },
    ]);
  });
});

describe("a hostile name", () => {
  const custom = (name: string) =>
    PostgresqlLevel.custom({
      role: `r${name}`.slice(0, 20),
      database: name,
      serviceRole: `s${name}`.slice(0, 20),
      privileges: [
        { on: "schema", schema: name, privileges: ["USAGE"] },
        { on: "tables", schema: name, objects: [name.replaceAll("(", "")], privileges: ["SELECT"] },
        { on: "sequences", schema: name, privileges: ["USAGE"] },
        {
          on: "columns",
          schema: `${name}!`.slice(0, 21),
          table: "t",
          columns: [name],
          privileges: ["SELECT", "UPDATE"],
        },
      ],
      defaults: [{ owner: name, on: "tables", schema: name, privileges: ["SELECT"] }],
    });

  test("is never a template: Terraform reads back what was meant", () => {
    const piece = fc.constantFrom(
      "${",
      "%{",
      "}",
      "$",
      '"',
      "\\",
      "a",
      "file(",
      "/",
      "--",
      "é",
      "~",
      "'",
      "var.x",
      "/*",
      "!",
    );
    const name = fc
      .array(piece, { minLength: 1, maxLength: 6 })
      .map((parts) => parts.join(""))
      .filter((text) => isPostgresqlName(text) && text.replaceAll("(", "") !== "");
    fc.assert(
      fc.property(name, (text) => {
        const stack = stackOf(written(house({ level: custom(text) }))["orders-db"]);
        const grants = Object.values(stack.resource["postgresql_grant"] ?? {});
        expect(grants.length).toBe(5);
        for (const grant of grants) expect(asTerraformReads(grant["database"])).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  test("of an exception stands in the expression as a text", () => {
    const hostile = '"]) ? file("/etc/passwd") : "';
    const level = PostgresqlLevel.read({ database: "d", schemas: ["o'brien"], except: [`o'brien.${hostile}`] });
    const stack = stackOf(written(house({ read: level }))["orders-db"]);
    const [grant] = Object.values(stack.resource["postgresql_grant"] ?? {}).filter(
      (one) => one["object_type"] === "table",
    );
    expect(grant?.["objects"]).toContain(`!contains([${JSON.stringify(hostile)}], t.object_name)`);
    // The provider puts the schema between quotes as it is.
    expect(Object.values(stack.data?.["postgresql_tables"] ?? {})).toMatchObject([{ schemas: ["o''brien"] }]);
  });

  test("that cdktf would take for a reference of its own is refused", () => {
    expect(() => terraformText("${TfToken[TOKEN.0]}")).toThrow(/E206|reference of cdktf/);
    const level = PostgresqlLevel.read({ database: "${TfToken[TOKEN.0]}", schemas: ["s"] });
    expect(() => written(house({ read: level }))).toThrow(/reference of cdktf/);
  });
});

describe("nothing is written", () => {
  test("where two levels fight about a role, and the error says where", () => {
    const twin = PostgresqlLevel.read({ database: "orders", schemas: ["orders"], role: "same" });
    expect(() => written(house({ read: twin, write: twin }))).toThrow(/prod\/orders-db\/write.*`same`/s);
  });

  test("where no level says what it carries", () => {
    expect(() => written(house({}))).toThrow(/no connection says what its level carries/);
  });
});

/** As Terraform reads a text of its JSON that holds no template. */
function asTerraformReads(value: unknown): string {
  const text = String(value);
  expect(text.replaceAll("$${", "").replaceAll("%%{", "")).not.toMatch(/[$%]\{/);
  return text.replaceAll("$${", "${").replaceAll("%%{", "%{");
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import app from "../../examples/company/access";
import { adoptedState, declaredLevels, writeTerraform } from "../../lib/terraform";
import { terraformText } from "../../lib/terraform/text";
import { temporaryFolder } from "../support/folders";

const outdir = join(temporaryFolder(), "cdktf.out");
const stackOf = (name: string): string => readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8");

interface State {
  readonly version: number;
  readonly lineage: string;
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly {
      readonly attributes: Record<string, unknown>;
      readonly dependencies: readonly string[];
    }[];
  }[];
}

beforeAll(() => void writeTerraform(declaredLevels(app), { outdir }));

test("the state has every resource of the stack as it is declared, with names in place of references", () => {
  const { state, left } = adoptedState(stackOf("ledger-db"), "ledger-db");
  const { version, resources } = JSON.parse(state) as State;
  expect([version, left]).toEqual([4, []]);
  const declared = JSON.parse(stackOf("ledger-db")) as { readonly resource: Record<string, Record<string, object>> };
  expect(resources.map(({ type, name }) => `${type}.${name}`).sort()).toEqual(
    Object.entries(declared.resource)
      .flatMap(([type, byName]) => Object.keys(byName).map((name) => `${type}.${name}`))
      .sort(),
  );
  const attributes = resources.flatMap(({ instances }) => instances.map((one) => one.attributes));
  expect(attributes).toContainEqual(
    expect.objectContaining({ id: "ledger-db-read", name: "ledger-db-read", login: false, roles: [] }),
  );
  expect(attributes).toContainEqual(
    expect.objectContaining({ name: "leasehold_read", login: true, roles: ["ledger-db-read"] }),
  );
  expect(attributes).toContainEqual(
    expect.objectContaining({
      role: "ledger-db-read",
      object_type: "function",
      objects: ["statement"],
      privileges: ["EXECUTE"],
    }),
  );
  expect(state).not.toContain("${");
  expect(state).not.toContain("password_wo");
});

test("grants wait for each other in the state too, so that a destroy takes them away one by one", () => {
  const { resources } = JSON.parse(adoptedState(stackOf("ledger-db"), "ledger-db").state) as State;
  const grants = resources.filter(({ type }) => type === "postgresql_grant");
  const waiting = grants.filter(({ instances }) =>
    instances[0]?.dependencies.some((one) => one.startsWith("postgresql_grant.")),
  );
  expect(waiting).toHaveLength(grants.length - 1);
});

test("what Terraform looks up itself is left out and named", () => {
  const { state, left } = adoptedState(stackOf("orders-db"), "orders-db");
  expect(left).toEqual([
    expect.stringMatching(/^postgresql_grant\.levels_orders-db_read_tables_orders_all_/),
    expect.stringMatching(/^postgresql_grant\.levels_orders-db_write_tables_orders_all_/),
  ]);
  expect(state).not.toContain("data.postgresql_tables");
});

test("the same stack gives the same bytes, and another one another lineage", () => {
  const [one, again, other] = [["ledger-db"], ["ledger-db"], ["warehouse"]].map(
    ([name = ""]) => adoptedState(stackOf(name), name).state,
  );
  expect(one).toBe(again);
  expect((JSON.parse(one ?? "") as State).lineage).not.toBe((JSON.parse(other ?? "") as State).lineage);
});

test("a text that Terraform would run is in the state as what it means", () => {
  const text = fc.string({ unit: fc.constantFrom("$", "%", "{", "}", "a", '"', "\\") });
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: "binary" })), (schema) => {
      const stack = { resource: { postgresql_grant: { one: { schema: terraformText(schema) } } } };
      const { resources } = JSON.parse(adoptedState(JSON.stringify(stack), "one").state) as State;
      expect(resources[0]?.instances[0]?.attributes["schema"]).toBe(schema);
    }),
    { examples: [["$${{"], ["%${${{"]] },
  );
});

import { DataPostgresqlTables } from "@cdktf/provider-postgresql/lib/data-postgresql-tables";
import { DefaultPrivileges } from "@cdktf/provider-postgresql/lib/default-privileges";
import { Grant, type GrantConfig } from "@cdktf/provider-postgresql/lib/grant";
import { Token, type ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { assertNever } from "../model/exhaustive";
import type {
  ColumnPrivileges,
  DefaultPrivileges as Defaults,
  ObjectKind,
  ObjectPrivileges,
  PrivilegesInSchema,
} from "../model/privileges";
import { childOf } from "./child";
import { terraformLiteral, terraformText, terraformTexts } from "./text";

/** What a level's grants have in common. */
export interface GrantPlace {
  readonly scope: Construct;
  /** A reference to the role, so that it is there first. */
  readonly role: string;
  readonly database: string;
  /** Makes one grant that waits for the one before it in the database. */
  chained(add: (after: ITerraformDependable[]) => ITerraformDependable): void;
}

/** The privileges of a level: each object, and each privilege on columns, is a resource of its own, which keeps its address. */
export function addPrivileges(place: GrantPlace, privileges: readonly ObjectPrivileges[]): void {
  for (const one of [...privileges].sort((a, b) => kinds.indexOf(a.on) - kinds.indexOf(b.on))) addOne(place, one);
}

/** The privileges of a level on what owners make later. */
export function addDefaults(place: GrantPlace, defaults: readonly Defaults[]): void {
  const { role, database } = place;
  for (const { owner, on, schema, privileges } of defaults) {
    const scope = childOf(childOf(childOf(place.scope, "defaults"), on), schema);
    place.chained(
      (dependsOn) =>
        new DefaultPrivileges(scope, encodeURIComponent(owner), {
          role,
          database,
          owner: terraformText(owner),
          schema: terraformText(schema),
          objectType: objectType[on],
          privileges: [...privileges],
          dependsOn,
        }),
    );
  }
}

/** From the outside in. What is on columns comes last: a grant on a table takes them away. */
const kinds: readonly ObjectPrivileges["on"][] = ["database", "schema", "tables", "sequences", "functions", "columns"];

const objectType = { tables: "table", sequences: "sequence", functions: "function" } as const satisfies Readonly<
  Record<ObjectKind, string>
>;

function addOne(place: GrantPlace, one: ObjectPrivileges): void {
  const privileges = [...one.privileges];
  switch (one.on) {
    case "database":
      return addGrant(place, { scope: place.scope, id: "database" }, { objectType: "database", privileges });
    case "schema": {
      const schema = terraformText(one.schema);
      const scope = childOf(place.scope, one.on);
      return addGrant(place, { scope, id: one.schema }, { objectType: "schema", schema, privileges });
    }
    case "columns":
      return addColumns(place, one);
    case "tables":
    case "sequences":
    case "functions":
      return addInSchema(place, one);
    default:
      return assertNever(one);
  }
}

function addInSchema(place: GrantPlace, one: PrivilegesInSchema): void {
  const scope = childOf(childOf(place.scope, one.on), one.schema);
  const schema = terraformText(one.schema);
  const grant = { objectType: objectType[one.on], schema, privileges: [...one.privileges] };
  if (one.objects !== undefined) {
    const named = childOf(scope, "named");
    for (const object of one.objects) {
      addGrant(place, { scope: named, id: object }, { ...grant, objects: [terraformText(object)] });
    }
    return;
  }
  if (one.except === undefined || one.except.length === 0) return addGrant(place, { scope, id: "all" }, grant);
  const { names, lifecycle } = allBut(place, scope, one);
  addGrant(place, { scope, id: "all" }, { ...grant, objects: Token.asList(names), lifecycle });
}

/**
 * PostgreSQL knows no "all but": the tables are looked up when Terraform plans, and each is named. Two things have to hold:
 * no table at all would mean all of them to the provider, and it does not quote a name behind its first parenthesis, so
 * that a table could be called what its maker wants the administrator to run.
 */
function allBut(
  place: GrantPlace,
  scope: Construct,
  one: PrivilegesInSchema,
): { readonly names: string; readonly lifecycle: NonNullable<GrantConfig["lifecycle"]> } {
  const there = new DataPostgresqlTables(scope, "there", {
    database: place.database,
    // The provider puts it between quotes as it is (data_source_helpers.go of 1.26.0).
    schemas: [terraformText(one.schema.replaceAll("'", "''"))],
  });
  const excepted = (one.except ?? []).map(terraformLiteral).join(", ");
  const wanted = `[for t in ${there.fqn}.tables : t.object_name if !contains([${excepted}], t.object_name)]`;
  return {
    names: `\${${wanted}}`,
    lifecycle: {
      precondition: [
        {
          condition: `\${length(${wanted}) > 0}`,
          errorMessage:
            "Who applies this sees no other tables there than the excepted ones (only owners, their members and superusers do), and to name none would mean all.",
        },
        {
          condition: `\${!strcontains(join("", ${wanted}), "(")}`,
          errorMessage:
            "The name of a table there has a parenthesis, which Terraform's provider does not quote: rename it.",
        },
      ],
    },
  };
}

/** A grant on columns is of exactly one privilege. */
function addColumns(place: GrantPlace, one: ColumnPrivileges): void {
  const scope = childOf(childOf(childOf(place.scope, "columns"), one.schema), one.table);
  for (const privilege of one.privileges) {
    addGrant(
      place,
      { scope, id: privilege },
      {
        objectType: "column",
        schema: terraformText(one.schema),
        objects: [terraformText(one.table)],
        columns: terraformTexts(one.columns),
        privileges: [privilege],
      },
    );
  }
}

interface Place {
  readonly scope: Construct;
  readonly id: string;
}

function addGrant(place: GrantPlace, { scope, id }: Place, config: Omit<GrantConfig, "role" | "database">): void {
  const { role, database } = place;
  place.chained((dependsOn) => new Grant(scope, encodeURIComponent(id), { ...config, role, database, dependsOn }));
}

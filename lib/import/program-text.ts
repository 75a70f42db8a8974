import type { ResourceClass } from "../model/resource";
import type { ImportedDatabase } from "./description";
import { levelText } from "./level-text";
import { comment, literal } from "./literal";
import { shown } from "./sentences";

/** What the rules say of a database and its catalogs do not. */
export interface ProgramPlace {
  readonly class: ResourceClass;
  readonly host?: string;
  readonly port?: number;
}

/** The file to write: TypeScript that declares a Resource and its levels; what it does not say stands at its end. */
export function programText(database: ImportedDatabase, place: ProgramPlace): string {
  const { resource, levels, unsaid } = database;
  const settings = [
    `kind: "postgresql"`,
    `class: ${literal(place.class)}`,
    ...(place.host === undefined ? [] : [`host: ${literal(place.host)}`]),
    ...(place.port === undefined ? [] : [`port: ${place.port}`]),
  ];
  return [
    comment(
      `Written by \`leasehold import postgresql\` from database ${shown(database.database)} of PostgreSQL ${database.version}.`,
    ),
    `import { ${levels.length === 0 ? "" : "PostgresqlLevel, "}Resource, type AccessApp } from "leasehold";`,
    "",
    "/** Declares the database and its levels as they are there; call it in the rules program. */",
    "export function declareImported(app: AccessApp): Resource {",
    `  const resource = new Resource(app, ${literal(resource)}, { ${settings.join(", ")} });`,
    ...levels.map(
      ({ level, privileges }) =>
        `  resource.connection(${literal(level)}, {\n    privileges: ${levelText(privileges, "    ")},\n  });`,
    ),
    "  return resource;",
    "}",
    ...(unsaid.length === 0
      ? []
      : ["", comment("Not said above; it stays in the database as it is, and Terraform does not know it:")]),
    ...unsaid.map(({ role, isWhole, sentence }) =>
      comment(`- ${who(role)}${isWhole ? " is no level" : ""}: ${sentence}.`),
    ),
    "",
  ].join("\n");
}

function who(role: string | undefined): string {
  return role === undefined ? "PUBLIC" : `role ${shown(role)}`;
}

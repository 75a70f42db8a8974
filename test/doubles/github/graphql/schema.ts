import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildASTSchema, type GraphQLSchema, parse } from "graphql";

let schema: GraphQLSchema | undefined;

/** GitHub's own schema as @octokit/graphql-schema ships it; read at the first question, once per process. */
export function gitHubSchema(): GraphQLSchema {
  if (schema === undefined) {
    // The package exports nothing that require() could resolve.
    const path = join(__dirname, "../../../../node_modules/@octokit/graphql-schema/schema.graphql");
    const text = readFileSync(path, "utf8");
    schema = buildASTSchema(parse(text, { noLocation: true }), { assumeValid: true, assumeValidSDL: true });
  }
  return schema;
}

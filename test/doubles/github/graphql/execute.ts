import {
  type ExecutionResult,
  type GraphQLError,
  type GraphQLFieldResolver,
  execute,
  getOperationAST,
  parse,
  validate,
} from "graphql";
import type { Token } from "../world/model";
import type { World } from "../world/world";
import { GraphQLFault } from "./fault";
import { tooManyNodes } from "./nodes";
import { queryView } from "./query";
import { gitHubSchema } from "./schema";

/** Who asks whom. */
export interface Asking {
  readonly world: World;
  readonly token: Token;
}

/** A GraphQL answer as GitHub writes it. */
export interface GraphQLAnswer {
  readonly kind: "query" | "mutation";
  readonly body: Readonly<Record<string, unknown>>;
}

/** Answers a GraphQL call against GitHub's own schema. What we do not model is an error and noted as a violation. */
export async function answerGraphQL(asking: Asking, call: unknown): Promise<GraphQLAnswer> {
  const { query, variables, operationName } = (call ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof query !== "string")
    return failed([{ message: "A query attribute must be specified and must be a string." }]);
  const schema = gitHubSchema();
  let document;
  try {
    document = parse(query);
  } catch (error) {
    return failed([told(error as GraphQLError)]);
  }
  const name = typeof operationName === "string" ? operationName : undefined;
  const kind = getOperationAST(document, name)?.operation === "mutation" ? "mutation" : "query";
  const mistakes = validate(schema, document);
  if (mistakes.length > 0) return failed(mistakes.map(told), kind);
  const variableValues = (variables ?? {}) as Readonly<Record<string, unknown>>;
  const excess = tooManyNodes(document, variableValues);
  if (excess !== undefined) return failed([excess], kind);
  const { data, errors = [] } = await (execute({
    schema,
    document,
    variableValues,
    operationName: name,
    rootValue: queryView(asking),
    contextValue: asking,
    fieldResolver: resolveField,
  }) as Promise<ExecutionResult>);
  return { kind, body: { data, ...(errors.length === 0 ? {} : { errors: errors.map(told) }) } };
}

const resolveField: GraphQLFieldResolver<unknown, Asking> = (source, page, asking, info) => {
  const held = source as Readonly<Record<string, unknown>>;
  if (!Object.hasOwn(held, info.fieldName)) {
    const message = `The test GitHub does not model ${info.parentType.name}.${info.fieldName}; add it to test/doubles/github.`;
    asking.world.violations.push(message);
    throw new GraphQLFault("NOT_MODELLED", message);
  }
  const value = held[info.fieldName];
  return typeof value === "function" ? (value as (page: object) => unknown)(page) : value;
};

function failed(errors: readonly object[], kind: GraphQLAnswer["kind"] = "query"): GraphQLAnswer {
  return { kind, body: { errors } };
}

function told(error: GraphQLError): object {
  const fault = error.originalError ?? error;
  const type = fault instanceof GraphQLFault ? fault.type : undefined;
  const { message, locations, path } = error.toJSON();
  return { ...(type === undefined ? {} : { type }), ...(path === undefined ? {} : { path }), locations, message };
}

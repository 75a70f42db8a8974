import { GraphQLError } from "graphql";

/** An error as GitHub's GraphQL API writes it: with a `type` beside the message. */
export class GraphQLFault extends GraphQLError {
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

/** An error whose words are ours and fixed, so that they may reach the caller while graphql-js's own may echo values. */
import { GraphQLError, type GraphQLErrorExtensions } from 'graphql';

export class FixedMessageError extends GraphQLError {
  constructor(
    message: string,
    readonly code: string,
    extensions: GraphQLErrorExtensions = {},
  ) {
    super(message, { extensions: { code, ...extensions } });
  }
}

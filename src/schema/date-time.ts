/** The scalar DateTime: in as RFC 3339 has it, out in whole seconds. */
import { GraphQLScalarType } from 'graphql';
import { GraphQLDateTime } from 'graphql-scalars';

const { description, ...config } = GraphQLDateTime.toConfig();

/** Swift's own parser, for one, does not take fractions of a second. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  ...config,
  description: `${description} It comes out in whole seconds, rounded down.`,
  serialize: (value) => inSeconds(GraphQLDateTime.serialize(value)),
});

function inSeconds(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}

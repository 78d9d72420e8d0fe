/** Types of concepts.mjs, for the test that compares it with the files. */
import type { GraphQLSchema } from 'graphql';

export function printConcepts(): Promise<Map<string, string>>;
export function misplacedIn(schema: GraphQLSchema): string[];

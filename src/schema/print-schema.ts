/** The text of schema.graphql, from the code. */
import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildGatewaySchema } from './build-schema.js';

export async function printGatewaySchema(): Promise<string> {
  const header = '# Written by `npm run schema` from src/schema. Do not edit.\n\n';
  return `${header}${printSchema(lexicographicSortSchema(await buildGatewaySchema()))}\n`;
}

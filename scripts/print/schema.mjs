/** The text of schema.graphql, from the built code. */
import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildGatewaySchema } from '../../dist/schema/build-schema.js';

export async function printGatewaySchema() {
  const header = '# Written by `npm run schema` from src/schema. Do not edit.\n\n';
  return `${header}${printSchema(lexicographicSortSchema(await buildGatewaySchema()))}\n`;
}

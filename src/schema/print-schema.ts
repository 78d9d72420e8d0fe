/** `npm run schema`: writes schema.graphql from the code. */
import { writeFileSync } from 'node:fs';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildGatewaySchema } from './build-schema.js';

export async function printGatewaySchema(): Promise<string> {
  const header = '# Written by `npm run schema` from src/schema. Do not edit.\n\n';
  return `${header}${printSchema(lexicographicSortSchema(await buildGatewaySchema()))}\n`;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  writeFileSync(new URL('../../schema.graphql', import.meta.url), await printGatewaySchema());
}

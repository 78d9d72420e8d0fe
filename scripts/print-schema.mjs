/** Part of `npm run schema`: writes schema.graphql from the built code, into the folder given or else the project's. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildGatewaySchema } from '../dist/schema/build-schema.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const [folder = ROOT] = process.argv.slice(2);

const header = '# Written by `npm run schema` from src/schema. Do not edit.\n\n';
const schema = printSchema(lexicographicSortSchema(await buildGatewaySchema()));
writeFileSync(join(folder, 'schema.graphql'), `${header}${schema}\n`);

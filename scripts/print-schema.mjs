/** `npm run schema`: writes schema.graphql from the built code. */
import { writeFileSync } from 'node:fs';
import { printGatewaySchema } from '../dist/schema/print-schema.js';

writeFileSync(new URL('../schema.graphql', import.meta.url), await printGatewaySchema());

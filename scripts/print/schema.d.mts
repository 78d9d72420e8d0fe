/** Types of schema.mjs, for the test that compares it with the file. */
export function printGatewaySchema(): Promise<string>;

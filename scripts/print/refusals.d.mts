/** Types of refusals.mjs, for the test that compares it with the files. */
export function printRefusalsJson(): Promise<string>;
export function printRefusalsTable(): string;

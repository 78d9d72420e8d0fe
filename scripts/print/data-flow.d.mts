/** Types of data-flow.mjs, for the test that compares it with the page. */
export function printDataFlow(): string;

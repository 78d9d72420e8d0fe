/** Types of licences.mjs, for its test. */
export function isAllowed(expression: string): boolean;
export function licenceFaults(packages: Readonly<Record<string, object>>): string[];

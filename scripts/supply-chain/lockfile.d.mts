/** Types of lockfile.mjs, for its test. */
export function lockfileFaults(packages: Readonly<Record<string, object>>): string[];

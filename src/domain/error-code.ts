/** The code of a system error (`ECONNREFUSED`, `ENOENT`, …): safe to print, unlike many a message. */

export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown failure';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'name' in error && typeof error.name === 'string' ? error.name : 'unknown failure';
}

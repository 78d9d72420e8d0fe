/** What the log says of access tokens that were refused. */

type Line = Readonly<Record<string, unknown>>;

export function refusalsIn(logs: readonly string[]): Line[] {
  return logs.filter((line) => line.includes('"sign-in.refused"')).map((line): Line => JSON.parse(line));
}

/** Of the request that was answered so. */
export function refusalOf(
  logs: readonly string[],
  { headers }: { readonly headers: Readonly<Record<string, unknown>> },
): Line | undefined {
  const traceId = String(headers['x-trace-id']);
  return refusalsIn(logs.filter((line) => line.includes(traceId)))[0];
}

/** C1: what each check costs on the smallest question, with and without it, side by side. */
import { createHash } from 'node:crypto';
import type { Bench } from '../support/bench.js';
import { graphqlAsk, onTheWire } from '../support/load/requests.js';
import { compare, ratio, type Series, seriesTable } from '../support/measure.js';
import { startGateway } from '../support/servers/gateway.js';
import type { Server } from '../support/servers/server.js';
import { atLeast, type Goal, type Workload } from '../workload.js';

const QUERY = '{__typename}';
/** Many short rounds: it is about a twentieth. */
const MEASURING = { rounds: 11, seconds: 0.5, warmSeconds: 1.5 };
/** No more than 5 % slower. */
const LEAST = 0.95;

/** Without one check each; what production does not allow is compared with the same that is not called production. */
const WITHOUT: readonly (readonly [
  name: string,
  beside: string,
  settings: Readonly<Record<string, string>>,
])[] = [
  ['without rate limits', 'all checks', { RATE_LIMITS: 'off' }],
  ['without scopes', 'all checks', { AUTH_SCOPES: 'off' }],
  ['without trusted documents', 'all checks', { TRUSTED_DOCUMENTS: 'off', TRUSTED_DOCUMENTS_FILE: '' }],
  ['without audit', 'all checks, not production', { NODE_ENV: '', AUDIT_LOG: 'off' }],
];

export const checks: Workload = {
  id: 'C1',
  title: 'each check on {__typename}, signed in: with and without it',
  patienceMs: 120_000,
  async run(bench) {
    const { environment, token } = await bench.home();
    const id = createHash('sha256').update(QUERY).digest('hex');
    const all = {
      ...environment,
      AUTH_SCOPES: 'on',
      AUDIT_LOG: 'stdout',
      TRUSTED_DOCUMENTS: 'enforce',
      TRUSTED_DOCUMENTS_FILE: bench.file({ [id]: QUERY }),
    };
    const start = (name: string, settings: Readonly<Record<string, string>>) =>
      startGateway(bench.row, { name, environment: { ...all, ...settings } });
    const servers: Server[] = [
      await start('all checks', {}),
      await start('all checks, not production', { NODE_ENV: '' }),
    ];
    for (const [name, , settings] of WITHOUT) servers.push(await start(name, settings));
    const series = await measure(bench, servers, token);
    return {
      goals: WITHOUT.map(([name, beside]) => goalOf(series, name, beside)),
      tables: [seriesTable('C1, requests', series)],
      notes: ['The token is looked at in all of them: there is no gateway without a sign-in.'],
    };
  },
};

async function measure(
  { load }: Bench,
  servers: readonly Server[],
  token: string,
): Promise<readonly Series[]> {
  const prepared = await load.prepare([onTheWire(graphqlAsk({ query: QUERY, token }))], '"__typename"');
  const subjects = servers.map((server) => ({ name: server.name, server, prepared }));
  return compare(load, subjects, MEASURING);
}

function goalOf(series: readonly Series[], name: string, beside: string): Goal {
  const named = (wanted: string) => series.find((one) => one.name === wanted);
  const [withCheck, without] = [named(beside), named(name)];
  if (withCheck === undefined || without === undefined) throw new RangeError(`${name} was not measured`);
  return atLeast(`with × ${name}`, ratio(withCheck, without), LEAST);
}

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
const MEASURING = { rounds: 7, seconds: 0.5, warmSeconds: 3 };
/** Two processes of one build and settings differ by up to a sixth, for as long as they live: all start anew this often. */
const STARTS = 6;
/** Says what the measuring itself is worth: the same settings, in another process. */
const TWIN = 'all checks, its twin';
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
  patienceMs: 600_000,
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
    const settings: readonly (readonly [name: string, settings: Readonly<Record<string, string>>])[] = [
      ['all checks', {}],
      [TWIN, {}],
      ['all checks, not production', { NODE_ENV: '' }],
      ...WITHOUT.map(([name, , without]) => [name, without] as const),
    ];
    const starts: (readonly Series[])[] = [];
    for (let start = 0; start < STARTS; start++) {
      const servers = await Promise.all(
        settings.map(([name, own]) => startGateway(bench.row, { name, environment: { ...all, ...own } })),
      );
      starts.push(await measure(bench, servers, token));
      await bench.endRow();
    }
    const series = joined(starts);
    return {
      goals: WITHOUT.map(([name, beside]) => goalOf(series, name, beside)),
      tables: [seriesTable('C1, requests', series)],
      notes: [
        `${STARTS} starts. The twin, as far from it as the measuring itself: ${ratioOf(series, 'all checks', TWIN).toFixed(3)}.`,
        'The token is looked at in all of them: there is no gateway without a sign-in.',
      ],
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

function joined(starts: readonly (readonly Series[])[]): readonly Series[] {
  const [first = []] = starts;
  return first.map(({ name }) => ({
    name,
    rounds: starts.flatMap((start) => start.find((one) => one.name === name)?.rounds ?? []),
  }));
}

function ratioOf(series: readonly Series[], name: string, beside: string): number {
  const named = (wanted: string) => series.find((one) => one.name === wanted);
  const [one, other] = [named(name), named(beside)];
  if (one === undefined || other === undefined) throw new RangeError(`${name} was not measured`);
  return ratio(one, other);
}

function goalOf(series: readonly Series[], name: string, beside: string): Goal {
  return atLeast(`with × ${name}`, ratioOf(series, beside, name), LEAST);
}

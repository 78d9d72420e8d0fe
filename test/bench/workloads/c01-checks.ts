/** C1: what each check costs on the smallest question, with and without it, side by side. */
import { createHash } from 'node:crypto';
import { graphqlAsk, onTheWire } from '../support/load/requests.js';
import { seriesTable } from '../support/measure.js';
import { compareSettings, ratioOf, twinNote } from '../support/settings-compared.js';
import { atLeast, type Workload } from '../workload.js';

const QUERY = '{__typename}';
const ALL = 'all checks';
const TWIN = 'all checks, its twin';
const NOT_PRODUCTION = 'all checks, not production';
/** No more than 5 % slower. */
const LEAST = 0.95;

/** Without one check each; what production does not allow is compared with the same that is not called production. */
const WITHOUT: readonly (readonly [
  name: string,
  beside: string,
  settings: Readonly<Record<string, string>>,
])[] = [
  ['without rate limits', ALL, { RATE_LIMITS: 'off' }],
  ['without scopes', ALL, { AUTH_SCOPES: 'off' }],
  ['without trusted documents', ALL, { TRUSTED_DOCUMENTS: 'off', TRUSTED_DOCUMENTS_FILE: '' }],
  ['without audit', NOT_PRODUCTION, { NODE_ENV: '', AUDIT_LOG: 'off' }],
];

export const checks: Workload = {
  id: 'C1',
  title: 'each check on {__typename}, signed in: with and without it',
  patienceMs: 900_000,
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
    const settings = [
      { name: ALL, environment: all },
      { name: TWIN, environment: all },
      { name: NOT_PRODUCTION, environment: { ...all, NODE_ENV: '' } },
      ...WITHOUT.map(([name, , own]) => ({ name, environment: { ...all, ...own } })),
    ];
    const request = onTheWire(graphqlAsk({ query: QUERY, token }));
    const series = await compareSettings(bench, settings, { request, needle: '"__typename"' });
    return {
      goals: WITHOUT.map(([name, beside]) => atLeast(`with × ${name}`, ratioOf(series, beside, name), LEAST)),
      tables: [seriesTable('C1, requests', series)],
      notes: [
        twinNote(series, ALL, TWIN),
        'The token is looked at in all of them: there is no gateway without a sign-in.',
      ],
    };
  },
};

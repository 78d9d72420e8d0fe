/** G4: ten thousand documents and variables at random, valid, nearly valid and not, by one who is signed in. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { ACCOUNTS, CANARIES, HOLDER } from '../../../api/canary/canaries.js';
import { CanaryScanner } from '../../../support/canary.js';
import { startOwnCardStore } from '../../../support/issuer/own-card-store.js';
import { type RawAnswer, send } from '../../../support/raw-http.js';
import { LARK } from '../../../support/requestors.js';
import { exactly, none, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { LARK_LOGO } from '../../support/documents.js';
import { type FuzzedRequest, fuzzedRequests } from '../../support/fuzz/fuzzed-requests.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import { atOnce } from '../../support/pushes/keyed-pushes.js';

const DOCUMENTS = 10_000;
const AT_ONCE = 8;
const VALUES = [LARK, LARK_LOGO, 'c16', 'c19', 'a1', '520474009', 'fuzzed', 'https://127.0.0.1:1/back/'];

export const fuzzedDocuments: Row = {
  id: 'G4',
  title: 'documents and variables at random',
  async run(scene) {
    const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
    const store = await startOwnCardStore(ACCOUNTS.map((one) => ({ ...one, accountHolder: 'susan' })));
    scene.owns(() => store.close());
    const gateway = await scene.gateway({ environment: { ...store.environment, EXPLORER: 'off' } });
    const canaries = [...CANARIES, ...HOLDER];
    const scanner = new CanaryScanner(canaries);
    const requests = fc.sample(
      fuzzedRequests({
        sdl: readFileSync('schema.graphql', 'utf8'),
        documents: operations(),
        values: [...VALUES, ...canaries.map(({ value }) => value)],
      }),
      { numRuns: DOCUMENTS, seed },
    );
    const faults: string[] = [];
    const seen: string[] = [];
    const ends = { answered: 0, refused: 0 };
    const authorization = `Bearer ${gateway.token}`;
    await atOnce([...requests.entries()], AT_ONCE, async ([index, request]) => {
      const answer = await ask(gateway.url, authorization, request);
      const fault = answer === undefined ? 'no answer' : faultOf(answer);
      if (fault !== null) faults.push(`${index}: ${fault} to ${request.query.slice(0, 200)}`);
      if (answer === undefined) return;
      seen.push(...scanner.scan(`${index}`, answer.text).map(({ canary }) => `${index}: ${canary}`));
      ends[answer.text.startsWith('{"data":{') ? 'answered' : 'refused'] += 1;
    });
    return [
      exactly(
        `answers, seed ${seed}: ${ends.answered} with data and ${ends.refused} refusals`,
        ends.answered + ends.refused,
        DOCUMENTS,
      ),
      noneOf('5xx, masked errors, not JSON', faults),
      noneOf('canaries in answers', seen),
      none('canaries in the log', scanner.scan('log', gateway.log).length),
      ...aliveFigures([gateway]),
    ];
  },
};

function ask(url: string, authorization: string, request: FuzzedRequest): Promise<RawAnswer | undefined> {
  const headers = { authorization, 'content-type': 'application/json' };
  return send(url, { headers, body: JSON.stringify(request) }).catch(() => undefined);
}

function faultOf({ status, headers, text }: RawAnswer): string | null {
  if (status >= 500) return `status ${status}`;
  if (!headers['content-type']?.startsWith('application/json')) return `${headers['content-type']}`;
  if (text.includes('INTERNAL_SERVER_ERROR')) return 'a masked error';
  try {
    const { data, errors } = JSON.parse(text) as { readonly data?: unknown; readonly errors?: unknown };
    return data === undefined && !Array.isArray(errors) ? 'neither data nor errors' : null;
  } catch {
    return 'not JSON';
  }
}

/** Those that front ends send, each by itself. */
function operations(): string[] {
  return ['operations', 'following']
    .flatMap((name) => readFileSync(`src/client/${name}.graphql`, 'utf8').split(/^(?=query|mutation)/m))
    .filter((text) => /^(query|mutation)/.test(text));
}

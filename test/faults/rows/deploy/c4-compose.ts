/** C4: the services of compose.yaml, started by their own commands under their own names, and a push through all of them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exactly, type Figure, noneOf } from '../../figure.js';
import { NotRun, type Row } from '../../row.js';
import { Composed } from '../../support/containers/compose.js';
import { readDockerfile, settingsOf } from '../../support/containers/dockerfile.js';
import { canIsolate } from '../../support/containers/root.js';

const ASK = `const [url, init] = process.argv.slice(1);
const answer = await fetch(url, JSON.parse(init));
console.log(JSON.stringify({ status: answer.status, body: await answer.text() }));`;

const PUSH = `mutation { pushCard(input: { idempotencyKey: "compose-1", tokenRequestorId: "50130000014", fundingAccountIds: ["card-1"] }) {
  __typename ... on Push { id status handOffs { url } } ... on PushRefusal { code message } } }`;
/** Set by nobody, they would be embedded parts: a container is not this machine alone. */
const PARTS = ['CARD_VAULT_URL', 'CARD_VAULT_TOKEN_FILE', 'AUTH_ISSUER', 'AUTH_AUDIENCE', 'AUTH_JWKS_URL'];
/** One server without a standby, and what the simulator says that nobody knows yet. */
const MEANT = /no standby is synchronous|"omitted":\["unknown push method/;

export const compose: Row = {
  id: 'C4',
  title:
    'compose.yaml: its services, each by its own command, rights and name, and a push through all of them',
  async run(scene) {
    if (!canIsolate()) throw new NotRun('this machine lets nobody have a network of his own');
    const home = mkdtempSync(join(tmpdir(), 'c4-'));
    scene.owns(async () => rmSync(home, { recursive: true, force: true }));
    const stage = readDockerfile(readFileSync('Dockerfile', 'utf8')).at(-1);
    if (stage === undefined) throw new Error('the Dockerfile has no stage');
    const composed = await Composed.start(home, settingsOf(stage));
    scene.owns(() => composed.close());
    return [...walked(composed, home), ...(await notEmbedded(composed))];
  },
};

function walked({ network, running }: Composed, home: string): Figure[] {
  const ask = (url: string, init: object = {}) => {
    const environment = { NODE_EXTRA_CA_CERTS: join(home, 'volume-secrets/ca.pem') };
    const node = [process.execPath, '--input-type=module', '-e', ASK, url, JSON.stringify(init)];
    const said = execFileSync('nsenter', ['-t', String(network.pid), '-n', ...node], {
      encoding: 'utf8',
      env: { ...environment, PATH: process.env['PATH'] },
    });
    const { status, body } = JSON.parse(said);
    return { status, body: String(body) };
  };
  const { access_token } = JSON.parse(ask('https://127.0.0.1:4020/token?sub=susan').body);
  const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' };
  const push = () => {
    const { body } = ask('http://127.0.0.1:4000/graphql', {
      ...{ method: 'POST', headers, body: JSON.stringify({ query: PUSH }) },
    });
    return JSON.parse(body).data?.pushCard ?? body;
  };
  const [first, again] = [push(), push()];
  const wallet = ask(first.handOffs?.[0]?.url ?? 'https://127.0.0.1:4010/none');
  const calls = JSON.parse(ask('https://127.0.0.1:4010/simulator/calls').body);
  const { degraded, cache, ledger } = JSON.parse(ask('http://127.0.0.1:9464/readyz').body);
  const lines = (running.get('gateway')?.output() ?? '').split('\n');
  return [
    exactly('the push is', String(first.status ?? JSON.stringify(first)), 'READY'),
    exactly('asked again', again.id === first.id ? 'the same' : 'another', 'the same'),
    exactly('pushes at MDES', calls.pushMultipleAccounts, 1),
    exactly("the wallet's page", wallet.status, 200),
    exactly('cache, ledger, degraded', `${cache}, ${ledger}, ${degraded}`, 'ready, ready, false'),
    noneOf(
      'warnings and errors in the log',
      lines.filter((line) => /"level":"(warn|error|fatal)"|warning/i.test(line) && !MEANT.test(line)),
    ),
  ];
}

async function notEmbedded(composed: Composed): Promise<Figure[]> {
  const { code, output } = await composed.run('gateway', { without: PARTS }).ended();
  return [
    exactly('without card store and sign-in, exit code', code ?? -1, 78),
    exactly('parts with no place', output.match(/there is no place for/g)?.length ?? 0, 2),
  ];
}

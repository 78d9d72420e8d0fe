/** Every query and command of docs/channel-teams.md, run as it stands there. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { killAll, runNode } from '../support/processes.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const PAGE = read('docs/channel-teams.md');
const MANIFEST = 'src/client/trusted-documents.json';

/** What each line of "The schema by use" asks for; `$push` is the push that was made before. */
const ASKED: Readonly<Record<string, string>> = {
  'show her cards and accounts': '{ fundingAccounts { id label lastFour kind status artUrl } }',
  'show the wallets and merchants for them':
    '{ tokenRequestors(fundingAccountIds: ["card-1"], filter: { type: WALLET }) { id } }',
  'show their logos': '{ tokenRequestors { logo { svgUrl pngUrl } } }',
  'know before the tap whether a push will pass':
    '{ fundingAccounts { eligibility(onlyEligible: true) { status } its: eligibility(tokenRequestorIds: ["50130000001"]) { status } } }',
  'show her which personal data would go along':
    '{ fundingAccounts { accountHolderDataPreview(items: [NAME]) { name } eligibility(tokenRequestorIds: ["50130000001"]) { accountHolderDataPreview { name } } } }',
  push: 'mutation { pushCard(input: { idempotencyKey: "$key", tokenRequestorId: "50130000001", fundingAccountIds: ["card-1"] }) { ... on Push { id } ... on PushRefusal { code } } }',
  'know what to do with a push':
    '{ push(id: "$push") { nextStep { ... on OpenUrlStep { url } ... on DigitizationDataStep { sdk } ... on WaitStep { askAgainAfter } ... on DoneStep { followUp } } } }',
  'tell her how it stands': '{ push(id: "$push") { accountHolderText accounts { accountHolderText } } }',
  'say that your app has handed it off':
    'mutation { recordHandOff(pushId: "$push", platform: WEB) { status } }',
  'say what the wallet told your app':
    'mutation { recordOutcome(pushId: "$push", outcomes: [{ fundingAccountId: "card-1", outcome: APPROVED }]) { status } }',
  'follow a push': '{ push(id: "$push") { status } pushes(first: 5) { nodes { id status } } }',
  'know how old the list is': '{ catalogue { asOf stale nextRefreshAt tokenRequestorCount } }',
};

/** The rows of the table that follows `heading`, without its head. */
function rowsAfter(heading: string): string[][] {
  const [, after = ''] = PAGE.split(`${heading}\n`);
  const table = /(?:^\|.*\n)+/m.exec(after)?.[0] ?? '';
  const lines = table.trim().split('\n').slice(2);
  return lines.map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function blocks(language: string): string[] {
  return [...PAGE.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]+?)\`\`\``, 'g'))].map(
    ([, text = '']) => text,
  );
}

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ TRUSTED_DOCUMENTS: 'log', TRUSTED_DOCUMENTS_FILE: MANIFEST });
});
afterAll(async () => {
  await gateway.close();
  await killAll();
});

describe('the schema by use', () => {
  it('names nothing for which there is no query here', () => {
    expect(rowsAfter('## The schema by use').map(([wish]) => wish)).toEqual(Object.keys(ASKED));
  });

  it('is answered, line by line, from the cards to the outcome', async () => {
    let push = '';
    for (const [wish, query] of Object.entries(ASKED)) {
      const asked = query.replace('$push', push).replace('$key', crypto.randomUUID());
      const { data, errors } = await gateway.graphql(asked);
      expect([wish, errors]).toEqual([wish, undefined]);
      push = data.pushCard?.id ?? push;
    }
    expect((await gateway.graphql(`{ push(id: "${push}") { status } }`)).data.push.status).toBe('COMPLETED');
  });
});

describe('the commands', () => {
  it('are all run here, or in readme.test.ts', () => {
    expect(['graphql', 'ts', 'sh'].map((language) => blocks(language).length)).toEqual([1, 2, 2]);
  });

  it('ask for a trusted document by its id', async () => {
    const documents: Record<string, string> = JSON.parse(read(MANIFEST));
    const [id = ''] =
      Object.entries(documents).find(([, text]) => text.startsWith('query TokenRequestor(')) ?? [];
    const command = (blocks('sh')[0] ?? '').replace('5f2b…', id);
    // No curl is needed to see what it would do.
    const words = execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${command}`], {
      encoding: 'utf8',
      env: { TOKEN: await gateway.token('susan'), GATEWAY: gateway.url },
    }).split('\0');
    const [name = '', value = ''] = (words[words.indexOf('-H') + 1] ?? '').split(': ');
    const url = words.find((word) => word.startsWith('http')) ?? '';
    const answer = await fetch(url, { headers: { [name]: value } });
    expect(await answer.json()).toMatchObject({ data: { tokenRequestor: { id: '50130000014' } } });
  });

  it('start a gateway and a simulator in a test', async () => {
    const [, example = ''] = blocks('ts');
    const at = (file: string) => JSON.stringify(new URL(`../../dist/${file}`, import.meta.url).href);
    const program = `import { createTokenConnectClient } from ${at('client/index.js')};
${example.replace("'token-connect-gateway/testing'", at('testing/index.js'))}
console.log('through', typeof client.Picker);`;
    const run = runNode(['--input-type=module', '--eval', program]);
    await run.says(/through function/);
    expect(await run.ended()).toBe(0);
  });

  it('start the simulator alone, and a gateway that talks to it, as standalone.test.ts does', () => {
    const lines = (blocks('sh')[1] ?? '').trim().split('\n');
    expect(lines.map((line) => line.replace(/ +#.*/, ''))).toEqual([
      'npm run simulator -- --port 4010 --write-env mdes.env',
      'node --env-file mdes.env dist/main.js',
    ]);
  });
});

it('lists the control routes that there are', async () => {
  const listed = [...PAGE.matchAll(/^\| `((?:GET|POST) \/\S*?)`/gm)].map(([, route = '']) => route);
  const { control } = Object(await (await fetch(gateway.simulatorUrl)).json());
  expect(listed.sort()).toEqual(['GET /', ...control].sort());
  for (const route of listed.filter((one) => one.startsWith('GET '))) {
    expect((await fetch(gateway.simulatorUrl + route.slice(4))).status).toBe(200);
  }
});

it('lists the parameters of a demo token, each of which gives one', async () => {
  const rows = rowsAfter(
    'The demo sign-in gives a token that may do everything, and what you ask it for, as query parameters of `/demo/token?sub=susan`:',
  );
  const [, bound = ''] = /`(\[\{"type":"push_provisioning".+?\])`/.exec(PAGE) ?? [];
  const wishes = rows.flatMap(([cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, wish = '']) => wish));
  expect(wishes.length).toBeGreaterThan(4);
  for (const wish of wishes) {
    const [name = '', value = ''] = wish.split('=');
    const wished = value.replace('[…]', bound).replace('…', 'strong');
    const answer = await fetch(
      `${gateway.url}/demo/token?${new URLSearchParams({ sub: 'susan', [name]: wished })}`,
    );
    expect([wish, answer.status]).toEqual([wish, 200]);
  }
});

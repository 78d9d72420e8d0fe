/** What the documents promise a newcomer is what happens. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTokenConnectClient, type PushAndHandOffMutationVariables } from '../../src/client/index.js';
import { MAGIC_ACCOUNTS, MAGIC_REQUESTORS } from '../../src/simulator/catalogue/magic.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { sendForm } from '../support/simulator/simulator-wallets.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const README = read('README.md');
const CHANNEL_TEAMS = read('docs/channel-teams.md');

describe('the documents', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.close());

  it('show a first query that gives the answer below it', async () => {
    const query = /```graphql\n([\s\S]+?)```/.exec(README)?.[1] ?? '';
    const answer: unknown = JSON.parse(/```json\n([\s\S]+?)```/.exec(README)?.[1] ?? '');
    const { data, errors } = await gateway.graphql(query);
    expect(errors).toBeUndefined();
    expect({ data }).toEqual(answer);
  });

  it('show a picker that is answered', async () => {
    const query = /```graphql\n([\s\S]+?)```/.exec(CHANNEL_TEAMS)?.[1] ?? '';
    const { data, errors } = await gateway.graphql(query);
    expect(errors).toBeUndefined();
    expect(data.tokenRequestors.length).toBeGreaterThan(0);
  });

  it('show a push by the typed client that comes back and ends', async () => {
    const example = /```ts\n([\s\S]+?)```/.exec(CHANNEL_TEAMS)?.[1] ?? '';
    const client = createTokenConnectClient({
      url: `${gateway.url}/graphql`,
      token: () => gateway.token('susan'),
    });
    const { pushCard } = await client.PushAndHandOff({ input: inputOf(example) });
    if (pushCard?.__typename !== 'Push') throw new Error(`not pushed: ${pushCard?.code}`);
    const { nextStep } = pushCard;
    if (nextStep?.__typename !== 'OpenUrlStep') throw new Error(`no URL to open: ${nextStep?.__typename}`);
    await client.RecordHandOff({ pushId: pushCard.id, platform: 'WEB' });

    const backToGateway = await sendForm(new URL(nextStep.url), [['result', 'APPROVED']]);
    const onToApp = await fetch(backToGateway.headers.get('location') ?? '', { redirect: 'manual' });
    const { origin, pathname, searchParams } = new URL(onToApp.headers.get('location') ?? '');
    expect(`${origin}${pathname}`).toBe(inputOf(example).callbackUrl);
    expect(Object.fromEntries(searchParams)).toEqual({ pushId: pushCard.id, status: 'COMPLETED' });
    expect((await client.Push({ id: pushCard.id })).push?.status).toBe('COMPLETED');
  });

  it('list every magic requestor and account', () => {
    for (const { tokenRequestorId, consumerFacingEntityName, happens } of MAGIC_REQUESTORS) {
      expect(CHANNEL_TEAMS).toContain(`| \`${tokenRequestorId}\` ${consumerFacingEntityName} | ${happens} |`);
    }
    for (const { fundingAccountId, reasonCode } of MAGIC_ACCOUNTS) {
      expect(CHANNEL_TEAMS).toContain(`| \`${fundingAccountId}\` | \`${reasonCode}\` |`);
    }
  });
});

/** What stands as `input` in the example, with a key of its own. */
function inputOf(example: string): PushAndHandOffMutationVariables['input'] {
  const [, body = ''] = /input: (\{[\s\S]+?\n {2}\}),/.exec(example) ?? [];
  const json = body
    .replace('crypto.randomUUID()', `'${crypto.randomUUID()}'`)
    .replace(/(\w+): (?=['[])/g, '"$1": ')
    .replaceAll("'", '"')
    .replace(/,(\s*[}\]])/g, '$1');
  return JSON.parse(json);
}

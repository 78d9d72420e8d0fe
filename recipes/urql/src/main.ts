/** The screens one after the other, and what each does to the cache: nothing that was in it may change, and graphcache warns of nothing. */
import { format } from 'node:util';
import { Client, fetchExchange, type OperationResult } from '@urql/core';
import { createCacheExchange, keys } from './cache';
import { History, Home, LivePush, Picker, PushCard, RecordHandOff, RecordOutcome } from './documents';
import introspection from './gql/introspection';

const warnings: string[] = [];
for (const level of ['warn', 'error'] as const)
  console[level] = (...words) => warnings.push(format(...words));
const methods = new Set<string>();

const client = new Client({
  url: process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:4000/graphql',
  exchanges: [createCacheExchange(), fetchExchange],
  // Queries go by GET as they come: the token is what the gateway wants against forged requests.
  fetchOptions: { headers: { authorization: `Bearer ${process.env['GATEWAY_TOKEN']}` } },
  fetch: (url, init) => {
    methods.add(init?.method ?? 'GET');
    return fetch(url, init);
  },
});

async function dataOf<T>(result: PromiseLike<OperationResult<T>>): Promise<T> {
  const { data, error } = await result;
  if (error || !data) throw error ?? new Error('no data');
  return data;
}
const ask = { requestPolicy: 'network-only' } as const;
const fromCache = { requestPolicy: 'cache-only' } as const;

for (const wantsData of [true, false]) {
  const { fundingAccounts } = await dataOf(client.query(Home, {}));
  const [account] = fundingAccounts ?? [];
  const wallet = account?.tokenRequestors?.find(
    (one) => one.supportsIssuerInitiatedDigitizationData === wantsData,
  );
  if (!account || !wallet) throw new Error('no account, or no wallet for it');
  const home = JSON.stringify((await client.query(Home, {}, fromCache)).data);

  const { pushCard } = await dataOf(
    client.mutation(PushCard, {
      input: {
        idempotencyKey: crypto.randomUUID(),
        tokenRequestorId: wallet.id,
        fundingAccountIds: [account.id],
        platform: 'WEB',
        requestIssuerInitiatedDigitizationData: wantsData,
      },
    }),
  );
  if (pushCard?.__typename !== 'Push') throw new Error('not pushed');
  const { id } = pushCard;
  const push = JSON.stringify((await client.query(LivePush, { id }, fromCache)).data);
  if (!push.includes('pushAccountReceipt')) throw new Error('the push is not in the cache');

  const picker = { fundingAccountIds: [account.id] };
  await dataOf(client.query(Picker, picker, ask));
  await dataOf(client.query(History, { first: 1 }, ask));
  const same = async (what: string, before: string, now: Promise<OperationResult>) => {
    if (JSON.stringify((await now).data) !== before) throw new Error(`${what} has changed in the cache`);
  };
  await same('the home screen', home, client.query(Home, {}, fromCache).toPromise());
  await same('the push', push, client.query(LivePush, { id }, fromCache).toPromise());
  const pickerSeen = JSON.stringify((await client.query(Picker, picker, fromCache)).data);

  await dataOf(client.mutation(RecordHandOff, { pushId: id }));
  const outcomes = [{ fundingAccountId: account.id, outcome: 'APPROVED' as const }];
  const { recordOutcome } = await dataOf(client.mutation(RecordOutcome, { pushId: id, outcomes }));
  if (recordOutcome?.status !== 'COMPLETED') throw new Error('not completed');
  await same('the home screen', home, client.query(Home, {}, fromCache).toPromise());
  await same('the picker', pickerSeen, client.query(Picker, picker, fromCache).toPromise());
}
const isFound = /^(Query|Mutation|PageInfo|.*Connection|.*Edge)$/;
const keyless = introspection.__schema.types
  .filter((type) => type.kind === 'OBJECT')
  .filter(({ name, fields }) => !isFound.test(name) && !fields.some((field) => field.name === 'id'))
  .map(({ name }) => name);
const unsaid = keyless.filter((name) => !(name in keys));
if (unsaid.length > 0) throw new Error(`types without a key: ${unsaid}`);
if (warnings.length > 0) throw new Error(`warnings: ${warnings.join('\n')}`);
if ([...methods].sort().join() !== 'GET,POST') throw new Error(`methods: ${[...methods]}`);
console.log('nothing in the cache has changed, 0 warnings, queries by GET');

/** The screens one after the other, and what each does to the cache: nothing that was in it may change but the push itself. */
import { format } from 'node:util';
import { ApolloClient, HttpLink, type NormalizedCacheObject } from '@apollo/client';
import { createCache, withoutSecrets } from './cache';
import { History, Home, LivePush, Picker, PushCard, RecordHandOff, RecordOutcome } from './documents';

const warnings: string[] = [];
for (const level of ['warn', 'error'] as const)
  console[level] = (...words) => warnings.push(format(...words));

const cache = createCache();
const client = new ApolloClient({
  cache,
  link: new HttpLink({
    uri: process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:4000/graphql',
    headers: { authorization: `Bearer ${process.env['GATEWAY_TOKEN']}` },
  }),
});

/** Records and fields of the first that are not the same in the second. */
function changes(before: NormalizedCacheObject, after: NormalizedCacheObject): string[] {
  return Object.entries(before).flatMap(([key, record]) =>
    Object.entries(record ?? {})
      .filter(([field, value]) => JSON.stringify(after[key]?.[field]) !== JSON.stringify(value))
      .map(([field]) => `${key}.${field}`),
  );
}
const expectNone = (what: string, found: readonly string[]) => {
  if (found.length > 0) throw new Error(`${what}: ${found.join('\n')}`);
};

for (const wantsData of [true, false]) {
  const { data: home } = await client.query({ query: Home });
  const [account] = home?.fundingAccounts ?? [];
  const wallet = account?.tokenRequestors?.find(
    (one) => one.supportsIssuerInitiatedDigitizationData === wantsData,
  );
  if (!account || !wallet) throw new Error('no account, or no wallet for it');
  const beforePush = cache.extract();

  const { data: pushed } = await client.mutate({
    mutation: PushCard,
    variables: {
      input: {
        idempotencyKey: crypto.randomUUID(),
        tokenRequestorId: wallet.id,
        fundingAccountIds: [account.id],
        platform: 'WEB',
        requestIssuerInitiatedDigitizationData: wantsData,
      },
    },
  });
  if (pushed?.pushCard?.__typename !== 'Push') throw new Error('not pushed');
  const { id } = pushed.pushCard;
  expectNone('the push has changed', changes(beforePush, cache.extract()));

  const afterPush = cache.extract();
  if (!JSON.stringify(afterPush[`Push:${id}`]).includes('nextStep'))
    throw new Error('the push is not in the cache');
  await client.query({ query: Picker, variables: { fundingAccountIds: [account.id] } });
  await client.query({ query: History, variables: { first: 1 }, fetchPolicy: 'network-only' });
  await client.query({ query: LivePush, variables: { id }, fetchPolicy: 'network-only' });
  const after = cache.extract();
  // The list of the history itself grows with each push.
  expectNone(
    'picker and history have changed',
    changes(afterPush, after).filter((key) => key !== 'ROOT_QUERY.pushes'),
  );

  await client.mutate({ mutation: RecordHandOff, variables: { pushId: id } });
  const outcomes = [{ fundingAccountId: account.id, outcome: 'APPROVED' as const }];
  const { data: ended } = await client.mutate({
    mutation: RecordOutcome,
    variables: { pushId: id, outcomes },
  });
  if (ended?.recordOutcome?.status !== 'COMPLETED') throw new Error('not completed');
  const others = changes(after, cache.extract()).filter((key) => !/^(Push|PushedAccount):/.test(key));
  expectNone('the end of the push has changed', others);

  const onDisk = JSON.stringify(withoutSecrets(after));
  const secrets = pushed.pushCard.accounts.map(({ pushAccountReceipt }) => pushAccountReceipt ?? 'none');
  if (secrets.some((secret) => secret === 'none' || onDisk.includes(secret)))
    throw new Error('a receipt would be persisted');
}
expectNone('warnings', warnings);
console.log('nothing in the cache has changed, 0 warnings, no receipt is persisted');

/** The cache: what has an id is kept by it; what has none belongs to what it stands in. */
import { InMemoryCache, type NormalizedCacheObject } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import possibleTypes from './gql/possible-types';

export function createCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes: possibleTypes.possibleTypes,
    typePolicies: {
      Query: {
        fields: {
          // What a list has brought need not be asked for again by its id.
          push: {
            read: (known, { args, toReference }) =>
              known ?? toReference({ __typename: 'Push', id: args?.['id'] }),
          },
          tokenRequestor: {
            read: (known, { args, toReference }) =>
              known ?? toReference({ __typename: 'TokenRequestor', id: args?.['id'] }),
          },
          asset: {
            read: (known, { args, toReference }) =>
              known ?? toReference({ __typename: 'Asset', id: args?.['id'] }),
          },
          pushes: relayStylePagination(),
        },
      },
      // What has no ids is replaced as a whole: a next step has nothing in common with the one before, and a push that is over no URLs.
      Push: { fields: { nextStep: { merge: false }, handOffs: { merge: false } } },
      FundingAccount: { fields: { eligibility: { merge: false } } },
      // One screen asks for its code, the next for its text: both are of the same refusal.
      PushRefusal: { merge: true },
      AccountHolderDataPreview: { merge: true },
      Catalogue: { merge: true },
    },
  });
}

/** What may be written to a disk (apollo3-cache-persist: `persistenceMapper`). A `Push` holds receipts: it stays in memory. */
export function withoutSecrets(cache: NormalizedCacheObject): NormalizedCacheObject {
  const isSecret = (key: string) => /^(Push|PushedAccount):|^push\(/.test(key);
  const keep = <T extends object>(record: T) =>
    Object.fromEntries(Object.entries(record).filter(([key]) => !isSecret(key))) as T;
  const { ROOT_QUERY, ...rest } = keep(cache);
  return { ...rest, ...(ROOT_QUERY && { ROOT_QUERY: keep(ROOT_QUERY) }) };
}

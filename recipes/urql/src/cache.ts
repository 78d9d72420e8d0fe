/** graphcache: what has an id is kept by it; what has none is told to belong to what it stands in. */
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import introspection from './gql/introspection';

const belongsToItsParent = () => null;

/** Every type without an id, or graphcache warns of each object of it. */
export const keys = {
  AccountHolderAddressPreview: belongsToItsParent,
  AccountHolderDataPreview: belongsToItsParent,
  AccountHolderPhoneNumberPreview: belongsToItsParent,
  Catalogue: belongsToItsParent,
  DigitizationDataStep: belongsToItsParent,
  DoneStep: belongsToItsParent,
  Eligibility: belongsToItsParent,
  HandOff: belongsToItsParent,
  MediaContent: belongsToItsParent,
  OpenUrlStep: belongsToItsParent,
  PushRefusal: belongsToItsParent,
  WaitStep: belongsToItsParent,
};

export function createCacheExchange() {
  return cacheExchange({
    schema: introspection,
    keys,
    resolvers: {
      Query: {
        pushes: relayPagination(),
        // What a list has brought need not be asked for again by its id.
        push: (_, { id }) => ({ __typename: 'Push', id: String(id) }),
        tokenRequestor: (_, { id }) => ({ __typename: 'TokenRequestor', id: String(id) }),
        asset: (_, { id }) => ({ __typename: 'Asset', id: String(id) }),
      },
    },
  });
}

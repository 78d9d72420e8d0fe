/** A picker and a push with gql.tada: the types follow from the documents as they are written. */
import { GraphQLClient } from 'graphql-request';
import { graphql } from './graphql';

const Picker = graphql(`
  query Picker($fundingAccountIds: [ID!]) {
    tokenRequestors(fundingAccountIds: $fundingAccountIds, filter: { type: WALLET }) {
      id
      consumerFacingEntityName
      supportsIssuerInitiatedDigitizationData
    }
  }
`);

const PushCard = graphql(`
  mutation PushCard($input: PushCardInput!) {
    pushCard(input: $input) {
      __typename
      ... on Push {
        id
        status
        expiresAt
        nextStep {
          __typename
        }
      }
      ... on PushRefusal {
        code
        retryRule
        accountHolderText
      }
    }
  }
`);

const client = new GraphQLClient(process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:4000/graphql', {
  headers: { authorization: `Bearer ${process.env['GATEWAY_TOKEN']}` },
});
const fundingAccountIds = ['card-1'];
const { tokenRequestors } = await client.request(Picker, { fundingAccountIds });
const wallet = tokenRequestors?.find((one) => one.supportsIssuerInitiatedDigitizationData);
if (!wallet) throw new Error('no wallet takes this card');
const { pushCard } = await client.request(PushCard, {
  input: {
    idempotencyKey: crypto.randomUUID(),
    tokenRequestorId: wallet.id,
    fundingAccountIds,
    requestIssuerInitiatedDigitizationData: true,
  },
});
if (pushCard?.__typename !== 'Push')
  throw new Error(pushCard?.accountHolderText ?? 'the gateway cannot tell');
const expiresAt: string | null = pushCard.expiresAt;
console.log(
  `${wallet.consumerFacingEntityName}: ${pushCard.status}, ${pushCard.nextStep?.__typename}, until ${expiresAt ? 'it expires' : 'ever'}`,
);

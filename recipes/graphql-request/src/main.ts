/** The walk with graphql-request and documents of one's own: a picker, a push, the next step, the outcome. */
import { GraphQLClient } from 'graphql-request';
import { graphql } from './gql/index';

const Picker = graphql(`
  query Picker($fundingAccountIds: [ID!]) {
    tokenRequestors(fundingAccountIds: $fundingAccountIds, filter: { type: WALLET }) {
      id
      consumerFacingEntityName
      supportsIssuerInitiatedDigitizationData
      logo {
        id
        svgUrl
      }
    }
  }
`);

const PushCard = graphql(`
  mutation PushCard($input: PushCardInput!) {
    pushCard(input: $input) {
      __typename
      ... on Push {
        id
        nextStep {
          __typename
          ... on OpenUrlStep {
            url
          }
          ... on DigitizationDataStep {
            sdk
            accounts {
              id
              issuerInitiatedDigitizationData
            }
          }
          ... on WaitStep {
            askAgainAfter
          }
          ... on DoneStep {
            followUp
          }
        }
      }
      ... on PushRefusal {
        code
        accountHolderText
      }
    }
  }
`);

const RecordHandOff = graphql(`
  mutation RecordHandOff($pushId: ID!) {
    recordHandOff(pushId: $pushId, platform: IOS) {
      id
      status
    }
  }
`);

const RecordOutcome = graphql(`
  mutation RecordOutcome($pushId: ID!, $outcomes: [AccountOutcomeInput!]!) {
    recordOutcome(pushId: $pushId, outcomes: $outcomes) {
      id
      status
      accountHolderText
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
    // One for each tap. Sent again, it is the same push.
    idempotencyKey: crypto.randomUUID(),
    tokenRequestorId: wallet.id,
    fundingAccountIds,
    platform: 'IOS',
    requestIssuerInitiatedDigitizationData: true,
  },
});
if (pushCard?.__typename !== 'Push')
  throw new Error(pushCard?.accountHolderText ?? 'the gateway cannot tell');

const { id: pushId, nextStep } = pushCard;
await client.request(RecordHandOff, { pushId });
switch (nextStep?.__typename) {
  case 'OpenUrlStep':
    // open(nextStep.url)
    break;
  case 'DigitizationDataStep':
    // For each account: sdk.add(account.issuerInitiatedDigitizationData)
    break;
  default:
    throw new Error(`nothing to hand off: ${nextStep?.__typename}`);
}
const outcomes = fundingAccountIds.map((fundingAccountId) => ({
  fundingAccountId,
  outcome: 'APPROVED' as const,
}));
const { recordOutcome } = await client.request(RecordOutcome, { pushId, outcomes });
if (recordOutcome?.status !== 'COMPLETED') throw new Error(`not completed: ${recordOutcome?.status}`);
console.log(`${wallet.consumerFacingEntityName}: ${nextStep.__typename}, then ${recordOutcome.status}`);

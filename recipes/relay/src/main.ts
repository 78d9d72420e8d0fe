/** The walk with Relay: a list, a push, its history, and the records in the store that stay as they were. */
import { format } from 'node:util';
import { commitMutation, fetchQuery, graphql } from 'relay-runtime';
import type { mainHistoryQuery } from './__generated__/mainHistoryQuery.graphql';
import type { mainHomeQuery } from './__generated__/mainHomeQuery.graphql';
import type { mainPushCardMutation } from './__generated__/mainPushCardMutation.graphql';
import { createEnvironment } from './environment';

const warnings: string[] = [];
for (const level of ['warn', 'error'] as const)
  console[level] = (...words) => warnings.push(format(...words));

const url = process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:4000/graphql';
const environment = createEnvironment(url, () => process.env['GATEWAY_TOKEN'] ?? '');

async function main(): Promise<void> {
  const home = await fetchQuery<mainHomeQuery>(
    environment,
    graphql`
      query mainHomeQuery {
        fundingAccounts {
          id
          label
          tokenRequestors {
            id
            consumerFacingEntityName
            supportsIssuerInitiatedDigitizationData
            logo {
              id
              svgUrl
            }
          }
        }
      }
    `,
    {},
  ).toPromise();
  const [account] = home?.fundingAccounts ?? [];
  const wallet = account?.tokenRequestors?.find((one) => one.supportsIssuerInitiatedDigitizationData);
  if (!account || !wallet) throw new Error('no account, or no wallet for it');

  const input = {
    idempotencyKey: crypto.randomUUID(),
    tokenRequestorId: wallet.id,
    fundingAccountIds: [account.id],
    requestIssuerInitiatedDigitizationData: true,
  };
  const { pushCard } = await new Promise<mainPushCardMutation['response']>((resolve, reject) => {
    commitMutation<mainPushCardMutation>(environment, {
      mutation: graphql`
        mutation mainPushCardMutation($input: PushCardInput!) {
          pushCard(input: $input) {
            __typename
            ... on Push {
              id
              status
              accounts {
                id
                pushAccountReceipt
              }
              nextStep {
                __typename
                ... on DigitizationDataStep {
                  sdk
                  accounts {
                    id
                    issuerInitiatedDigitizationData
                  }
                }
                ... on OpenUrlStep {
                  url
                }
              }
            }
            ... on PushRefusal {
              code
              accountHolderText
            }
          }
        }
      `,
      variables: { input },
      onCompleted: resolve,
      onError: reject,
    });
  });
  if (pushCard?.__typename !== 'Push') throw new Error('not pushed');

  const records = () => environment.getStore().getSource().toJSON();
  const before = records();
  const history = await fetchQuery<mainHistoryQuery>(
    environment,
    graphql`
      query mainHistoryQuery {
        pushes(first: 10) {
          edges {
            node {
              id
              status
              accountHolderText
              accounts {
                id
                lastFour
                fundingAccount {
                  id
                  label
                }
              }
              tokenRequestor {
                id
                consumerFacingEntityName
              }
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    `,
    {},
  ).toPromise();
  if (history?.pushes?.edges[0]?.node.id !== pushCard.id) throw new Error('the push is not in the history');
  const after = records();
  const changed = Object.entries(before).flatMap(([key, record]) =>
    Object.entries(record ?? {})
      .filter(([field, value]) => JSON.stringify(after[key]?.[field]) !== JSON.stringify(value))
      .map(([field]) => `${key}.${field}`),
  );
  if (changed.length > 0) throw new Error(`changed in the store: ${changed}`);
  if (warnings.length > 0) throw new Error(`warnings: ${warnings.join('\n')}`);
  console.log(`${pushCard.nextStep?.__typename}; nothing in the store has changed, 0 warnings`);
}

void main();

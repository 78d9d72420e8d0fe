/** What is under test: the part of an app that pushes a card and follows it. */
import { createTokenConnectClient, type FollowedPushFragment } from 'token-connect-client';

export async function addCard(
  url: string,
  token: () => string | Promise<string>,
  fundingAccountId: string,
): Promise<FollowedPushFragment | string> {
  const client = createTokenConnectClient({ url, token });
  const { tokenRequestors } = await client.Picker({ fundingAccountIds: [fundingAccountId] });
  const wallet = tokenRequestors?.find((one) => one.supportsIssuerInitiatedDigitizationData);
  if (!wallet) return 'No wallet takes this card.';
  const { pushCard } = await client.PushAndHandOff({
    input: {
      idempotencyKey: crypto.randomUUID(),
      tokenRequestorId: wallet.id,
      fundingAccountIds: [fundingAccountId],
      requestIssuerInitiatedDigitizationData: true,
    },
  });
  if (pushCard?.__typename !== 'Push') return pushCard?.accountHolderText ?? 'Please try again later.';
  await client.RecordHandOff({ pushId: pushCard.id, platform: 'IOS' });
  // Here the wallet's SDK takes the data, and answers:
  await client.RecordOutcome({ pushId: pushCard.id, outcomes: [{ fundingAccountId, outcome: 'APPROVED' }] });
  return (await client.followPush(pushCard.id)) ?? 'The push is gone.';
}

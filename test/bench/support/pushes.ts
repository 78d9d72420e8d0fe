/** Pushes of one card each, by many holders, each under a key of its own. */
import { holderName } from './holders.js';
import { UNIQUE } from './load/plan.js';
import { documentNamed, graphqlAsk, onTheWire } from './load/requests.js';
import { ROOT } from './root.js';
import { requestorId } from './world/world-plan.js';

export const PUSHED = '"READY"';

/** @param tokens of holder 0, 1, … */
export function pushRequests(tokens: readonly string[]): string[] {
  const query = documentNamed(ROOT, 'PushCard');
  return tokens.map((token, holder) =>
    onTheWire(
      graphqlAsk({
        query,
        variables: {
          input: {
            idempotencyKey: UNIQUE,
            tokenRequestorId: requestorId(0),
            fundingAccountIds: [`${holderName(holder)}-card-1`],
          },
        },
        token,
      }),
    ),
  );
}

/** P4: a key that is used for something else, by somebody else, or not at all. */

import { TIDAL } from '../../../support/requestors.js';
import { exactly, type Figure, none } from '../../figure.js';
import type { Row } from '../../row.js';
import { postGraphQL } from '../../support/ask-graphql.js';
import { PUSH, pushInput } from '../../support/documents.js';
import { aliveFigures } from '../../support/load/load-figures.js';

const TRIES = 100;

type Input = Readonly<Record<string, unknown>>;

export const keysMisused: Row = {
  id: 'P4',
  title: `keys for other input, of others, and missing, ${TRIES} times each`,
  async run(scene) {
    await scene.postgres();
    const wish = { ranges: scene.stage.knownRanges };
    const [gateway, other] = [await scene.gateway(wish), await scene.gateway(wish)];
    const sends = async () => (await scene.stage.simulator.calls()).pushMultipleAccounts;
    await other.graphql(PUSH, { input: pushInput('used') });
    const amir = { url: gateway.url, token: await tokenOf(gateway.url, 'amir') };
    const used = pushInput('used');
    const { idempotencyKey: _, ...missing } = used;
    const before = await sends();
    return [
      await allEnd('other input', 'KEY_REUSED', gateway, (turn) => otherwise(turn, used)),
      await allEnd("another account holder's", 'FUNDING_ACCOUNT_NOT_FOUND', amir, () => used),
      await allEnd('without a key', 'BAD_USER_INPUT', gateway, (turn) =>
        turn % 2 === 0 ? missing : { ...missing, idempotencyKey: ['', null, ' ', 'a b', 7][turn % 5] },
      ),
      none('sends', (await sends()) - before),
      ...aliveFigures([gateway, other]),
    ];
  },
};

/** Each differs in one thing alone. */
function otherwise(turn: number, input: Input): Input {
  const differences: readonly Input[] = [
    { fundingAccountIds: ['card-2'] },
    { tokenRequestorId: TIDAL },
    { platform: 'WEB' },
    { locale: 'de_DE' },
    { pushAccountReceiptsValidityPeriod: 10 },
    { accountHolderData: ['NAME'] },
    { requestIssuerInitiatedDigitizationData: true },
    { callbackUrl: 'http://127.0.0.1/back' },
  ];
  return { ...input, ...differences[turn % differences.length] };
}

async function allEnd(
  what: string,
  code: string,
  target: { readonly url: string; readonly token: string },
  inputOf: (turn: number) => Input,
): Promise<Figure> {
  let right = 0;
  for (let turn = 0; turn < TRIES; turn += 1) {
    const { data, codes } = await postGraphQL(target, PUSH, { input: inputOf(turn) });
    if ((data?.pushCard?.code ?? codes.join()) === code) right += 1;
  }
  return exactly(`${what}: ${code}`, right, TRIES);
}

async function tokenOf(url: string, accountHolder: string): Promise<string> {
  const answer = await fetch(`${url}/demo/token?sub=${accountHolder}`);
  return ((await answer.json()) as { access_token: string }).access_token;
}

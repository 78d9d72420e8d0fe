/** V1: the card store answers 500, hangs, names somebody else's account, or sends 100 MB. */
import { atMost, type Figure, none, noneOf } from '../figure.js';
import type { Row } from '../row.js';
import type { Asked } from '../support/ask-graphql.js';
import { canonical, PUSH, pushInput, READ } from '../support/documents.js';
import type { GatewayChild } from '../support/gateway/gateway-child.js';
import { aliveFigures } from '../support/load/load-figures.js';

const FAULTS = ['500', 'hang', 'foreign-account', 'flood'];
const ENDS_WITHIN_MS = 2000;
const RSS_GROWTH_MB = 50;
const UNAVAILABLE = 'CARD_STORE_UNAVAILABLE';
const ACCOUNTS = '{ fundingAccounts { id label } }';
const OWN_REQUESTORS = '{ tokenRequestors { id } }';
/** Amir's: the account that a confused card store adds to susan's. */
const FOREIGN = /"card-1[1-9]"|Desert Bank/;

export const cardStore: Row = {
  id: 'V1',
  title: 'card store broken',
  async run(scene) {
    const { knownRanges, oracle, proxy } = scene.stage;
    const gateway = await scene.gateway();
    const [range = ''] = knownRanges;
    await gateway.graphql(ACCOUNTS);
    await gateway.graphql(READ, { ranges: [range] });
    const { rssMb } = await gateway.vitals();
    const answers: Asked[] = [];
    let wrong = 0;
    for (const fault of FAULTS) {
      await order(gateway, fault);
      const input = pushInput(`while ${fault}`.replaceAll(' ', '-'));
      const [accounts, own, push, explicit] = await Promise.all([
        gateway.graphql(ACCOUNTS),
        gateway.graphql(OWN_REQUESTORS),
        gateway.graphql(PUSH, { input }),
        gateway.graphql(READ, { ranges: [range] }),
      ]);
      answers.push(accounts, own, push);
      if (canonical(explicit.data?.tokenRequestors ?? []) !== oracle[range]) wrong += 1;
      await fetch(`${gateway.place.cardStoreUrl}/card-store/reset`, { method: 'POST' });
    }
    const healed = await gateway.graphql(ACCOUNTS);
    const after = await gateway.vitals();
    return [
      ...failures(answers),
      none('wrong answers for an explicit range', wrong),
      none('foreign accounts shown', answers.filter(({ text }) => FOREIGN.test(text)).length),
      none('pushes sent', proxy.calls('pushMultipleAccounts').length),
      atMost('RSS growth', after.rssMb - rssMb, RSS_GROWTH_MB, 'MB'),
      noneOf('errors once it is well', healed.codes),
      ...aliveFigures([gateway]),
    ];
  },
};

function failures(answers: readonly Asked[]): Figure[] {
  const others = answers
    .filter(({ codes }) => codes.join() !== UNAVAILABLE)
    .map(({ text }) => text.slice(0, 80));
  return [
    noneOf(`of ${answers.length} answers not ${UNAVAILABLE}`, others),
    atMost('slowest', Math.max(...answers.map(({ ms }) => ms)), ENDS_WITHIN_MS, 'ms'),
  ];
}

async function order(gateway: GatewayChild, fault: string): Promise<void> {
  const answer = await fetch(`${gateway.place.cardStoreUrl}/card-store/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ fault, times: 100 }),
  });
  if (!answer.ok) throw new Error(`the card store refuses the fault: ${await answer.text()}`);
}

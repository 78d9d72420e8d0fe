/** A5: one account holder sends 200 pushes at once while MDES takes 2 s for each, and others push too. */
import { setTimeout as sleep } from 'node:timers/promises';
import { atLeast, exactly, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { postGraphQL } from '../../support/ask-graphql.js';
import { PUSH, pushInput } from '../../support/documents.js';
import { aliveFigures } from '../../support/load/load-figures.js';

const FLOOD = 200;
const MDES_MS = 2000;
const OTHERS = 20;
const EVERY_MS = 200;

export const oneHoldersFlood: Row = {
  id: 'A5',
  title: `${FLOOD} pushes of one account holder at once, MDES ${MDES_MS / 1000} s slow, another's every ${EVERY_MS} ms`,
  async run(scene) {
    const gateway = await scene.gateway({ ranges: scene.stage.knownRanges });
    const amir = { url: gateway.url, token: await tokenOf(gateway.url, 'amir') };
    // So that the catalogue is there.
    await push(gateway, 'a5-first', 'card-1');
    await scene.stage.simulator.fault('pushMultipleAccounts', 'delay', FLOOD + OTHERS, MDES_MS);
    let ended = false;
    const flood = Promise.all(
      Array.from({ length: FLOOD }, (_, index) => push(gateway, `a5-flood-${index}`, 'card-1')),
    ).finally(() => {
      ended = true;
    });
    const others: Promise<string>[] = [];
    const more: Promise<string>[] = [];
    for (let index = 0; index < OTHERS; index++) {
      others.push(push(amir, `a5-other-${index}`, 'card-11'));
      // It goes on flooding: what is refused is asked for again.
      if (ended) more.push(push(gateway, `a5-more-${index}`, 'card-1'));
      await sleep(EVERY_MS);
    }
    const ends = await Promise.all(others);
    const floodEnds = await flood;
    await Promise.all(more);
    return [
      noneOf(
        `of ${OTHERS} pushes of the other not READY`,
        ends.filter((end) => end !== 'READY'),
      ),
      atLeast('refused of the flood', floodEnds.filter((end) => end === 'RATE_LIMITED').length, 1),
      noneOf(
        'of the flood neither READY nor RATE_LIMITED',
        floodEnds.filter((end) => end !== 'READY' && end !== 'RATE_LIMITED'),
      ),
      exactly('all answered', ends.length + floodEnds.length, OTHERS + FLOOD),
      ...aliveFigures([gateway]),
    ];
  },
};

async function push(
  pusher: { readonly url: string; readonly token: string },
  key: string,
  card: string,
): Promise<string> {
  const { data, codes } = await postGraphQL(pusher, PUSH, {
    input: { ...pushInput(key), fundingAccountIds: [card] },
  });
  return data?.pushCard?.status ?? data?.pushCard?.code ?? codes.join();
}

async function tokenOf(url: string, holder: string): Promise<string> {
  const answer = await fetch(`${url}/demo/token?sub=${holder}`);
  return ((await answer.json()) as { access_token: string }).access_token;
}

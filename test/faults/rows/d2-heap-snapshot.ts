/** D2: five seconds after 1,000 pushes no card number is left in the gateway's memory. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CanaryScanner, withLuhnDigit } from '../../support/canary.js';
import { type OwnAccount, startOwnCardStore } from '../../support/issuer/own-card-store.js';
import { atLeast, none } from '../figure.js';
import type { Row } from '../row.js';
import { PUSH, pushInput } from '../support/documents.js';
import type { GatewayChild } from '../support/gateway/gateway-child.js';
import { aliveFigures } from '../support/load/load-figures.js';

const CARDS = 40;
const PUSHES_OF_A_CARD = 25;
const AT_ONCE = 10;
const LEFT_ALONE_MS = 5000;
const RANGE = '52047400';
/** Of all numbers here, and of nothing else. */
const PREFIX = `${RANGE}91`;
/** Held on purpose: a search that finds no card number must find this one. */
const PLANTED = withLuhnDigit(`${PREFIX}99999`);
/** In every disguise; of the others, as they are. */
const SEARCHED_IN_ALL_FORMS = 3;

const cards = Array.from({ length: CARDS }, (_, index): OwnAccount => {
  const accountNumber = withLuhnDigit(`${PREFIX}${String(index).padStart(5, '0')}`);
  return { id: `card-${index}`, accountHolder: 'susan', range: RANGE, accountNumber };
});

export const heapSnapshot: Row = {
  id: 'D2',
  title: `heap snapshot ${LEFT_ALONE_MS / 1000} s after ${CARDS * PUSHES_OF_A_CARD} pushes`,
  async run(scene) {
    const store = await startOwnCardStore(cards);
    scene.owns(() => store.close());
    const environment = { ...store.environment, PUSH_LIMITS: 'off', RATE_LIMITS: 'off' };
    const gateway = await scene.gateway({ environment, ranges: scene.stage.knownRanges });
    const ends = await pushAll(gateway);
    await sleep(LEFT_ALONE_MS);
    const snapshot = await snapshotOf(gateway);
    const numbers = snapshot.match(new RegExp(`${PREFIX}\\d{6}`, 'g')) ?? [];
    const disguised = new CanaryScanner(
      cards
        .slice(0, SEARCHED_IN_ALL_FORMS)
        .map(({ id, accountNumber = '' }) => ({ name: id, value: accountNumber })),
    );
    return [
      atLeast('pushes READY', ends.filter((end) => end === 'READY').length, CARDS * PUSHES_OF_A_CARD),
      atLeast('places of the number that was planted', numbers.filter((one) => one === PLANTED).length, 1),
      none('card numbers in the heap', new Set(numbers.filter((one) => one !== PLANTED)).size),
      none('disguised card numbers', disguised.scan('the heap', snapshot).length),
      ...aliveFigures([gateway]),
    ];
  },
};

async function pushAll(gateway: GatewayChild): Promise<string[]> {
  const inputs = cards.flatMap(({ id }) =>
    Array.from({ length: PUSHES_OF_A_CARD }, (_, time) => ({
      ...pushInput(`d2-${id}-${time}`),
      fundingAccountIds: [id],
    })),
  );
  const ends: string[] = [];
  while (inputs.length > 0) {
    const answers = await Promise.all(
      inputs.splice(0, AT_ONCE).map((input) => gateway.graphql(PUSH, { input })),
    );
    ends.push(...answers.map(({ data, codes }) => data?.pushCard?.status ?? codes.join()));
  }
  return ends;
}

async function snapshotOf(gateway: GatewayChild): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'd2-'));
  try {
    const file = join(folder, 'gateway.heapsnapshot');
    await gateway.snapshot(file, PLANTED);
    return readFileSync(file, 'latin1');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

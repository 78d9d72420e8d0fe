/** L7: every statement to the ledger's database is lost, late or doubled on its way, or its answer is. */
import { setTimeout as sleep } from 'node:timers/promises';
import { atLeast, type Figure, none, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { eventually } from '../../support/eventually.js';
import { DatabaseProxy, type Fate } from '../../support/ledger/database-proxy.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import { only } from '../../support/mdes/behaviours.js';
import { pass } from '../../support/mdes/exchange.js';
import { arrivals, type Pushed, pushWithKey } from '../../support/pushes/keyed-pushes.js';

const FATES: readonly Fate[] = ['LOST', 'ANSWER_LOST', 'LATE', 'ANSWER_LATE', 'DOUBLED'];
const STATEMENTS = ['ledger-reserve', 'ledger-mark-sent', 'ledger-conclude', 'ledger-release'] as const;
const EACH = 10;
/** What was held back has arrived, and what was to be told later has been. */
const SETTLED_MS = 3000;
const READY_WITHIN_MS = 5000;
/** "Not now, and nothing has happened": what MDES's API gateway says to a call that it turns away. */
const BUSY = 429;

export const answersLateAndLost: Row = {
  id: 'L7',
  title: `each statement to the ledger's database lost, late, doubled, ${EACH} times each`,
  async run(scene) {
    const { stage } = scene;
    const database = await scene.postgres();
    const proxy = await DatabaseProxy.start(database.port);
    scene.owns(() => proxy.close());
    const wish = { ranges: stage.knownRanges };
    const other = await scene.gateway(wish);
    const gateway = await scene.gateway({ ...wish, environment: { LEDGER_URL: proxy.url } });
    const isReady = async () => (await gateway.readiness()).ledger === 'ready';
    const words = new Map<string, Pushed>();
    const unstruck: string[] = [];
    for (const statement of STATEMENTS) {
      // Only what was not carried out is released.
      const turnedAway = statement === 'ledger-release';
      stage.proxy.behave(turnedAway ? only(['pushMultipleAccounts'], busy) : pass);
      for (const fate of FATES) {
        const before = proxy.strikes;
        for (let turn = 0; turn < EACH; turn += 1) {
          await eventually(isReady, READY_WITHIN_MS);
          proxy.strike({ statement, fate });
          const key = `l7-${statement}-${fate}-${turn}`;
          words.set(key, await pushWithKey(gateway, key));
          proxy.strike();
        }
        if (proxy.strikes === before) unstruck.push(`${statement} ${fate}`);
      }
    }
    stage.proxy.behave(pass);
    await sleep(SETTLED_MS);
    const first = arrivals(stage);
    const replays = new Map<string, Pushed>();
    for (const key of words.keys()) replays.set(key, await pushWithKey(other, key));
    const last = arrivals(stage);
    return [
      atLeast('statements struck', proxy.strikes, FATES.length * STATEMENTS.length),
      noneOf('never struck', unstruck),
      ...agreement(words, replays, first, last),
      ...aliveFigures([gateway, other]),
    ];
  },
};

const busy = ({ response }: { readonly response: import('node:http').ServerResponse }) =>
  response.writeHead(BUSY, { 'content-type': 'application/json' }).end(
    JSON.stringify({
      Errors: {
        Error: [{ Source: 'Gateway', ReasonCode: 'LIMIT', Description: 'later', Recoverable: true }],
      },
    }),
  );

type Count = (key: string) => number;

function agreement(
  words: ReadonlyMap<string, Pushed>,
  replays: ReadonlyMap<string, Pushed>,
  first: Count,
  last: Count,
): Figure[] {
  const keys = [...words.keys()];
  const isTurnedAway = (key: string) => key.includes('ledger-release');
  const odd = keys.flatMap((key) => {
    const [word, replay] = [words.get(key), replays.get(key)];
    const sent = isTurnedAway(key) ? 0 : first(key);
    const kind = `${key.replace(/-\d+$/, '')}: ${word?.end}, sent ${sent}, then ${replay?.end}`;
    if (word?.end === 'READY') return sent === 1 && replay?.id === word.id ? [] : [kind];
    // An error means that nothing was pushed, and that the same key pushes.
    return word?.id === null && sent === 0 && replay?.end === 'READY' ? [] : [kind];
  });
  const ready = keys.filter((key) => words.get(key)?.end === 'READY').length;
  const most = (key: string) => (isTurnedAway(key) ? first(key) + 1 : 1);
  return [
    noneOf(`of ${keys.length} keys (${ready} READY) whose word, end and sends disagree`, odd),
    none('keys sent again', keys.filter((key) => last(key) > most(key)).length),
  ];
}

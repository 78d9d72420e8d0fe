/** G2: the attack corpus, each request by itself, then five at a time beside health probes. */
import { CLASSES } from '../../../security/documents/attack-corpus.js';
import { faultsOfRefusal, type RawRequest, send } from '../../../support/raw-http.js';
import { atLeast, atMost, none, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { aliveFigures } from '../../support/load/load-figures.js';

const REFUSED_MS = 100;
const ANSWER_BYTES = 4096;
const PROBE_P99_MS = 200;
/** What something else on the machine spoiled is taken again. */
const TRIES = 4;
const AT_ONCE = 5;
const ROUNDS = 5;

export const attackCorpus: Row = {
  id: 'G2',
  title: 'attack corpus',
  async run(scene) {
    const gateway = await scene.gateway({ environment: { EXPLORER: 'off' } });
    const attacks = Object.entries(CLASSES).flatMap(([kind, some]) =>
      some.map((attack) => ({ ...attack, kind })),
    );
    const authorization = `Bearer ${gateway.token}`;
    const ask = (attack: RawRequest) =>
      send(gateway.url, { ...attack, headers: { authorization, ...attack.headers } });
    const faults: string[] = [];
    let [slowest, largest, serverErrors] = [0, 0, 0];
    for (const attack of attacks) {
      let fastest = Number.POSITIVE_INFINITY;
      for (let tried = 0; tried < TRIES && fastest > REFUSED_MS; tried++) {
        const answer = await ask(attack).catch(() => undefined);
        // Who goes on sending what is far too large may find the connection closed before the answer: the next try tells.
        if (answer === undefined) continue;
        fastest = Math.min(fastest, answer.milliseconds);
        largest = Math.max(largest, answer.bytes.length);
        if (answer.status >= 500) serverErrors += 1;
        faults.push(...faultsOfRefusal(answer).map((fault) => `${attack.kind}, ${attack.name}: ${fault}`));
      }
      slowest = Math.max(slowest, fastest);
    }
    const probe = await probed(gateway.url, async () => {
      for (let round = 0; round < ROUNDS; round++) {
        for (let at = 0; at < attacks.length; at += AT_ONCE) {
          await Promise.all(
            attacks.slice(at, at + AT_ONCE).map((attack) => ask(attack).catch(() => undefined)),
          );
        }
      }
    });
    return [
      atLeast('kinds', Object.keys(CLASSES).length, 14),
      atLeast('attacks', attacks.length, 80),
      noneOf('not well refused', faults),
      none('5xx', serverErrors),
      atMost('slowest', slowest, REFUSED_MS, 'ms'),
      atMost('largest answer', largest, ANSWER_BYTES, 'bytes'),
      atMost('p99 of health probes beside them', probe, PROBE_P99_MS, 'ms'),
      ...aliveFigures([gateway]),
    ];
  },
};

/** The p99 of probes that run as long as the work does, a connection each. */
async function probed(url: string, work: () => Promise<void>): Promise<number> {
  const waits: number[] = [];
  let going = true;
  const probing = (async () => {
    while (going) waits.push((await send(url, { method: 'GET', path: '/livez' })).milliseconds);
  })();
  await work();
  going = false;
  await probing;
  return waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.99)] ?? Number.NaN;
}

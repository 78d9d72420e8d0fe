/** M3: a tenth of the calls to MDES breaks off: before the headers, in the body, or by an early end. */
import { setTimeout as sleep } from 'node:timers/promises';
import { atMost, exactly, type Figure, none, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { PUSH, pushInput } from '../../support/documents.js';
import type { GatewayChild } from '../../support/gateway/gateway-child.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import { count, errorsOf, keysOf, pushesOf, readsOf } from '../../support/load/samples.js';
import { underLoad } from '../../support/load/under-load.js';
import { everyNth, resetBeforeHeaders, resetMidBody, shortFin } from '../../support/mdes/behaviours.js';
import { pass } from '../../support/mdes/exchange.js';
import { arrivals } from '../../support/pushes/keyed-pushes.js';
import type { Scene } from '../../support/scene.js';

const FAULTS = [resetBeforeHeaders, resetMidBody, shortFin];
const EACH_MS = 4000;
/** 10% */
const EVERY = 10;
const CALLS_PER_READ = 3;

export const connectionsBreak: Row = {
  id: 'M3',
  title: 'a tenth of the calls to MDES breaks off',
  async run(scene) {
    const { proxy } = scene.stage;
    const gateway = await scene.gateway();
    const struck = new Set<string>();
    let strikes = 0;
    const trial = await underLoad(scene, {
      gateways: [gateway],
      async fault() {
        for (const fault of FAULTS) {
          const strike = everyNth(EVERY, (exchange) => {
            strikes += 1;
            if (exchange.operation === 'pushMultipleAccounts') struck.add(exchange.requestId ?? '');
            return fault(exchange);
          });
          proxy.behave(strike);
          await sleep(EACH_MS);
        }
        proxy.behave(pass);
      },
    });
    const reads = readsOf(trial.since);
    const pushes = pushesOf(trial.all);
    const sent = arrivals(scene.stage);
    const unknown = pushes.flatMap(({ push }) => (push?.status === 'UNKNOWN' ? (push.id ?? '') : []));
    const calls = proxy.calls('getEligibleTokenRequestors').length;
    return [
      none('drops', count(trial.all, 'drop')),
      none('wrong reads', count(reads, 'wrong')),
      noneOf(`read errors, ${strikes} calls broken`, errorsOf(reads)),
      atMost('upstream catalogue calls', calls, keysOf(trial.all) * CALLS_PER_READ),
      none('keys sent twice', pushes.filter(({ push }) => sent(push?.key ?? '') > 1).length),
      exactly(`pushes UNKNOWN, of ${pushes.length}`, unknown.length, struck.size),
      none('of them not struck', unknown.filter((id) => !struck.has(id)).length),
      ...(await refusedFigures(scene, gateway)),
      ...aliveFigures([gateway]),
    ];
  },
};

/** Where no connection stands, no byte was written: it is not UNKNOWN, and the same key can be used again. */
async function refusedFigures({ stage: { proxy } }: Scene, gateway: GatewayChild): Promise<Figure[]> {
  const input = pushInput('refused-connection');
  await proxy.refuse();
  const refused = await gateway.graphql(PUSH, { input });
  await proxy.accept();
  const again = await gateway.graphql(PUSH, { input });
  return [
    exactly('push while refused', refused.codes.join(), 'UPSTREAM_UNAVAILABLE'),
    exactly('with the same key again', String(again.data?.pushCard?.status), 'READY'),
  ];
}

/** A3: strangers who send the dearest document 400 times a second, without a token and with a garbled one. */

import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { atMost, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { costlyDocuments } from '../../support/documents.js';
import { aliveFigures } from '../../support/load/load-figures.js';

const PER_SECOND = 400;
const SECONDS = 4;
const CPU_MS = 0.3;
const READY_P99_MS = 50;
const GARBLED =
  'Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ.eyJzdWIiOiJzdXNhbiIsImV4cCI6OTk5OTk5OTk5OX0.c2lnbmF0dXJl';

export const strangers: Row = {
  id: 'A3',
  title: 'a flood of dear documents without a good token',
  async run(scene) {
    const gateway = await scene.gateway({ environment: { EXPLORER: 'off' } });
    const dearest = costlyDocuments().reduce((a, b) => (a.query.length > b.query.length ? a : b));
    const pool = new Pool(gateway.url, { connections: 50 });
    scene.owns(() => pool.destroy());
    const flood = (headers: Readonly<Record<string, string>>) => {
      const ask = async () => {
        const { statusCode, body } = await pool.request({
          ...{ method: 'POST', path: '/graphql', body: JSON.stringify(dearest) },
          headers: { 'content-type': 'application/json', ...headers },
        });
        await body.text();
        return String(statusCode);
      };
      return steadily(ask);
    };
    const kinds = { 'without a token': {}, 'with a garbled one': { authorization: GARBLED } };
    await flood(kinds['without a token']);
    await flood(kinds['with a garbled one']);
    const figures = [];
    for (const [name, headers] of Object.entries(kinds)) {
      const waits: number[] = [];
      const [statuses, spent] = await gateway.cpuOf(async () => {
        const flooding = flood(headers);
        for (let index = 0; index < 20 * SECONDS; index++) {
          const startedAt = performance.now();
          await gateway.readiness();
          waits.push(performance.now() - startedAt);
          await sleep(50);
        }
        return flooding;
      });
      waits.sort((a, b) => a - b);
      figures.push(
        atMost(`CPU each, ${name}`, spent / statuses.length, CPU_MS, 'ms'),
        atMost('p99 of /readyz', waits[Math.ceil(waits.length * 0.99) - 1] ?? 0, READY_P99_MS, 'ms'),
        noneOf(
          'answers but 401',
          statuses.filter((status) => status !== '401'),
        ),
      );
    }
    return [...figures, ...aliveFigures([gateway])];
  },
};

/** Each when its turn has come, whether or not those before it have been answered. */
async function steadily(ask: () => Promise<string>): Promise<string[]> {
  const startedAt = performance.now();
  const asked: Promise<string>[] = [];
  while (performance.now() - startedAt < SECONDS * 1000) {
    const due = ((performance.now() - startedAt) * PER_SECOND) / 1000;
    while (asked.length < due) asked.push(ask());
    await sleep(2);
  }
  return Promise.all(asked);
}

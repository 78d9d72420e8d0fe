/** J3: tokens that somebody forged, bent or stole: none is accepted, none breaks anything, the log says why, and good ones go on. */

import { headersOf } from '../../../security/access/tokens/bad-token.js';
import { BAD_TOKENS } from '../../../security/access/tokens/bad-tokens.js';
import { refusalsIn } from '../../../support/issuer/refusal-lines.js';
import { startTokenForge } from '../../../support/issuer/token-forge.js';
import { faultsOfRefusal, type RawAnswer, send } from '../../../support/raw-http.js';
import { atLeast, atMost, exactly, none, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { aliveFigures } from '../../support/load/load-figures.js';

const AT_ONCE = 20;
const FLOOD = 1000;
/** Of each reason one in ten seconds. */
const MOST_LINES_OF_A_FLOOD = 3;

export const badTokens: Row = {
  id: 'J3',
  title: 'token attack corpus',
  async run(scene) {
    const forge = await startTokenForge();
    scene.owns(async () => forge.close());
    const gateway = await scene.gateway({
      environment: { EXPLORER: 'off', LOG_LEVEL: 'debug', ...forge.environment },
    });
    const ask = (headers: Readonly<Record<string, string | string[]>>): Promise<RawAnswer> =>
      send(gateway.url, {
        headers: { 'content-type': 'application/json', ...headers },
        body: '{"query":"{__typename}"}',
      });
    const good = await forge.sign();
    const signedIn = async () => (await ask({ authorization: `Bearer ${good}` })).status;

    const answers: { readonly name: string; readonly reason: string; readonly answer: RawAnswer }[] = [];
    for (let at = 0; at < BAD_TOKENS.length; at += AT_ONCE) {
      const some = BAD_TOKENS.slice(at, at + AT_ONCE).map(async (bad) => ({
        name: bad[0],
        reason: bad[1],
        answer: await ask(await headersOf(bad, forge, gateway.url)),
      }));
      answers.push(...(await Promise.all(some)));
    }
    const log = () => refusalsIn(gateway.log.split('\n'));
    const saidAtInfo = () => log().filter(({ level }) => level === 'info').length;
    const before = saidAtInfo();
    for (let at = 0; at < FLOOD; at += AT_ONCE) {
      await Promise.all(Array.from({ length: AT_ONCE }, () => ask({ authorization: 'Bearer garbage' })));
    }
    const told = new Map(log().map(({ traceId, reason }) => [traceId, reason]));
    const status = (is: (status: number) => boolean) =>
      answers.filter(({ answer }) => is(answer.status)).map(({ name }) => name);
    return [
      atLeast('tokens', BAD_TOKENS.length, 150),
      noneOf(
        'accepted',
        status((code) => code < 400),
      ),
      noneOf(
        '5xx',
        status((code) => code >= 500),
      ),
      noneOf(
        'not well refused',
        answers.flatMap(({ name, answer }) => faultsOfRefusal(answer).map((fault) => `${name}: ${fault}`)),
      ),
      noneOf(
        'another reason in the log',
        answers
          .filter(({ reason, answer }) => told.get(String(answer.headers['x-trace-id'])) !== reason)
          .map(({ name }) => name),
      ),
      none('tokens in the log', gateway.log.match(/eyJ[\w-]{20}/g)?.length ?? 0),
      atMost(`lines at info of ${FLOOD} more`, saidAtInfo() - before, MOST_LINES_OF_A_FLOOD),
      exactly('a good one after them', await signedIn(), 200),
      ...aliveFigures([gateway]),
    ];
  },
};

/** What somebody sees who comes back while the gateway cannot take what the wallet says. */
import { describe, expect, it } from '@jest/globals';
import Fastify from 'fastify';
import { GatewayError } from '../../../src/domain/gateway-error.js';
import { createLogger } from '../../../src/observability/logger.js';
import type { PushHistory } from '../../../src/push/push-history.js';
import { handleHttpErrors } from '../../../src/server/pipeline/http-errors.js';
import { registerCallback } from '../../../src/server/routes/callback.js';
import { callbackUrl } from '../../../src/server/routes/callback-target.js';
import { UNAUDITED } from '../../support/push/unaudited.js';

const ID = '4d0f6f4e-6a3c-4b7e-9b1d-2f1f6f1d0c11';
const PATH = callbackUrl('', ID, 'x'.repeat(22));

async function answerWhere(recordReturn: PushHistory['recordReturn'], accept = 'text/html') {
  const app = Fastify();
  const log = createLogger('silent');
  handleHttpErrors(app, log);
  const pushHistory = { recordReturn } as unknown as PushHistory;
  await registerCallback(app, { pushHistory, audit: UNAUDITED.audit, log });
  try {
    const answer = await fetch((await app.listen({ port: 0 })) + PATH, { headers: { accept } });
    return { status: answer.status, headers: answer.headers, body: await answer.text() };
  } finally {
    await app.close();
  }
}

const away = async () => {
  throw new GatewayError('LEDGER_UNAVAILABLE', 'Try again shortly.', { retryAfterSeconds: 7 });
};
const broken = async () => {
  throw new TypeError(`a fault of ours, with results[${ID}]`);
};

describe('a way back that cannot be taken', () => {
  it.each([
    ['the ledger is away', away, 503, '7'],
    ['something breaks', broken, 500, null],
  ])('because %s is a page that asks to be loaded again', async (_why, recordReturn, status, retryAfter) => {
    const answer = await answerWhere(recordReturn);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, retryAfter]);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.body).toContain('<h1>One moment</h1>');
    expect(answer.body).not.toContain(ID);
  });

  it('is JSON for who asks for it', async () => {
    const { headers, body } = await answerWhere(away, 'application/json');
    expect([headers.get('content-type'), headers.get('cache-control')]).toEqual([
      'application/json; charset=utf-8',
      'no-store',
    ]);
    expect(JSON.parse(body)).toMatchObject({
      errors: [{ extensions: { code: 'LEDGER_UNAVAILABLE', retryAfter: 7 } }],
    });
  });
});

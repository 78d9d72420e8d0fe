/** When the typed client tries again by itself, with what, and when it does not. */
import { describe, expect, test } from '@jest/globals';
import {
  createTokenConnectClient,
  type RepeatOptions,
  TokenConnectError,
} from '../../../src/client/index.js';

const INPUT = { idempotencyKey: 'tap-1', tokenRequestorId: '50130000001', fundingAccountIds: ['card-1'] };
const PUSHED = { data: { pushCard: { __typename: 'Push', id: 'push-1' } } };
const unavailable = (retryAfter: number, path = ['pushCard']) => ({
  data: null,
  errors: [{ message: 'Later', path, extensions: { code: 'LEDGER_UNAVAILABLE', retryAfter } }],
});
const refused = (rule: object) => ({ data: { pushCard: { __typename: 'PushRefusal', ...rule } } });

/** Answers in this order, the last for ever; an Error is a connection that breaks, a number an HTTP status without GraphQL. */
function tryPush(answers: readonly (object | number | Error)[], repeat?: RepeatOptions) {
  const bodies: string[] = [];
  const client = createTokenConnectClient({
    url: 'http://gateway.test/graphql',
    token: 't',
    ...(repeat && { repeat }),
    fetch: async (_url, init) => {
      const answer = answers[Math.min(bodies.length, answers.length - 1)];
      bodies.push(String(init?.body));
      if (answer instanceof Error) throw answer;
      if (typeof answer === 'number') return new Response('<html>', { status: answer });
      return Response.json(answer);
    },
  });
  const push = (signal?: AbortSignal) => client.PushAndHandOff({ input: INPUT }, undefined, signal);
  return { bodies, push };
}

describe('the typed client tries again', () => {
  test('after retryAfter seconds, with the same idempotency key', async () => {
    const { bodies, push } = tryPush([unavailable(0), unavailable(0.01), PUSHED]);
    expect(await push()).toEqual(PUSHED.data);
    expect(bodies).toHaveLength(3);
    expect(new Set(bodies).size).toBe(1);
    expect(JSON.parse(bodies[0] ?? '').variables.input.idempotencyKey).toBe('tap-1');
  });

  test.each([
    ['the connection breaks', new TypeError('fetch failed')],
    ['a proxy on the way has nobody to ask', 503],
    ['a refusal allows the same key', refused({ retryRule: 'SAME_KEY' })],
    ['a refusal of the older document is retryable', refused({ retryable: true })],
  ])('when %s', async (_, first) => {
    const { bodies, push } = tryPush([first, PUSHED]);
    expect(await push()).toEqual(PUSHED.data);
    expect(new Set(bodies).size).toBe(1);
    expect(bodies).toHaveLength(2);
  });
});

describe('the typed client does not try again', () => {
  test.each(['NEW_KEY', 'AFTER_CHANGE', 'NEVER'])('after a refusal whose rule is %s', async (retryRule) => {
    const { bodies, push } = tryPush([refused({ retryRule, retryable: false })]);
    expect((await push()).pushCard).toMatchObject({ retryRule });
    expect(bodies).toHaveLength(1);
  });

  test.each([
    [
      'the caller is at fault',
      { errors: [{ message: 'No', path: ['pushCard'], extensions: { code: 'KEY_REUSED' } }] },
    ],
    ['a part of the answer is there', unavailable(0, ['pushCard', 'tokenRequestor'])],
    ['it would take longer than its patience', unavailable(3600)],
    ['what answers is no gateway', 404],
  ])('when %s', async (_, answer) => {
    const { bodies, push } = tryPush([answer]);
    await expect(push()).rejects.toBeInstanceOf(TokenConnectError);
    expect(bodies).toHaveLength(1);
  });

  test('more often than it was told', async () => {
    const { bodies, push } = tryPush([unavailable(0)], { times: 4 });
    await expect(push()).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE', retryAfter: 0 });
    expect(bodies).toHaveLength(5);
  });

  test('once it is given up, however long it was going to wait', async () => {
    const { bodies, push } = tryPush([unavailable(5)]);
    const given = new AbortController();
    const pushing = push(given.signal);
    setTimeout(() => given.abort(new Error('the page is gone')), 20);
    await expect(pushing).rejects.toThrow('the page is gone');
    expect(bodies).toHaveLength(1);
  });
});

/** What a stranger wrote, as a log line shows it. */
import { expect, it } from '@jest/globals';
import { shown, TokenRefused } from '../../../src/server/sign-in/refusal-reason.js';

it.each<[what: string, value: unknown, said: string]>([
  ['nothing', undefined, 'nothing'],
  ['a text', 'https://bank.example/', 'https://bank.example/'],
  ['nothing in it', '', ''],
  ['null', null, 'null'],
  ['a list', ['a', 1], '["a",1]'],
  ['what JSON knows nothing of', () => 0, 'function'],
  ['a token', 'x eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln-_x y', 'x [token] y'],
  ['two tokens', 'eyJa,eyJb', '[token],[token]'],
  ['eight digits', '12345678', '12345678'],
  ['nine digits', 'no 123456789.', 'no [digits].'],
  ['a card number in groups', '5204 7400-00001002 and 520474000000100', '[digits] and [digits]'],
  ['digits apart', '1  2  3  4  5  6  7  8  9', '1  2  3  4  5  6  7  8  9'],
  ['line ends, and what is no ASCII', 'a\nb\u0000c\u007fdäe~ f', 'a?b?c?d?e~ f'],
  ['a long text', 'a'.repeat(101), 'a'.repeat(100)],
  ['a number cut by the end of a long text', `${'a'.repeat(95)}5204740000001002`, `${'a'.repeat(95)}[digi`],
  ['a token that begins late in a long text', `${'a'.repeat(98)}eyJx`, `${'a'.repeat(98)}[t`],
])('%s', (_, value, said) => {
  expect(shown(value)).toBe(said);
});

it('a refusal says its reason, and nothing more where nothing is to be told', () => {
  const refused = new TokenRefused('EXPIRED');
  expect([refused.name, refused.message, refused.reason, refused.details]).toEqual([
    'TokenRefused',
    'EXPIRED',
    'EXPIRED',
    {},
  ]);
  expect(new TokenRefused('KEY_UNKNOWN', { found: 'x' }).details).toEqual({ found: 'x' });
});

/** A secret is printed by nothing, and the log masks what looks like a card number. */
import { format, inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/domain/secret.js';
import { createLogger, maskCardNumbers } from '../../../src/observability/logger.js';

const PAN = '5412346789012345';

describe('a secret', () => {
  const secret = new Secret(PAN);

  it('is printed by nothing', () => {
    const lines: string[] = [];
    const log = createLogger('trace', { write: (line: string) => lines.push(line) });
    log.info({ secret, deep: { er: [{ secret }] } }, `text ${secret}`);
    log.error({ err: Object.assign(new Error(`failed ${secret}`), { secret }) });
    const printed = [
      `${secret}`,
      String(secret),
      JSON.stringify({ secret }),
      inspect({ secret }, { showHidden: true, depth: 9, getters: true }),
      format('%s %o %O %j', secret, secret, secret, secret),
      JSON.stringify(structuredClone({ secret })),
      ...lines,
    ];
    expect(printed.filter((text) => text.includes(PAN))).toEqual([]);
    expect(lines).toHaveLength(2);
    expect(secret.reveal()).toBe(PAN);
  });
});

describe('the net under the log', () => {
  it('masks what looks like a card number and leaves times and ids alone', () => {
    expect(maskCardNumbers('a 5555555555554444 b')).toBe('a [PAN] b');
    expect(maskCardNumbers('{"time":"2026-11-23T04:45:55.123Z","n":1795000000000}')).toContain(
      '1795000000000',
    );
    expect(maskCardNumbers('5555555555554445')).toBe('5555555555554445');
  });

  it('leaves a line that is JSON as JSON', () => {
    const line = JSON.stringify({ ms: 4.5, text: 'no 5555555555554444', nested: '{"a":5555555555554444}' });
    const masked = maskCardNumbers(
      line.replace('4.5', '4.555555555555444').replace('}"}', '}","n":5555555555554444}'),
    );
    expect(JSON.parse(masked)).toEqual({
      ms: 4.555555555555444,
      text: 'no [PAN]',
      nested: '{"a":[PAN]}',
      n: '[PAN]',
    });
  });
});

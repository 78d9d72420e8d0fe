/** A secret is printed by nothing. */
import { format, inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/domain/secret.js';
import { createLogger } from '../../../src/observability/logger.js';

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

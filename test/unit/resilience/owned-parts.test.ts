/** A whole closes its parts in reverse order of their making, whatever becomes of one of them. */
import { describe, expect, it } from '@jest/globals';
import { createLogger } from '../../../src/observability/logger.js';
import { assemble, type OwnedParts } from '../../../src/resilience/owned-parts.js';

const lines: string[] = [];
const log = createLogger('info', { write: (line) => void lines.push(line) });

function abc(closed: string[], owned: OwnedParts): { readonly name: string } {
  for (const name of ['a', 'b', 'c']) {
    owned.add(name, async (part) => {
      closed.push(part);
      if (part === 'b') throw new Error('b is stuck');
    });
  }
  return { name: 'abc' };
}

describe('a whole of parts', () => {
  it('closes them in reverse order, once, and one that does not close keeps none open', async () => {
    const closed: string[] = [];
    let parts: OwnedParts | undefined;
    const whole = await assemble(log, async (owned) => {
      parts = owned;
      return abc(closed, owned);
    });
    expect([whole.name, parts?.isClosing]).toEqual(['abc', false]);
    await Promise.all([whole.close(), whole.close()]);
    expect([closed, parts?.isClosing]).toEqual([['c', 'b', 'a'], true]);
    expect(lines.filter((line) => line.includes('a part did not close'))).toHaveLength(1);
  });

  it('that cannot be made closes what was made of it, and says why', async () => {
    const closed: string[] = [];
    const made = assemble(log, async (owned) => {
      abc(closed, owned);
      throw new Error('no port is free');
    });
    await expect(made).rejects.toThrow('no port is free');
    expect(closed).toEqual(['c', 'b', 'a']);
  });
});

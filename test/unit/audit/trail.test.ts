/** What a trail writes, and what it does when there is no room. */
import { describe, expect, it } from '@jest/globals';
import { auditKey, MemorySink, recordsIn, trailInto, verdictOf } from '../../support/audit.js';
import { withLuhnDigit } from '../../support/canary.js';

const NUMBER = withLuhnDigit('541333000000000');

describe('an audit line', () => {
  it('names account holder and accounts by keyed hashes: the same for the same, another under another key', () => {
    const [one, two] = [new MemorySink(), new MemorySink()];
    const event = { action: 'push.asked', accountHolder: 'susan', accounts: ['card-1', 'susan'] } as const;
    const { trail, key } = trailInto(one);
    trail.record(event);
    trail.record(event);
    trailInto(two).trail.record(event);
    const [first, second] = recordsIn(one.lines.join('\n'));
    const [other] = recordsIn(two.lines.join('\n'));
    expect([...one.lines, ...two.lines].join()).not.toMatch(/susan|card-1/);
    expect(first?.['holder']).toBe(second?.['holder']);
    expect(first?.['accounts']).toEqual([key.hide('account', 'card-1'), key.hide('account', 'susan')]);
    expect([first?.['holder'], other?.['holder']]).not.toContain(undefined);
    expect(first?.['holder']).toBe(key.hide('account-holder', 'susan'));
    expect(new Set([first?.['holder'], other?.['holder'], key.hide('account', 'susan')]).size).toBe(3);
  });

  it('names nobody where nobody is known', () => {
    const sink = new MemorySink();
    trailInto(sink).trail.record({ action: 'sign-in.refused', accountHolder: null });
    expect(Object.keys(recordsIn(sink.lines.join('\n'))[0] ?? {})).not.toContain('holder');
  });

  it('is one line of ASCII, whatever an issuer calls its apps, and holds no card number', async () => {
    const sink = new MemorySink();
    const { trail, key } = trailInto(sink);
    const client = `app\u2028","mac":"x\n\u00e9\u{1f600} ${NUMBER}"}`;
    trail.record({ action: 'data.read', details: { client, number: Number(NUMBER) } });
    await trail.close();
    expect(sink.lines.join('')).toMatch(/^[\x20-\x7e]*$/);
    const [read] = recordsIn(sink.lines.join('\n'));
    expect(read).toMatchObject({ client: client.replace(/\d{16}/, '[PAN]'), number: '[PAN]' });
    expect(verdictOf(sink.lines, [key]).faults).toEqual([]);
  });
});

describe('a trail without room', () => {
  it('counts what it loses, in the chain and in the log, and is failing meanwhile', async () => {
    const sink = new MemorySink();
    const { trail, key, logged } = trailInto(sink, auditKey());
    trail.record({ action: 'data.read' });
    expect(trail.state()).toBe('ready');
    sink.room = 0;
    trail.record({ action: 'push.asked' });
    trail.record({ action: 'push.ended' });
    expect(trail.state()).toBe('failing');
    // The next event finds room for the count alone.
    sink.room = 1;
    trail.record({ action: 'limit.hit' });
    sink.room = 10;
    trail.record({ action: 'push.refused' });
    expect(trail.state()).toBe('ready');
    await trail.close();
    const records = recordsIn(sink.lines.join('\n'));
    expect(records.map(({ action, lines }) => [action, lines])).toEqual([
      ['data.read', undefined],
      ['lines.lost', 2],
      ['lines.lost', 1],
      ['push.refused', undefined],
      ['process.stopped', undefined],
    ]);
    expect(logged.map(({ event, lines }) => [event, lines])).toEqual([
      ['audit.failing', undefined],
      ['audit.lost', 2],
      ['audit.lost', 1],
    ]);
    expect(verdictOf(sink.lines, [key])).toMatchObject({ faults: [], lost: 3 });
  });

  it('writes nothing before the count of what it lost', () => {
    const sink = new MemorySink();
    const write = sink.write.bind(sink);
    const { trail, key } = trailInto(sink);
    sink.write = (line) => !/"action":"(push\.asked|lines\.lost)"/.test(line) && write(line);
    for (const action of ['data.read', 'push.asked', 'limit.hit'] as const) trail.record({ action });
    expect(recordsIn(sink.lines.join('\n')).map(({ action }) => action)).toEqual(['data.read']);
    sink.write = write;
    trail.record({ action: 'data.read' });
    expect(verdictOf(sink.lines, [key])).toMatchObject({ lines: 3, lost: 2 });
  });

  it('says that its sink fails while lines still find room', () => {
    const sink = new MemorySink();
    const { trail, logged } = trailInto(sink);
    sink.well = false;
    trail.record({ action: 'data.read' });
    expect([trail.state(), logged.length]).toEqual(['failing', 1]);
    sink.well = true;
    expect(trail.state()).toBe('ready');
  });
});

/** Whatever is done to audit lines is seen, at the line where it was done. */
import { describe, expect, it } from '@jest/globals';
import { LINE_START } from '../../../src/audit/chain.js';
import { auditKey, MemorySink, trailInto, verdictOf } from '../../support/audit.js';

const key = auditKey();

/** A clean chain: its start, some events, its end. */
async function chainOf(events: number, sink = new MemorySink()): Promise<string[]> {
  const { trail } = trailInto(sink, key);
  const details = { program: 'gateway', host: 'here', pid: 7 };
  trail.record({ action: 'process.started', details });
  for (let n = 0; n < events; n++) trail.record({ action: 'data.read', result: 'OK', details: { n } });
  await trail.close();
  return sink.lines;
}

const faultsOf = (lines: readonly string[], more?: { readonly isPart: boolean }) =>
  verdictOf(lines, [key], more).faults.map(({ at, what }) => `${at} ${what}`);

describe('lines as they were written', () => {
  it('are whole, among other lines and behind what a collector puts before each', async () => {
    const lines = await chainOf(10);
    expect(faultsOf(lines)).toEqual([]);
    const among = lines.flatMap((line) => [
      '{"level":"info","msg":"{\\"audit\\":1,"}',
      `t stdout F ${line}`,
      '',
    ]);
    expect(verdictOf(among, [key])).toMatchObject({ lines: 12, faults: [], lost: 0 });
    expect(verdictOf(lines, [key]).chains).toEqual([
      expect.stringMatching(
        /^chain [\w-]{16} \(gateway on here, process 7, since .*\): 12 line\(s\), 0 to 11$/,
      ),
    ]);
  });

  it('are whole where several processes write side by side', async () => {
    const [one, two] = [await chainOf(9), await chainOf(9)];
    const mixed = one.flatMap((line, index) => [line, two[index] ?? '']);
    expect(verdictOf(mixed, [key])).toMatchObject({ lines: 22, chains: { length: 2 }, faults: [] });
  });

  it('need the key that they were chained with', async () => {
    const lines = await chainOf(3);
    expect(verdictOf(lines, [auditKey(), key]).faults).toEqual([]);
    expect(verdictOf(lines, [auditKey()]).faults).toEqual([
      { at: 'log:1', what: `chained with the key ${key.id}, which is not known: add it to AUDIT_KEYS` },
    ]);
  });
});

describe('a line', () => {
  it.each([0, 1, 5, 10])('that was changed is named, and no other: line %i', async (index) => {
    const lines = await chainOf(9);
    for (const [from, to] of [
      ['"time":"2', '"time":"3'],
      ['"seq":', '"seq":1'],
      ['"prev":"', '"prev":"A'],
      ['"mac":"', '"mac":"x'],
      [/"mac":".*/, ''],
      [/"chain":"./, '"chain":"~'],
    ] as const) {
      const changed = lines.with(index, lines[index]?.replace(from, to) ?? '');
      expect(faultsOf(changed)[0]).toMatch(new RegExp(`^log:${index + 1} changed`));
    }
    const word = lines.with(index, lines[index]?.replace(/"action":"\w/, '"action":"x') ?? '');
    const [fault, ...more] = faultsOf(word);
    expect(fault).toBe(`log:${index + 1} changed: its keyed hash is not that of its text`);
    expect(more).toEqual(index === 10 ? [expect.stringContaining('no end')] : []);
  });

  it('is named whichever of its characters was changed', async () => {
    const lines = await chainOf(9);
    const line = lines[5] ?? '';
    const missed = [...line].flatMap((char, at) => {
      const changed = line.slice(0, at) + (char === '0' ? '1' : '0') + line.slice(at + 1);
      // Without its marker it is no audit line, and is missed where the next one stands.
      const expected =
        at < LINE_START.length ? /^log:7 1 line\(s\) before it/ : /^log:6 (changed|chained with)/;
      const [first = ''] = faultsOf(lines.with(5, changed));
      return expected.test(first) ? [] : [`${at}: ${first}`];
    });
    expect(line.length).toBeGreaterThan(200);
    expect(missed).toEqual([]);
  });

  it('that was changed and hashed again without the key is named', async () => {
    const lines = await chainOf(5);
    const [forged = ''] = await (async () => {
      const sink = new MemorySink();
      const { trail } = trailInto(sink, auditKey());
      trail.record({ action: 'data.read' });
      return sink.lines;
    })();
    const under = forged.replace(/"key":"[^"]+"/, `"key":"${key.id}"`);
    expect(faultsOf(lines.with(3, under))[0]).toMatch(/^log:4 changed/);
  });

  it('that was taken out is missed where the next one stands', async () => {
    const lines = await chainOf(9);
    for (const index of [0, 1, 4, 9]) {
      const [fault = '', ...more] = faultsOf(lines.toSpliced(index, 1));
      expect(fault).toMatch(new RegExp(`^log:${index + 1} 1 line\\(s\\) before it are missing, in chain`));
      expect(more).toEqual([]);
    }
    expect(faultsOf(lines.toSpliced(3, 4))).toEqual([expect.stringMatching(/^log:4 4 line\(s\) before it/)]);
  });

  it('that was swapped with another is named as swapped', async () => {
    const lines = await chainOf(9);
    const swapped = lines.with(4, lines[5] ?? '').with(5, lines[4] ?? '');
    expect(faultsOf(swapped)).toEqual(['log:5 swapped: what belongs before it stands at log:6']);
    const far = lines.with(2, lines[7] ?? '').with(7, lines[2] ?? '');
    expect(faultsOf(far)[0]).toMatch(/^log:3 swapped: what belongs before it stands at log:4, log:5, log:6/);
  });

  it('that was put in a second time is named as a copy', async () => {
    const lines = await chainOf(9);
    expect(faultsOf(lines.toSpliced(7, 0, lines[2] ?? ''))).toEqual([
      expect.stringMatching(/^log:8 a copy of a line that stands before it/),
    ]);
    const other = await chainOf(2);
    expect(faultsOf([...other, ...lines, ...other])).toHaveLength(4);
  });

  it('at the end that was cut off leaves a chain without its end', async () => {
    const lines = await chainOf(9);
    for (const left of [1, 5, 10]) {
      expect(faultsOf(lines.slice(0, left))).toEqual([
        expect.stringMatching(new RegExp(`^log:${left} the last line of chain .* has no end`)),
      ]);
    }
    const torn = lines.with(10, lines[10]?.slice(0, 60) ?? '');
    expect(faultsOf(torn)[0]).toMatch(/^log:11 changed or cut off/);
  });
});

describe('a line that nobody but an owner of the key can have made', () => {
  /** As line `index` of a chain, said otherwise. */
  const signed = (line: string, from: RegExp, to: string) => {
    const body = line.replace(/,"mac":.*/, '').replace(from, to);
    return `${body},"mac":"${key.mac(body)}"}`;
  };

  it('is named where it does not follow the one before it', async () => {
    const lines = await chainOf(9);
    const other = await chainOf(9);
    const prev = /"prev":"[^"]+"/.exec(other[5] ?? '')?.[0] ?? '';
    const astray = lines.with(5, signed(lines[5] ?? '', /"prev":"[^"]+"/, prev));
    expect(faultsOf(astray)).toEqual([
      'log:6 does not follow the line before it',
      'log:7 does not follow the line before it',
    ]);
  });

  it('may name a number far away: what is missing is counted in a moment', async () => {
    const lines = await chainOf(9);
    const far = lines.with(5, signed(lines[5] ?? '', /"seq":5/, '"seq":999999999999999'));
    expect(faultsOf(far)[0]).toMatch(/^log:6 999999999999989 line\(s\) before it are missing/);
  });

  it('does not count as lost what it has not lost', async () => {
    const lines = await chainOf(9);
    const many = lines.with(5, signed(lines[5] ?? '', /"n":4/, '"lines":4'));
    expect(verdictOf(many, [key]).lost).toBe(0);
    const lost = lines.with(5, signed(lines[5] ?? '', /data\.read.*"n":4/, 'lines.lost","lines":44'));
    expect(verdictOf(lost, [key]).lost).toBe(44);
    const untold = lines.with(5, signed(lines[5] ?? '', /data\.read.*"n":4/, 'lines.lost","n":44'));
    expect(verdictOf(untold, [key]).lost).toBe(0);
  });
});

describe('a line that has not its form any more', () => {
  it('leaves the ones after it in peace, and counts', async () => {
    const lines = await chainOf(29);
    const damages: readonly ((line: string) => string)[] = [
      (line) => `${line}x`,
      (line) => line.replace('"time"', '"Time"'),
      (line) => `x "chain":"AAAAAAAAAAAAAAAA","seq":1 ${line.replace('"action"', '"Action"')}`,
      (line) => line.replace(/"mac":"./, '"mac":"'),
    ];
    for (const index of [0, 4, 17, 30]) {
      for (const damage of damages) {
        const { faults, chains } = verdictOf(lines.with(index, damage(lines[index] ?? '')), [key]);
        const [first, ...more] = faults.map(({ at, what }) => `${at} ${what}`);
        expect(first).toMatch(new RegExp(`^log:${index + 1} changed`));
        expect(more).toEqual(index === 30 ? [expect.stringMatching(/^log:31 .* has no end/)] : []);
        expect(chains).toEqual([expect.stringMatching(/: 31 line\(s\), 0 to 30(, no end)?$/)]);
      }
    }
  });

  it('of a chain that nobody has seen the start of starts none', async () => {
    const [, , third = ''] = await chainOf(9);
    const verdict = verdictOf([third.replace('"time"', '"Time"')], [key]);
    expect(verdict).toMatchObject({ lines: 1, chains: [], faults: { length: 1 } });
    const part = verdictOf([third.replace('"time"', '"Time"')], [key], { isPart: true });
    expect(part.chains).toEqual([expect.stringMatching(/^chain [\w-]{16}: 1 line\(s\), 2 to 2, no end$/)]);
  });
});

describe('lines of which some were moved', () => {
  it('are told by what is missing still, and where the others stand: three of them at most', async () => {
    const lines = await chainOf(20);
    const moved = lines.toSpliced(4, 6).toSpliced(8, 0, ...lines.slice(4, 9));
    expect(faultsOf(moved)[0]).toMatch(
      /^log:5 1 line\(s\) before it are missing, in chain .*; swapped: what belongs before it stands at log:9, log:10, log:11$/,
    );
  });
});

describe('a part of a log', () => {
  it('tells the numbers at its edges: what was cut off there cannot be seen otherwise', async () => {
    const part = (await chainOf(20)).slice(5, 15);
    const { chains } = verdictOf(part, [key], { isPart: true });
    expect(chains).toEqual([expect.stringMatching(/^chain [\w-]{16}: 10 line\(s\), 5 to 14, no end$/)]);
  });

  it('may begin and end within chains, and is seen to be changed all the same', async () => {
    const part = (await chainOf(20)).slice(5, 15);
    expect(faultsOf(part, { isPart: true })).toEqual([]);
    expect(faultsOf(part)).toHaveLength(2);
    expect(faultsOf(part.toSpliced(4, 1), { isPart: true })).toEqual([
      expect.stringMatching(/^log:5 1 line/),
    ]);
    expect(faultsOf(part.with(0, part[0]?.replace('OK', 'NO') ?? ''), { isPart: true })).toEqual([
      expect.stringMatching(/^log:1 changed/),
    ]);
  });
});

describe('lines that a process had no room for', () => {
  it('are no fault of the chain, and told', async () => {
    const sink = new MemorySink();
    const { trail } = trailInto(sink, key);
    trail.record({ action: 'process.started' });
    sink.room = 0;
    for (let n = 0; n < 7; n++) trail.record({ action: 'data.read' });
    sink.room = 100;
    await trail.close();
    expect(verdictOf(sink.lines, [key])).toMatchObject({ lines: 3, faults: [], lost: 7 });
  });
});

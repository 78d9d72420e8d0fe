/** A figure that a row has measured, beside the bound that it must keep. */

export interface Figure {
  readonly name: string;
  readonly measured: string;
  readonly bound: string;
  readonly held: boolean;
  /** Of time: a busy machine may spoil it, so it may be taken once more. */
  readonly timing: boolean;
}

export function atMost(name: string, measured: number, bound: number, unit = ''): Figure {
  return figure(name, measured, `<= ${tidy(bound)}`, measured <= bound, unit);
}

export function atLeast(name: string, measured: number, bound: number, unit = ''): Figure {
  return figure(name, measured, `>= ${tidy(bound)}`, measured >= bound, unit);
}

export function exactly(name: string, measured: number | string, bound: number | string): Figure {
  return figure(name, measured, `= ${bound}`, measured === bound, '');
}

export function none(name: string, measured: number): Figure {
  return exactly(name, measured, 0);
}

const KINDS_NAMED = 3;

/** Says which, when there are some: a few kinds of them, unless more are wanted. */
export function noneOf(name: string, found: readonly string[], mostNamed = KINDS_NAMED): Figure {
  const kinds = [...new Set(found)].slice(0, mostNamed).join(', ');
  const measured = found.length === 0 ? '0' : `${found.length} (${kinds})`;
  return { name, measured, bound: '= 0', held: found.length === 0, timing: false };
}

export function inWords({ name, measured, bound }: Figure): string {
  return `${name} ${measured} (${bound})`;
}

function figure(name: string, measured: number | string, bound: string, held: boolean, unit: string): Figure {
  const text = typeof measured === 'number' ? tidy(measured) : measured;
  const withUnit = (words: string) => (unit === '' ? words : `${words} ${unit}`);
  return { name, measured: withUnit(text), bound: withUnit(bound), held, timing: unit === 'ms' };
}

function tidy(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1);
}

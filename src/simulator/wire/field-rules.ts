/** The rules that a wire field can have, and how MDES names their violation. */
import { isJsonObject } from '../http/parse-json.js';
import { type WireError, wireError } from './wire-error.js';

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errors: readonly WireError[] };

/** Takes a value and the name it is reported by. */
type Field<T> = (value: unknown, name: string) => Parsed<T>;

type Fields = Readonly<Record<string, Field<unknown>>>;
export type ValueOf<F> = F extends Field<infer T> ? T : never;
type RecordOf<R extends Fields, O extends Fields> = { readonly [K in keyof R]: ValueOf<R[K]> } & {
  readonly [K in keyof O]?: ValueOf<O[K]>;
};

export function accept<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

export function refuse(...errors: readonly WireError[]): {
  readonly ok: false;
  readonly errors: readonly WireError[];
} {
  return { ok: false, errors };
}

/** Length is counted in characters, not in bytes or UTF-16 units. */
export function text(min: number, max: number, pattern?: RegExp): Field<string> {
  return (value, name) => {
    if (typeof value !== 'string') return refuse(wireError.format(name));
    const length = Array.from(value).length;
    if (length < min || length > max) return refuse(wireError.length(name));
    return pattern === undefined || pattern.test(value) ? accept(value) : refuse(wireError.format(name));
  };
}

export function hex(min: number, max: number): Field<string> {
  const digits = text(min, max, /^[0-9a-f]+$/i);
  return (value, name) => {
    const parsed = digits(value, name);
    return parsed.ok && parsed.value.length % 2 === 1 ? refuse(wireError.format(name)) : parsed;
  };
}

export function oneOf<const T extends string>(...values: readonly T[]): Field<T> {
  return (value, name) => {
    if (typeof value !== 'string') return refuse(wireError.format(name));
    const known = values.find((candidate) => candidate === value);
    return known === undefined ? refuse(wireError.value(name)) : accept(known);
  };
}

/** A JSON boolean; the words "true" and "false" are not. */
export const flag: Field<boolean> = (value, name) =>
  typeof value === 'boolean' ? accept(value) : refuse(wireError.format(name));

export const number: Field<number> = (value, name) =>
  typeof value === 'number' ? accept(value) : refuse(wireError.format(name));

export function listOf<T>(min: number, max: number, item: Field<T>): Field<readonly T[]> {
  return (value, name) => {
    if (!Array.isArray(value)) return refuse(wireError.format(name));
    if (value.length < min || value.length > max) return refuse(wireError.length(name));
    const parsed = value.map((entry) => item(entry, name));
    const errors = parsed.flatMap((entry) => (entry.ok ? [] : entry.errors));
    const first = errors[0];
    return first === undefined
      ? accept(parsed.flatMap((entry) => (entry.ok ? [entry.value] : [])))
      : refuse(first);
  };
}

/** A field that passes its rule and one more that looks at the value. */
export function checked<T>(field: Field<T>, isRight: (value: T) => boolean): Field<T> {
  return (value, name) => {
    const parsed = field(value, name);
    return !parsed.ok || isRight(parsed.value) ? parsed : refuse(wireError.value(name));
  };
}

/**
 * All violations are reported together. INFERRED: a member that MDES does not know is refused, and so is null;
 * MDES may be more forgiving, but a client that sends either has made a mistake.
 */
export function record<R extends Fields, O extends Fields>(required: R, optional: O): Field<RecordOf<R, O>> {
  return (value, name) => {
    if (!isJsonObject(value)) return refuse(wireError.format(name));
    const known: [string, Field<unknown>, boolean][] = [
      ...Object.entries(required).map(([key, field]): [string, Field<unknown>, boolean] => [
        key,
        field,
        true,
      ]),
      ...Object.entries(optional).map(([key, field]): [string, Field<unknown>, boolean] => [
        key,
        field,
        false,
      ]),
    ];
    const names = new Set(known.map(([key]) => key));
    const unknown = Object.keys(value).filter((key) => !names.has(key));
    const errors = known.flatMap(([key, field, isRequired]) => {
      if (!Object.hasOwn(value, key)) return isRequired ? [wireError.missing(key)] : [];
      const parsed = field(value[key], key);
      return parsed.ok ? [] : parsed.errors;
    });
    errors.push(...unknown.map((key) => wireError.value(key.slice(0, 64))));
    return errors.length === 0 ? accept(value as RecordOf<R, O>) : refuse(...errors);
  };
}

/** Writes a request at random, field by field from the schema. */
import fc, { type GeneratorValue } from 'fast-check';
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';

import type { FuzzedRequest } from './fuzzed-requests.js';
import { literal, Name } from './literal.js';

const DEPTH = 5;

/** By its place: fast-check compares in depth what a generator is asked with. */
export function pick<T>(g: GeneratorValue, items: readonly T[]): T {
  const found = items[g(fc.nat, { max: items.length - 1 })];
  if (found === undefined) throw new RangeError('nothing to pick from');
  return found;
}

export class RequestWriter {
  readonly #variables = new Map<string, { readonly type: string; readonly value: unknown }>();
  readonly #fragments: string[] = [];

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly g: GeneratorValue,
    private readonly values: readonly string[],
  ) {}

  request(): FuzzedRequest {
    const isMutation = this.#chance(10);
    const root = isMutation ? this.schema.getMutationType() : this.schema.getQueryType();
    const selection = root ? this.#selection(root, 0) : '{__typename}';
    const declared = [...this.#variables].map(([name, { type }]) => `$${name}:${type}`);
    const head = declared.length > 0 ? `f(${declared.join(' ')})` : 'f';
    const variables = Object.fromEntries([...this.#variables].map(([name, { value }]) => [name, value]));
    const query = `${isMutation ? 'mutation' : 'query'} ${head} ${selection} ${this.#fragments.join(' ')}`;
    return { query, variables: this.#chance(5) ? this.g(fc.jsonValue) : variables };
  }

  #selection(type: GraphQLObjectType, depth: number): string {
    const fields = Object.values(type.getFields());
    const count = this.g(fc.integer, { min: 1, max: depth === 0 ? 2 : 4 });
    const parts = Array.from({ length: count }, () =>
      this.#chance(15) ? '__typename' : this.#field(this.#pick(fields), depth),
    );
    const text = `{${parts.join(' ')}}`;
    if (!this.#chance(10)) return text;
    const name = `F${this.#fragments.length}`;
    this.#fragments.push(`fragment ${name} on ${type.name} ${text}`);
    return `{...${name}}`;
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const alias = this.#chance(15) ? `${this.#pick(['a', 'b', field.name])}:` : '';
    const given = field.args.filter(({ type }) => isNonNullType(type) || this.#chance(60));
    const args = given.map(({ name, type }) => `${name}:${this.#argument(type)}`);
    const directive = this.#chance(8) ? `@${this.#pick(['skip', 'include'])}(if:${this.g(fc.boolean)})` : '';
    return `${alias}${field.name}${args.length > 0 ? `(${args.join(' ')})` : ''}${directive}${this.#below(field.type, depth)}`;
  }

  #below(type: GraphQLOutputType, depth: number): string {
    const named = getNamedType(type);
    if (isLeafType(named)) return this.#chance(3) ? '{id}' : '';
    if (depth >= DEPTH) return '{__typename}';
    if (isUnionType(named)) {
      const members = named.getTypes().map((one) => `...on ${one.name}${this.#selection(one, depth + 1)}`);
      return `{__typename ${members.join(' ')}}`;
    }
    return isObjectType(named) ? this.#selection(named, depth + 1) : '{__typename}';
  }

  #argument(type: GraphQLInputType): string {
    const value = this.#value(type);
    if (this.#chance(40)) return literal(value);
    const name = `v${this.#variables.size}`;
    this.#variables.set(name, { type: this.#chance(4) ? 'String' : String(type), value });
    return `$${name}`;
  }

  #value(type: GraphQLInputType): unknown {
    if (this.#chance(6)) return this.g(fc.jsonValue);
    if (isNonNullType(type)) return this.#value(type.ofType);
    if (this.#chance(10)) return null;
    if (isListType(type)) {
      return Array.from({ length: this.g(fc.nat, { max: 4 }) }, () => this.#value(type.ofType));
    }
    if (isEnumType(type)) return new Name(this.#pick(type.getValues()).name);
    if (isInputObjectType(type)) {
      const members = Object.values(type.getFields()).filter(
        ({ type }) => isNonNullType(type) || this.#chance(50),
      );
      return Object.fromEntries(members.map((member) => [member.name, this.#value(member.type)]));
    }
    if (type.toString() === 'Int') return this.#pick([0, 1, 20, 1000, -1, 2 ** 31, 2 ** 53]);
    if (type.toString() === 'Boolean') return this.g(fc.boolean);
    return this.#chance(85) ? this.#pick(this.values) : this.g(fc.string, { unit: 'binary' });
  }

  #pick<T>(items: readonly T[]): T {
    return pick(this.g, items);
  }

  #chance(percent: number): boolean {
    return this.g(fc.nat, { max: 99 }) < percent;
  }
}

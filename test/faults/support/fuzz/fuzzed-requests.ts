/** GraphQL requests made at random from the schema, valid and not, and valid documents that were damaged. */
import fc, { type Arbitrary, type GeneratorValue } from 'fast-check';
import { buildSchema } from 'graphql';
import { pick, RequestWriter } from './request-writer.js';

export interface FuzzedRequest {
  readonly query: string;
  readonly variables: unknown;
}

interface FuzzOptions {
  readonly sdl: string;
  /** Valid documents, to be damaged. */
  readonly documents: readonly string[];
  /** Turn up wherever a value can stand: right ones, so that something is found, and what must not be seen again. */
  readonly values: readonly string[];
}

const SNIPPETS = [
  '{',
  '}',
  '(',
  ')',
  '...',
  '@skip(if:true)',
  '$v',
  ':',
  '"',
  '"""',
  '[',
  '!',
  '\u0000',
  '#',
  '\\u',
  '__schema{types{name}}',
  'fragment',
  'on Query',
  'null',
  '1e999',
  '-0',
  '🂡',
  '\ud800',
];

export function fuzzedRequests({ sdl, documents, values }: FuzzOptions): Arbitrary<FuzzedRequest> {
  const schema = buildSchema(sdl);
  const made = fc.gen().map((g) => new RequestWriter(schema, g, values).request());
  const damaged = fc
    .tuple(
      fc.oneof(
        made,
        fc.constantFrom(...documents).map((query) => ({ query, variables: {} })),
      ),
      fc.gen(),
    )
    .map(([request, g]) => damage(request, g, values));
  const anything = fc.record({ query: fc.string({ unit: 'binary' }), variables: fc.jsonValue() });
  return fc.oneof(
    { arbitrary: made, weight: 5 },
    { arbitrary: damaged, weight: 4 },
    { arbitrary: anything, weight: 1 },
  );
}

function damage(request: FuzzedRequest, g: GeneratorValue, values: readonly string[]): FuzzedRequest {
  let { query } = request;
  for (let left = g(fc.integer, { min: 1, max: 4 }); left > 0; left--) {
    const at = g(fc.nat, { max: query.length });
    const to = Math.min(query.length, at + g(fc.nat, { max: 20 }));
    const between = [
      () => '',
      () => query.slice(at, to).repeat(2),
      () => pick(g, SNIPPETS),
      () => JSON.stringify(pick(g, values)),
    ][g(fc.nat, { max: 3 })];
    query = query.slice(0, at) + (between?.() ?? '') + query.slice(to);
  }
  return { query, variables: g(fc.boolean) ? request.variables : g(fc.jsonValue) };
}

/** The requests of graphql-cop (2b7e086) as data, each with its own condition for a finding. */
import type { RawAnswer, RawRequest } from '../../support/raw-http.js';

export interface Check extends RawRequest {
  readonly name: string;
  /** graphql-cop's own condition for a finding. */
  finds(answer: RawAnswer): boolean;
  /** What an explorer is for: where it is on, this is no finding. */
  readonly byDesign?: 'explorer';
  /** Harmless, and answered where strangers are answered at all. */
  readonly answered?: true;
  /** A GET is answered with a bearer token, which no browser sends by itself. */
  readonly byToken?: true;
}

// biome-ignore lint/suspicious/noExplicitAny: the checks look wherever graphql-cop looks
const json = (answer: RawAnswer): any => JSON.parse(answer.text);
const cop = (query: string): RawRequest => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query, operationName: 'cop' }),
});
const get = (query: string): RawRequest => ({
  method: 'GET',
  path: `/graphql?${new URLSearchParams({ query, operationName: 'cop' })}`,
});

export const CHECKS: readonly Check[] = [
  {
    name: 'field_suggestions',
    ...cop('query cop { __schema { directive } }'),
    finds: (answer) => json(answer).errors?.[0]?.message.includes('Did you mean'),
  },
  {
    name: 'introspection',
    byDesign: 'explorer',
    ...cop('query cop { __schema { types { name fields { name } } } }'),
    finds: (answer) => json(answer).data?.__schema?.types?.length > 0,
  },
  {
    name: 'detect_graphiql',
    byDesign: 'explorer',
    method: 'GET',
    headers: { accept: 'text/html' },
    finds: ({ text }) => /graphiql\.min\.css|GraphQL Playground|GraphiQL|graphql-playground/.test(text),
  },
  {
    name: 'get_method_support',
    byToken: true,
    ...get('query cop {__typename}'),
    finds: (answer) => json(answer).data?.__typename !== undefined,
  },
  {
    name: 'alias_overloading',
    ...cop(`query cop { ${Array.from({ length: 101 }, (_, n) => `alias${n}:__typename`).join(' ')} }`),
    finds: (answer) => json(answer).data?.alias100 !== undefined,
  },
  {
    name: 'batch_query',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(Array.from({ length: 10 }, () => ({ query: 'query cop { __typename }' }))),
    finds: (answer) => json(answer).length >= 10,
  },
  {
    name: 'trace_mode',
    answered: true,
    ...cop('query cop { __typename }'),
    finds: (answer) => {
      const { errors, extensions } = json(answer);
      return errors?.[0]?.extensions?.tracing !== undefined || extensions?.tracing !== undefined;
    },
  },
  {
    name: 'directive_overloading',
    ...cop(`query cop { __typename ${'@aa'.repeat(10)} }`),
    finds: (answer) => json(answer).errors?.length === 10,
  },
  {
    name: 'circular_query_introspection',
    byDesign: 'explorer',
    ...cop('query cop { __schema{types{fields{type{fields{type{fields{type{fields{type{name}}}}}}}}}} }'),
    finds: (answer) => json(answer).data?.__schema?.types?.length > 25,
  },
  {
    name: 'get_based_mutation',
    ...get('mutation cop {__typename}'),
    finds: (answer) => json(answer).data?.__typename !== undefined,
  },
  {
    name: 'post_based_csrf',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ query: 'query cop { __typename }' }).toString(),
    finds: (answer) => json(answer).data?.__typename !== undefined,
  },
  {
    name: 'unhandled_error_detection',
    ...cop('qwerty cop { abc }'),
    finds: (answer) => json(answer).errors?.[0]?.extensions?.exception !== undefined,
  },
  {
    name: 'field_duplication',
    ...cop(`query cop { ${'__typename '.repeat(500)} }`),
    finds: (answer) => json(answer).data?.__typename !== undefined,
  },
];

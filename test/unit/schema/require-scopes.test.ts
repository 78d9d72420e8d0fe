/** Who gets a field, by the table of scopes, on a schema small enough to be read: nothing is done before all of a document is allowed. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildSchema, type ExecutionResult, execute, parse } from 'graphql';
import { GatewayError } from '../../../src/domain/gateway-error.js';
import { NO_GRANT, type Scope } from '../../../src/domain/grant.js';
import { requireScopes } from '../../../src/schema/access/require-scopes.js';

const SCHEMA = `
  type Query { asset: Asset fundingAccounts: [FundingAccount!] push: Push }
  type Mutation { pushCard: Push recordHandOff: Push }
  type Asset { id: ID mediaContents: Int }
  type FundingAccount { id: ID eligibility: Int }
  type Push { id: ID accounts: [PushedAccount!] }
  type PushedAccount { fundingAccount: FundingAccount }
  enum Word { PUSH }
`;

const done: string[] = [];
beforeEach(() => {
  done.length = 0;
});

/** A resolver of its own for one field; the others are as graphql-js has them. */
function schemaOf() {
  const schema = buildSchema(SCHEMA);
  const own = schema.getQueryType()?.getFields()['asset'];
  if (own !== undefined)
    own.resolve = (source, _args, _context, { fieldName }) => ({ ...source[fieldName], id: 'own' });
  return requireScopes(schema);
}

function ask(held: readonly Scope[], query: string, schema = schemaOf(), document = parse(query)) {
  const push = () => ({ id: 'push-1', accounts: [{ fundingAccount: { id: 'card-1', eligibility: 1 } }] });
  const act = (name: string) => () => {
    done.push(name);
    return push();
  };
  const rootValue = {
    asset: { mediaContents: 7 },
    fundingAccounts: [{ id: 'card-1', eligibility: 1 }],
    push: push(),
    pushCard: act('pushCard'),
    recordHandOff: act('recordHandOff'),
  };
  const contextValue = { grant: { ...NO_GRANT, scopes: new Set(held) } };
  return execute({ schema, document, rootValue, contextValue }) as ExecutionResult;
}

const faultsOf = ({ errors = [] }: ExecutionResult) =>
  errors.map(({ message, path, originalError, extensions }) => [
    path?.join('.'),
    message,
    originalError instanceof GatewayError && originalError.code,
    extensions['scope'],
  ]);

describe('a field that needs a scope', () => {
  it('is resolved as it would be for who holds it, and so is one that needs none', () => {
    const { data, errors } = ask(['assets:read'], '{ asset { id mediaContents } }');
    expect([JSON.parse(JSON.stringify(data)), errors]).toEqual([
      { asset: { id: 'own', mediaContents: 7 } },
      undefined,
    ]);
  });

  it('is refused, alone, to who does not', () => {
    const answer = ask(
      ['push:read', 'accounts:read'],
      '{ push { id } asset { id } fundingAccounts { id eligibility } }',
    );
    const lacks = (scope: string) => [`The access token lacks the scope ${scope}.`, 'FORBIDDEN', scope];
    expect(faultsOf(answer).sort()).toEqual([
      ['asset', ...lacks('assets:read')],
      ['fundingAccounts.0.eligibility', ...lacks('token-requestors:read')],
    ]);
    expect(answer.data).toMatchObject({ push: { id: 'push-1' }, asset: null });
  });
});

describe('a mutation', () => {
  const missing = (path: string, scopes: string) => [
    path,
    `The access token lacks the scope ${scopes}. Nothing was done.`,
    'FORBIDDEN',
    scopes,
  ];

  it('is done for who holds all that its document needs', () => {
    expect(ask(['push:write'], 'mutation { pushCard { id } }').errors).toBeUndefined();
    const all = 'mutation { pushCard { accounts { fundingAccount { id } } } recordHandOff { id } }';
    expect(ask(['push:write', 'accounts:read'], all).errors).toBeUndefined();
    expect(done).toEqual(['pushCard', 'pushCard', 'recordHandOff']);
  });

  it.each([
    ['a field', 'mutation { pushCard { accounts { fundingAccount { id } } } }'],
    [
      'a field that is skipped',
      'mutation { pushCard { accounts { fundingAccount @skip(if: true) { id } } } }',
    ],
    ['an inline fragment', 'mutation { pushCard { ... on Push { accounts { fundingAccount { id } } } } }'],
    [
      'a fragment',
      'mutation { pushCard { ...p } } fragment p on Push { accounts { fundingAccount { id } } }',
    ],
    [
      'a fragment of a fragment',
      'mutation { pushCard { ...p } } fragment p on Push { accounts { ...a } } fragment a on PushedAccount { fundingAccount { id } }',
    ],
  ])('is not done where %s below lacks its scope', (_what, query) => {
    expect(faultsOf(ask(['push:write'], query))).toEqual([missing('pushCard', 'accounts:read')]);
    expect(done).toEqual([]);
  });

  it('names all that is missing, wherever it stands', () => {
    const query =
      'mutation { recordHandOff { id } pushCard { accounts { fundingAccount { id eligibility } } } }';
    const scopes = 'push:write accounts:read token-requestors:read';
    expect(faultsOf(ask(['assets:read'], query))).toEqual([
      missing('recordHandOff', scopes),
      missing('pushCard', scopes),
    ]);
    expect(done).toEqual([]);
  });

  it('is judged anew for each document and each caller, and no fragment that is not used counts', () => {
    const schema = schemaOf();
    const document = parse(
      'mutation { pushCard { ...gone id } } fragment p on Push { accounts { fundingAccount { id } } }',
    );
    for (const _ of [1, 2]) {
      expect(ask(['push:write'], '{ id }', schema, document).errors).toBeUndefined();
      expect(faultsOf(ask([], '{ id }', schema, document))).toEqual([missing('pushCard', 'push:write')]);
    }
    const other = parse('mutation { pushCard { accounts { fundingAccount { id } } } }');
    expect(faultsOf(ask(['push:write'], '{ id }', schema, other))).toEqual([
      missing('pushCard', 'accounts:read'),
    ]);
    expect(done).toEqual(['pushCard', 'pushCard']);
  });
});

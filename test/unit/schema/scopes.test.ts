/** The table of scopes against the schema: no field of a root is without one, and no way leads around one. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, type GraphQLSchema, isObjectType } from 'graphql';
import { SCOPES } from '../../../src/domain/grant.js';
import { requireScopes } from '../../../src/schema/access/require-scopes.js';
import { SCOPE_OF_FIELD } from '../../../src/schema/access/scopes.js';
import { buildGatewaySchema } from '../../../src/schema/build-schema.js';
import { waysOf } from '../../support/schema/ways.js';

/** Of what is hers at the bank, by way of her accounts or of what was pushed. */
const OF_AN_ACCOUNT = ['accounts:read', 'accounts:read + push:read', 'accounts:read + push:write'];
/** By way of what her accounts can be pushed to. */
const JUDGED = OF_AN_ACCOUNT.map((scopes) => `token-requestors:read + ${scopes}`);

/** What is needed to see anything of a type, by each way that leads to it. A change here is a change of who sees what. */
const REACHED: Readonly<Record<string, readonly string[]>> = {
  Catalogue: ['token-requestors:read'],
  TokenRequestor: [
    'token-requestors:read',
    ...JUDGED,
    // Where her push went.
    'push:read',
    'push:write',
  ],
  // Its id and the URLs of a public route.
  Asset: ['token-requestors:read', 'assets:read', ...JUDGED, 'push:read', 'push:write'],
  MediaContent: [
    'token-requestors:read + assets:read',
    'assets:read',
    ...JUDGED.map((scopes) => scopes.replace(' + accounts', ' + assets:read + accounts')),
    'assets:read + push:read',
    'assets:read + push:write',
  ],
  FundingAccount: OF_AN_ACCOUNT,
  AccountHolderDataPreview: [...OF_AN_ACCOUNT, ...JUDGED],
  AccountHolderAddressPreview: [...OF_AN_ACCOUNT, ...JUDGED],
  AccountHolderPhoneNumberPreview: [...OF_AN_ACCOUNT, ...JUDGED],
  Eligibility: JUDGED,
  Push: ['push:read', 'push:write'],
  PushedAccount: ['push:read', 'push:write'],
  OpenUrlStep: ['push:read', 'push:write'],
  DigitizationDataStep: ['push:read', 'push:write'],
  WaitStep: ['push:read', 'push:write'],
  DoneStep: ['push:read', 'push:write'],
  PushSummary: ['push:read'],
  PushedAccountSummary: ['push:read'],
  HandOff: ['push:read', 'push:write'],
  PushConnection: ['push:read'],
  PushEdge: ['push:read'],
  PageInfo: ['push:read'],
  PushRefusal: [...JUDGED, 'push:read', 'push:write'],
};

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await buildGatewaySchema();
});

function fieldsOf(of: GraphQLSchema): string[] {
  return Object.values(of.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !type.name.startsWith('__')
      ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
      : [],
  );
}

/** By type: what the fields need that a way to it passes through. */
function reached(of: GraphQLSchema): Record<string, string[]> {
  const found = new Map<string, Set<string>>();
  for (const { fields } of waysOf(of)) {
    const [type = ''] = fields.at(-1)?.split('.') ?? [];
    const before = fields.slice(0, -1);
    if (before.length === 0) continue;
    const needed = SCOPES.filter((scope) => before.some((field) => SCOPE_OF_FIELD[field] === scope));
    found.set(type, (found.get(type) ?? new Set()).add(needed.join(' + ')));
  }
  return Object.fromEntries([...found].map(([type, ways]) => [type, [...ways].sort()]));
}

const sorted = (table: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(Object.entries(table).map(([type, ways]) => [type, [...ways].sort()]));

describe('the table of scopes', () => {
  it('names every field of the roots, and none that is not there', () => {
    const fields = fieldsOf(schema);
    const roots = fields.filter((name) => /^(Query|Mutation)\./.test(name));
    expect(roots.filter((name) => !(name in SCOPE_OF_FIELD))).toEqual([]);
    expect(Object.keys(SCOPE_OF_FIELD).filter((name) => !fields.includes(name))).toEqual([]);
  });

  it('lets each type be reached with these scopes, and with no fewer by any way', () => {
    expect(reached(schema)).toEqual(sorted(REACHED));
  });

  it('would show a way from what is public to an account, and to what hangs on one', () => {
    const more = buildSchema(`
      type Query { tokenRequestor: TokenRequestor fundingAccounts: [FundingAccount!] }
      type TokenRequestor { id: ID! lastAccount: FundingAccount lastPushed: PushedAccount }
      type FundingAccount { id: ID! }
      type PushedAccount { id: ID! }
    `);
    expect(reached(more)).toMatchObject({
      FundingAccount: ['accounts:read', 'token-requestors:read'],
      PushedAccount: ['token-requestors:read'],
    });
  });

  it('lets no schema be built with a field of a root that it does not name', () => {
    expect(() => requireScopes(buildSchema('type Query { secrets: Int }'))).toThrow(
      /^Query\.secrets has no scope: name it in src\/schema\/access\/scopes\.ts$/,
    );
    expect(() =>
      requireScopes(buildSchema('type Query { asset: Int } type Mutation { dropCard: Int }')),
    ).toThrow(/^Mutation\.dropCard has no scope/);
  });
});

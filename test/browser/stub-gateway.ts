/** A gateway of paper for the browser tests: the real explorer and landing page over canned answers. */
import { ApolloServer } from '@apollo/server';
import fastifyApollo from '@as-integrations/fastify';
import Fastify from 'fastify';
import { registerExplorer } from '../../src/server/explorer.js';
import { landingPagePlugin } from '../../src/server/landing-page.js';

export interface RunningGateway {
  readonly url: string;
  close(): Promise<void>;
}

const REQUESTOR = {
  id: '50123456789',
  name: 'Acme Pay',
  consumerFacingEntityName: 'Acme Pay',
  type: 'WALLET',
  walletId: '601',
  imageAssetId: '3789637f-32a1-4810-a138-4bf34501c509',
  enabledAccountRanges: ['5123456789000000000'],
  supportedPushMethods: ['IOS', 'ANDROID'],
  supportsMultiplePushedCards: true,
  supportedAccountHolderData: ['NAME'],
  supportsCardHolderAuthentication: false,
  supportsIssuerInitiatedDigitizationData: true,
  logo: null,
};

const ROOT = {
  tokenRequestors: [REQUESTOR],
  tokenRequestor: REQUESTOR,
  fundingAccounts: [{ id: 'card-1', status: 'ACTIVE', tokenRequestors: [REQUESTOR] }],
};

export async function startStubGateway(): Promise<RunningGateway> {
  const app = Fastify();
  const apollo = new ApolloServer({
    typeDefs: SDL,
    rootValue: () => ROOT,
    introspection: true,
    plugins: [landingPagePlugin({ embedded: true, token: async () => 'demo-token' })],
  });
  await apollo.start();
  app.get('/demo/token', () => ({ access_token: 'demo-token', token_type: 'Bearer', expires_in: 900 }));
  registerExplorer(app);
  await app.register(fastifyApollo(apollo));
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url, close: () => app.close() };
}

const SDL = `
scalar AccountRange
scalar DateTime
enum TokenRequestorType { WALLET MERCHANT }
enum Platform { ANDROID IOS WEB }
enum AccountHolderDataItem { NAME ADDRESS EMAIL_ADDRESS MOBILE_PHONE_NUMBER }
enum FundingAccountKind { CARD FINANCIAL_ACCOUNT }
enum FundingAccountStatus { ACTIVE SUSPENDED CLOSED }
enum PushStatus { IN_PROGRESS READY FAILED UNKNOWN EXPIRED }
enum PushedAccountOutcome { PUSHED REFUSED UNKNOWN }
enum PushRefusalCode { FUNDING_ACCOUNT_NOT_FOUND TOKEN_REQUESTOR_NOT_FOUND }
type Query {
  tokenRequestors(accountRanges: [AccountRange!]): [TokenRequestor!]
  tokenRequestor(id: ID!): TokenRequestor
  asset(id: ID!): Asset
  fundingAccounts: [FundingAccount!]
  push(id: ID!): Push
}
type Mutation { pushCard(input: PushCardInput!): PushCardResult }
union PushCardResult = Push | PushRefusal
type TokenRequestor {
  id: ID!
  name: String!
  consumerFacingEntityName: String!
  type: TokenRequestorType!
  walletId: String
  imageAssetId: ID
  enabledAccountRanges: [AccountRange!]!
  supportedPushMethods: [Platform!]!
  supportsMultiplePushedCards: Boolean!
  supportedAccountHolderData: [AccountHolderDataItem!]!
  supportsCardHolderAuthentication: Boolean!
  supportsIssuerInitiatedDigitizationData: Boolean!
  logo: Logo
}
type Logo { id: ID! svgUrl: String! pngUrl: String! }
type Asset { id: ID! svgUrl: String! pngUrl: String! mediaContents: [MediaContent!]! }
type MediaContent { type: String! data: String! width: Int height: Int }
type FundingAccount {
  id: ID!
  kind: FundingAccountKind!
  label: String!
  lastFour: String!
  status: FundingAccountStatus!
  artUrl: String
  accountRange: AccountRange!
  tokenRequestors: [TokenRequestor!]
}
type Push {
  id: ID!
  status: PushStatus!
  createdAt: DateTime!
  expiresAt: DateTime
  tokenRequestor: TokenRequestor
  accounts: [PushedAccount!]!
  handOffs: [HandOff!]!
}
type PushedAccount {
  fundingAccountId: ID!
  lastFour: String!
  pushAccountReceipt: String
  issuerInitiatedDigitizationData: String
  outcome: PushedAccountOutcome!
  refusal: PushRefusal
}
type HandOff { platform: Platform! url: String! }
type PushRefusal { code: PushRefusalCode! message: String! retryable: Boolean! reasonCode: String fundingAccountIds: [ID!]! }
input PushCardInput {
  idempotencyKey: String!
  tokenRequestorId: ID!
  fundingAccountIds: [ID!]!
  requestIssuerInitiatedDigitizationData: Boolean = false
  callbackUrl: String
  locale: String
  platform: Platform
  accountHolderData: [AccountHolderDataItem!]
  pushAccountReceiptsValidityPeriod: Int
}
`;

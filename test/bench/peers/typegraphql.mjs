/**
 * Apollo Server 5 with TypeGraphQL on Fastify, as a team would write it by hand: tokens verified once and remembered, accounts
 * from the card store, requestors from memory through a loader of the request.
 */
import 'reflect-metadata';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import DataLoader from 'dataloader';
import Fastify from 'fastify';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import {
  Arg,
  buildSchema,
  Ctx,
  Field,
  FieldResolver,
  ID,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Agent, request } from 'undici';
import { data, PORT, requestorsOf } from './data.mjs';

// Decorators, applied by hand: this file is run as it stands.
class Logo {}
ObjectType({ simpleResolvers: true })(Logo);
for (const name of ['svgUrl', 'pngUrl']) Field(() => String, { nullable: true })(Logo.prototype, name);
Field(() => ID)(Logo.prototype, 'id');

class TokenRequestor {}
ObjectType({ simpleResolvers: true })(TokenRequestor);
Field(() => ID)(TokenRequestor.prototype, 'id');
for (const name of ['name', 'consumerFacingEntityName', 'type'])
  Field(() => String)(TokenRequestor.prototype, name);
for (const name of ['walletId', 'imageAssetId'])
  Field(() => String, { nullable: true })(TokenRequestor.prototype, name);
for (const name of ['enabledAccountRanges', 'supportedPushMethods', 'supportedAccountHolderData']) {
  Field(() => [String])(TokenRequestor.prototype, name);
}
for (const name of [
  'supportsMultiplePushedCards',
  'supportsCardHolderAuthentication',
  'supportsIssuerInitiatedDigitizationData',
]) {
  Field(() => Boolean)(TokenRequestor.prototype, name);
}
Field(() => Logo, { nullable: true })(TokenRequestor.prototype, 'logo');

class FundingAccount {}
ObjectType()(FundingAccount);
Field(() => ID)(FundingAccount.prototype, 'id');
for (const name of ['kind', 'label', 'lastFour', 'status'])
  Field(() => String)(FundingAccount.prototype, name);
Field(() => String, { nullable: true })(FundingAccount.prototype, 'artUrl');

class Requestors {
  tokenRequestors(accountRanges) {
    return requestorsOf(accountRanges);
  }
}
Arg('accountRanges', () => [String])(Requestors.prototype, 'tokenRequestors', 0);
Query(() => [TokenRequestor], { nullable: true })(
  Requestors.prototype,
  'tokenRequestors',
  Object.getOwnPropertyDescriptor(Requestors.prototype, 'tokenRequestors'),
);
Resolver()(Requestors);

class Accounts {
  fundingAccounts({ accountHolder }) {
    return accountsOf(accountHolder);
  }

  tokenRequestors({ accountRange }, { loader }) {
    return loader.load(accountRange);
  }
}
Ctx()(Accounts.prototype, 'fundingAccounts', 0);
Query(() => [FundingAccount], { nullable: true })(
  Accounts.prototype,
  'fundingAccounts',
  Object.getOwnPropertyDescriptor(Accounts.prototype, 'fundingAccounts'),
);
Root()(Accounts.prototype, 'tokenRequestors', 0);
Ctx()(Accounts.prototype, 'tokenRequestors', 1);
FieldResolver(() => [TokenRequestor], { nullable: true })(
  Accounts.prototype,
  'tokenRequestors',
  Object.getOwnPropertyDescriptor(Accounts.prototype, 'tokenRequestors'),
);
Resolver(() => FundingAccount)(Accounts);

const agent = new Agent({ connections: 50 });

async function accountsOf(accountHolder) {
  const answer = await request(
    `${data.cardStore.url}/funding-accounts?accountHolder=${encodeURIComponent(accountHolder)}`,
    {
      dispatcher: agent,
      headers: { authorization: `Bearer ${data.cardStore.token}`, accept: 'application/json' },
    },
  );
  const { fundingAccounts } = await answer.body.json();
  // Nobody else's, whatever the store says.
  if (fundingAccounts.some((account) => account.accountHolder !== accountHolder)) throw new Error('not hers');
  return fundingAccounts;
}

const MOST_TOKENS = 10_000;
const { issuer, audience, jwksUrl } = data.signIn;
const keys = createRemoteJWKSet(new URL(jwksUrl));
const known = new Map();

async function holderOf(header = '') {
  const token = header.replace(/^Bearer /, '');
  const remembered = known.get(token);
  if (remembered !== undefined && remembered.exp * 1000 > Date.now()) return remembered.sub;
  const { payload } = await jwtVerify(token, keys, { issuer, audience, algorithms: ['ES256'] });
  if (known.size >= MOST_TOKENS) known.clear();
  known.set(token, payload);
  return payload.sub;
}

const apollo = new ApolloServer({
  schema: await buildSchema({ resolvers: [Requestors, Accounts], validate: false }),
  introspection: false,
  plugins: [ApolloServerPluginLandingPageDisabled()],
});
await apollo.start();
const app = Fastify({ logger: false });
app.route({
  method: ['GET', 'POST'],
  url: '/graphql',
  handler: fastifyApolloHandler(apollo, {
    context: async (asked) => ({
      accountHolder: await holderOf(asked.headers.authorization),
      loader: new DataLoader(async (ranges) => ranges.map((range) => requestorsOf([range]))),
    }),
  }),
});
await app.listen({ port: PORT, host: '127.0.0.1' });

/** Apollo Server 5 on Fastify; with PEER_CACHE=on and its own response cache. */
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControl } from '@apollo/server/plugin/cacheControl';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import responseCache from '@apollo/server-plugin-response-cache';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify from 'fastify';
import { data, PORT, resolvers } from './data.mjs';

const DAY_SECONDS = 86_400;
const caching = [
  ApolloServerPluginCacheControl({ defaultMaxAge: DAY_SECONDS }),
  responseCache.default?.() ?? responseCache(),
];
const apollo = new ApolloServer({
  typeDefs: data.schema,
  resolvers,
  introspection: false,
  plugins: [ApolloServerPluginLandingPageDisabled(), ...(process.env.PEER_CACHE === 'on' ? caching : [])],
});
await apollo.start();
const app = Fastify({ logger: false });
app.route({ method: ['GET', 'POST'], url: '/graphql', handler: fastifyApolloHandler(apollo) });
await app.listen({ port: PORT, host: '127.0.0.1' });

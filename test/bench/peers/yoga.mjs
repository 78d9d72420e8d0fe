/** GraphQL Yoga on node:http, with its own response cache. */
import { createServer } from 'node:http';
import { useResponseCache } from '@graphql-yoga/plugin-response-cache';
import { createSchema, createYoga } from 'graphql-yoga';
import { data, PORT, resolvers } from './data.mjs';

const DAY_MS = 86_400_000;
const yoga = createYoga({
  schema: createSchema({ typeDefs: data.schema, resolvers }),
  logging: false,
  graphiql: false,
  landingPage: false,
  maskedErrors: true,
  plugins: [useResponseCache({ session: () => null, ttl: DAY_MS })],
});
createServer(yoga).listen(PORT, '127.0.0.1');

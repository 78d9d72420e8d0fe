/** Mercurius on Fastify, each document compiled at its first use. */
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { data, PORT, resolvers } from './data.mjs';

const app = Fastify({ logger: false });
app.register(mercurius, { schema: data.schema, resolvers, jit: 1, graphiql: false });
await app.listen({ port: PORT, host: '127.0.0.1' });

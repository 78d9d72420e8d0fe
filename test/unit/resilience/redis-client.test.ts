/** Clients of Redis are made often while it is away, each for another server: they must cost next to nothing. */
import { expect, it } from '@jest/globals';
import { Secret } from '../../../src/domain/secret.js';
import { createRedisClient } from '../../../src/resilience/redis-client.js';

const at = (host: string, password: string) =>
  createRedisClient({
    host,
    port: 6379,
    tls: null,
    credentials: { user: 'mara', password: new Secret(password) },
    database: 0,
  });

it('clients for different servers and users are of one class, which takes 10 ms to make', () => {
  const classOf = (client: object): unknown => client.constructor;
  expect(classOf(at('one.internal', 'first'))).toBe(classOf(at('other.internal', 'second')));
});

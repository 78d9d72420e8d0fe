/** What the server tells the audit trail of those who are refused. */
import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { GraphQLError } from 'graphql';
import type { AuditEvent } from '../../../src/audit/trail.js';
import { GatewayError } from '../../../src/domain/gateway-error.js';
import { PersonalReads } from '../../../src/schema/access/personal-reads.js';
import { auditPlugin } from '../../../src/server/graphql/audit-plugin.js';
import { auditRefusals, type RefusedFor } from '../../../src/server/pipeline/audit-refusals.js';
import { eventually } from '../../support/shared-cache.js';

function recording() {
  const events: AuditEvent[] = [];
  return { events, audit: { record: (event: AuditEvent) => void events.push(event) } };
}

describe('a request that is refused before it is read', () => {
  async function told(...refusals: readonly (RefusedFor | null)[]): Promise<string[]> {
    const { events, audit } = recording();
    const app = fastify();
    app.decorateRequest('address', '192.0.2.7').decorateRequest('accountHolder', null);
    app.decorateRequest('client', null);
    auditRefusals(app, audit);
    const left = [...refusals];
    app.get('/', async (request) => {
      request.refusedFor = left.shift() ?? null;
      return 'refused';
    });
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    for (const _ of refusals) await (await fetch(url)).text();
    await app.close();
    return events.map(({ action, result, details }) =>
      [action, result, details?.['reason'] ?? details?.['limit']].join(' '),
    );
  }

  it('is told with its reason; of a limit once in a minute, of another limit again', async () => {
    const limit = { what: 'LIMIT', why: 'address' } as const;
    const badToken = { what: 'SIGN_IN', why: 'BAD_TOKEN' } as const;
    const weak = { what: 'ACCESS', why: 'STEP_UP_REQUIRED' } as const;
    const client = { what: 'LIMIT', why: 'client' } as const;
    expect(await told(null, limit, limit, badToken, badToken, weak, client, limit)).toEqual([
      'limit.hit RATE_LIMITED address',
      'sign-in.refused REFUSED BAD_TOKEN',
      'sign-in.refused REFUSED BAD_TOKEN',
      'access.refused STEP_UP_REQUIRED ',
      'limit.hit RATE_LIMITED client',
    ]);
  });

  it.each(['before anything is known of it', 'while it is answered'])(
    'is told also where its caller goes %s',
    async (when) => {
      const { events, audit } = recording();
      const app = fastify();
      app.decorateRequest('address', '192.0.2.7').decorateRequest('accountHolder', null);
      app.decorateRequest('client', null);
      auditRefusals(app, audit);
      let caller: Socket | undefined;
      const leave = async (raw: IncomingMessage) => {
        caller?.resetAndDestroy();
        await new Promise((resolve) => raw.socket.once('close', resolve));
      };
      app.get('/', async (request) => {
        if (when !== 'while it is answered') await leave(request.raw);
        request.refusedFor = { what: 'SIGN_IN', why: 'BAD_TOKEN' };
        return 'refused';
      });
      app.addHook('onSend', async (request) => {
        if (when === 'while it is answered') await leave(request.raw);
      });
      const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
      caller = connect(Number(port), '127.0.0.1', () => caller?.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n'));
      await eventually(() => events.length > 0, 2000);
      await app.close();
      expect(events.map(({ action }) => action)).toEqual(['sign-in.refused']);
    },
  );
});

describe('a field that is refused', () => {
  it('is told where the caller may not ask for it, and not where nobody can answer', async () => {
    const { events, audit } = recording();
    const context = { audit, accountHolder: 'susan', client: 'app', address: '192.0.2.7', traceId: 't' };
    const hooks = await auditPlugin.requestDidStart?.({} as never);
    const errorOf = (code: 'FORBIDDEN' | 'LEDGER_UNAVAILABLE') =>
      new GraphQLError('no', { path: ['pushes'], originalError: new GatewayError(code, 'no') });
    const errors = [errorOf('FORBIDDEN'), errorOf('LEDGER_UNAVAILABLE'), new GraphQLError('other')];
    await hooks?.didEncounterErrors?.({ errors, contextValue: context } as never);
    expect(events).toMatchObject([{ action: 'access.refused', result: 'FORBIDDEN', accountHolder: 'susan' }]);
  });

  it('that was read in part tells the codes of its errors', async () => {
    const { events, audit } = recording();
    const reads = new PersonalReads();
    reads.note('pushes', undefined, {});
    const body = {
      kind: 'single',
      singleResult: {
        errors: [
          { extensions: { code: 'LEDGER_UNAVAILABLE' } },
          { extensions: { code: 'LEDGER_UNAVAILABLE' } },
        ],
      },
    };
    const hooks = await auditPlugin.requestDidStart?.({} as never);
    const contextValue = { audit, reads, loaders: { basis: { accounts: null } } };
    await hooks?.willSendResponse?.({ response: { body }, contextValue } as never);
    expect(events).toMatchObject([
      {
        action: 'data.read',
        result: 'LEDGER_UNAVAILABLE',
        accounts: undefined,
        details: { kinds: ['pushes'] },
      },
    ]);
  });
});

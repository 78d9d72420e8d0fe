/** An answer is never built beyond its greatest size, whatever a document has made its cost look like. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { type SizedIssuer, startSizedIssuer } from '../../support/issuer/sized-issuer.js';
import { bodyOf, faultsOfRefusal, send } from '../../support/raw-http.js';

const LIMIT = 2 * 1024 * 1024;

describe('with logos of 500 kB', () => {
  let issuer: SizedIssuer;
  let gateway: TestGateway;
  beforeAll(async () => {
    issuer = await startSizedIssuer({ ranges: 4, requestors: 100, susan: 4, amir: 4, logoBytes: 500 * 1024 });
    gateway = await startTestGateway(issuer.environment);
  });
  afterAll(async () => {
    await gateway.close();
    await issuer.close();
  });

  async function ask(query: string) {
    const authorization = `Bearer ${await gateway.token('susan')}`;
    const headers = { 'content-type': 'application/json', authorization };
    return send(gateway.url, { headers, body: JSON.stringify({ query }) });
  }

  it('answers with one of them', async () => {
    const answer = await ask('{asset(id:"logo-1"){mediaContents{type data}}}');
    expect(bodyOf(answer).errors).toBeUndefined();
    expect(answer.bytes.length).toBeGreaterThan(650_000);
  });

  it.each([
    [
      'by aliases',
      '{asset(id:"logo-1"){a:mediaContents{data} b:mediaContents{data} c:mediaContents{data} d:mediaContents{data}}}',
    ],
    ['of several', '{tokenRequestors(filter:{name:"Requestor 7"}){id logo{mediaContents{data}}}}'],
    [
      'beside others',
      '{catalogue{asOf} fundingAccounts{id} tokenRequestors(filter:{name:"Requestor 7"}){logo{mediaContents{x:data}}}}',
    ],
  ])('is refused as a whole with one error, when it would hold too many: %s', async (_name, query) => {
    const answer = await ask(query);
    expect(faultsOfRefusal(answer)).toEqual([]);
    expect(answer.status).toBe(400);
    const { data, errors } = bodyOf(answer);
    expect(data).toBeUndefined();
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.message).toMatch(/^The answer would be larger than 2097152 bytes\. Ask for fewer/);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', limit: LIMIT });
  });

  it('leaves out the logo alone where a push has been sent, and tells of the push', async () => {
    const input = '{idempotencyKey:"k",tokenRequestorId:"50100000001",fundingAccountIds:["susan-1"]}';
    const logo = ['a', 'b', 'c', 'd'].map((alias) => `${alias}:mediaContents{data}`).join(' ');
    const answer = await ask(
      `mutation{pushCard(input:${input}){__typename ...on Push{id tokenRequestor{id logo{${logo}}} status} ...on PushRefusal{code message}}}`,
    );
    const { data, errors } = bodyOf(answer);
    expect(data.pushCard).toMatchObject({
      __typename: 'Push',
      status: 'READY',
      tokenRequestor: { id: '50100000001', logo: null },
    });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    expect(answer.bytes.length).toBeLessThan(4096);
  });
});

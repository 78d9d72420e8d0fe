/** Front ends that put card numbers wherever a request has room. */
import { describe, expect, it } from '@jest/globals';
import { TIDAL } from '../../support/requestors.js';
import { ACCOUNT, NUMBERS } from './canaries.js';
import { answers, cardStore, LIST, overSocket, PUSH, post, push, send, spellings } from './world.js';

export function confusedFrontEnds(): void {
  describe('front ends that confuse card numbers with references', () => {
    it('get no number back, wherever they put it', async () => {
      const askWith = async (number: string) => {
        await push('as fundingAccountId', { fundingAccountIds: [number] });
        await push('as one of fundingAccountIds', { fundingAccountIds: ['c16', number] });
        await push('as tokenRequestorId', { tokenRequestorId: number });
        await push('as locale', { locale: number });
        await push('as callbackUrl', { callbackUrl: number });
        await push('as idempotencyKey', { idempotencyKey: number });
        await push('as idempotencyKey, again', { idempotencyKey: number, tokenRequestorId: TIDAL });
        await push('as platform', { platform: number });
        await push('as holder item', { accountHolderData: [number] });
        await push('as validity', { pushAccountReceiptsValidityPeriod: number });
        await push('as flag', { requestIssuerInitiatedDigitizationData: number });
        await push('as member', { [number]: number });
        await post('as input', { query: PUSH, variables: { input: number } });
        await post('as variables', { query: PUSH, variables: number });
        await post('as extensions', { query: PUSH, extensions: number });
        await post('as a persisted query', {
          extensions: { persistedQuery: { version: 1, sha256Hash: number } },
        });
        await post('as operationName', { query: PUSH, operationName: number });
        await post('as query', { query: number });
        await post('as body', number);
        await post('in a malformed body', `{"query":"{ tokenRequestors(accountRanges: [\\"${number}`);
        await post('in a batch', [{ query: number }]);
        await post('as content type', '{}', { 'content-type': `text/${number}` });
        await post('as token', { query: LIST }, { authorization: `Bearer ${number.replaceAll(' ', '')}` });
        await post('as cookie', { query: LIST }, { cookie: `card=${number}`, 'user-agent': number });
        await post('as traceparent', { query: LIST }, { traceparent: `00-${number}-${number}-01` });
        await post('as origin', { query: LIST }, { origin: `https://${number.replaceAll(' ', '')}.example` });
        const path = encodeURIComponent(number);
        for (const route of [`/${path}`, `/assets/${path}`, `/assets/${path}.svg`, `/assets/${path}.png`]) {
          await send('as path', route);
        }
        await send('in the query of a GET', `/graphql?query=${path}`);
        const preflighted = { headers: { 'apollo-require-preflight': 'yes' } };
        await send('as variables of a GET', `/graphql?query={__typename}&variables=${path}`, preflighted);
        await send(
          'as operationName of a GET',
          `/graphql?query={__typename}&operationName=${path}`,
          preflighted,
        );
        await send('as account holder', `/demo/token?sub=${path}`);
        for (const query of [
          'query ($x: ID!) { asset(id: $x) { id mediaContents { data } } }',
          'query ($x: ID!) { push(id: $x) { id } }',
          'query ($x: ID!) { tokenRequestor(id: $x) { id } }',
          'query ($x: [AccountRange!]) { tokenRequestors(accountRanges: $x) { id enabledAccountRanges } }',
          'query ($x: Boolean!) { tokenRequestors @include(if: $x) { id } }',
        ]) {
          await post('as a variable', { query, variables: { x: number } });
          await post('as a variable in a list', { query, variables: { x: [number] } });
          await post('as a variable of a number', { query, variables: { x: Number(number) } });
          await post('as a variable in an object', { query, variables: { x: { [number]: number } } });
          await post('as a literal', {
            query: query.replace(/^query \(.*?\)/, '').replace('$x', `"${number}"`),
          });
          await post('as a literal number', {
            query: query.replace(/^query \(.*?\)/, '').replace('$x', number),
          });
        }
      };
      await Promise.all([...NUMBERS.flatMap(spellings), ACCOUNT].map(askWith));
    });

    it('get no number back from a document that is none', async () => {
      for (const number of [...NUMBERS, ACCOUNT]) {
        for (const query of [
          `{ tokenRequestors(accountRanges: ["${number}) { id } }`,
          `{ tokenRequestors(accountRanges: [${number}`,
          `${number} { id }`,
          `{ c${number} }`,
          `{ tokenRequestors { c${number} } }`,
          `{ tokenRequestors(c${number}: 1) { id } }`,
          `{ tokenRequestors @c${number} { id } }`,
          `{ tokenRequestors { ...c${number} } }`,
          `query ($c${number}: Int!) { tokenRequestors { id } }`,
          `query ($x: C${number}) { tokenRequestors { id } }`,
          `query { tokenRequestors { id } } query c${number} { tokenRequestors { id } } query c${number} { push }`,
          `fragment c${number} on Query { push(id: 1) { id } } { fundingAccounts { id } }`,
          `mutation { pushCard(input: "${number}") { __typename } }`,
          `mutation { pushCard(input: { platform: C${number} }) { __typename } }`,
          `mutation { pushCard(input: { c${number}: ${number} }) { __typename } }`,
        ]) {
          const { json } = await post('in a document', { query });
          expect(json.errors.length).toBeGreaterThan(0);
        }
      }
    });

    it('leave none in the log by an alias, which the answer itself has to repeat', async () => {
      for (const number of [...NUMBERS, ACCOUNT]) {
        cardStore.answerNext('list', (response) => void response.writeHead(500).end());
        const before = answers.length;
        await post('as alias', { query: `{ c${number}: fundingAccounts { id } }` });
        answers.splice(before);
      }
    });

    it('get no number back from a request that is no HTTP', async () => {
      for (const number of NUMBERS) {
        const requests = [
          `GET /${number}\r\n\r\n`,
          `${number} / HTTP/1.1\r\nhost: a\r\n\r\n`,
          `GET / HTTP/1.1\r\nhost: ${number}\r\nhost: ${number}\r\n\r\n`,
          `GET / HTTP/1.1\r\nhost: a\r\n${number} ${number}\r\n\r\n`,
          `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-length: ${number}${number}\r\n\r\n`,
          `GET /${number.repeat(1200)} HTTP/1.1\r\nhost: a\r\n\r\n`,
        ];
        const texts = await Promise.all(requests.map(overSocket));
        answers.push(...texts.map((text) => ({ what: 'no HTTP', text })));
      }
    });
  });
}

/** Pushes with canaries while MDES or the card store says what it should not. */
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { detailed, listed } from '../../support/issuer/own-card-store.js';
import { ACCOUNT, CARD, NUMBERS } from './canaries.js';
import { cardStore, codeOf, edge, LIST, post, push, spellings } from './world.js';

export function pushesAmongLiars(): void {
  describe('pushes with canaries', () => {
    it('meet an MDES that repeats what it was sent', async () => {
      const error = (reasonCode: string, description: string) => ({
        errors: [{ source: 'INPUT', reasonCode, description }],
      });
      const json =
        (body: unknown, status = 200) =>
        (response: ServerResponse) => {
          response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
        };
      const liesAbout = async (number: string) => {
        for (const stand of [
          json(error('INVALID_FIELD_VALUE', `accountNumber ${number} is not valid`)),
          json(error(number, 'no')),
          json(
            { Errors: { Error: { Source: number, ReasonCode: number, Description: `no: ${number}` } } },
            400,
          ),
          json({ [number]: number, responseId: number, pushAccountReceipts: number }),
          json({ responseHost: number, responseId: number, errors: number }, 500),
          (response: ServerResponse) => response.end(`{"accountNumber":"${number}"`),
          (response: ServerResponse) =>
            response.writeHead(302, number, { location: `/${number}`, 'x-number': number }).end(number),
          (response: ServerResponse) => {
            response.socket?.end(`HTTP/1.1 200 OK\r\n${number} ${number}\r\n\r\n`);
          },
        ]) {
          edge.answerNextPush(stand);
          await push('an MDES that repeats', {});
        }
      };
      await Promise.all([...NUMBERS.flatMap(spellings), ACCOUNT].map(liesAbout));
    });

    it('meet a card store that puts numbers where none belongs', async () => {
      const list = (change: object) => ({ fundingAccounts: [{ ...listed(CARD), ...change }] });
      const data = (change: object) => ({ fundingAccounts: [{ ...detailed(CARD), ...change }] });
      for (const number of [...NUMBERS, ACCOUNT]) {
        const card = { accountNumber: number };
        const raw =
          (text: string, status = 200) =>
          (response: ServerResponse) => {
            response.writeHead(status, number, { 'x-number': number, location: `/${number}` }).end(text);
          };
        const broken = (response: ServerResponse) => {
          response.socket?.end(`HTTP/1.1 200 OK\r\n${number} ${number}\r\n\r\n`);
        };
        const lists = [
          raw(`{"fundingAccounts":[{"accountNumber":"${number}"`),
          raw(`{"fundingAccounts":"${number}"}`),
          raw(`"${number}"`),
          raw(JSON.stringify({ [number]: [] })),
          raw(`card ${number} is not known`, 500),
          raw(`moved`, 302),
          broken,
          ...[
            { id: { [number]: number } },
            { id: `/${number}` },
            { accountHolder: number },
            { kind: number },
            { status: number },
            { lastFour: number },
            { accountRange: `x${number}` },
            { artUrl: number },
            { label: [number] },
          ].map((change) => raw(JSON.stringify(list(change)))),
        ];
        for (const stand of lists) {
          cardStore.answerNext('list', stand);
          const { json } = await post('a card store that is wrong about its list', { query: LIST });
          expect(json.errors[0].extensions.code).toBe('CARD_STORE_UNAVAILABLE');
        }
        // Members that nobody asked for are nobody's fault, and go no further.
        cardStore.answerNext('list', raw(JSON.stringify(list({ accountNumber: number, [number]: number }))));
        expect((await post('a card store that tells too much', { query: LIST })).json.errors).toBeUndefined();
        const datas = [
          raw(`{"fundingAccounts":[{"accountNumber":"${number}"`),
          raw(`card ${number} is not known`, 404),
          broken,
          ...[
            { cardAccountData: number },
            { cardAccountData: { accountNumber: Number(number) } },
            { cardAccountData: { ...card, expiryMonth: number } },
            { cardAccountData: { ...card, [number]: 1, expiryYear: '39' } },
            { cardAccountData: card, financialAccountData: card },
            {
              cardAccountData: card,
              accountHolderData: { accountHolderName: `${number} `.repeat(13) },
            },
            { id: number, cardAccountData: card },
            { accountHolder: number },
          ].map((change) => raw(JSON.stringify(data(change)))),
        ];
        for (const stand of datas) {
          cardStore.answerNext('data', stand);
          expect(codeOf(await push('a card store that is wrong about data', {}))).toBe(
            'CARD_STORE_UNAVAILABLE',
          );
        }
      }
    });
  });
}

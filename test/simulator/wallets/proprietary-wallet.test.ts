/** The proprietary wallet: digitization data that it takes once, and what it says of any other. */
import { describe, expect, it } from '@jest/globals';
import { KEYSTONE, LARK } from '../../support/requestors.js';
import {
  digitizationDataOf,
  handed,
  sendForm,
  walletUrl,
} from '../../support/simulator/simulator-wallets.js';
import { walletsForTests } from './wallet-visits.js';

const { simulator, redeem, later } = walletsForTests();

describe('the proprietary wallet', () => {
  const add = (data: string, id = LARK): URL => walletUrl(simulator(), 'add', { data }, id);
  async function digitized(id = LARK): Promise<{ readonly data: string; readonly receipt: string }> {
    const given = await handed(simulator(), { tokenRequestorId: id, digitization: true });
    return { data: given.digitizationData[0] ?? '', receipt: given.receipts[0] ?? '' };
  }
  async function outcome(response: Response): Promise<string> {
    const [, result = 'none'] = /<b id="result">(\w+)<\/b>/.exec(await response.text()) ?? [];
    return `${response.status} ${result}`;
  }

  it.each([
    ['added', 'APPROVED', 409],
    ['needs-activation', 'REQUIRE_ADDITIONAL_AUTHENTICATION', 409],
    ['declined', 'DECLINED', 200],
    ['cancelled', 'CANCELLED', 200],
  ])('decides %s, and says what the issuer’s app should report', async (decision, result, afterwards) => {
    const { data, receipt } = await digitized();
    expect(await outcome(await sendForm(add(data), [['decision', decision]]))).toBe(`200 ${result}`);
    expect(await redeem(receipt, LARK)).toBe(afterwards);
  });

  it('uses nothing up by being opened', async () => {
    const { data, receipt } = await digitized(KEYSTONE);
    const page = await fetch(add(data, KEYSTONE));
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self'");
    expect(await page.text()).toContain('<b>Credit card</b> <span>•••• 0012</span>');
    expect(await redeem(receipt, KEYSTONE)).toBe(200);
  });

  it.each([
    ['http://127.0.0.1:4000/demo/back', 'href="http://127.0.0.1:4000/demo/back?outcome=DECLINED"'],
    ['https://evil.example/', undefined],
    ['javascript:alert(1)', undefined],
    ['', undefined],
  ])('leads back to an app on this machine, and nowhere else: %s', async (app, link) => {
    const { data } = await digitized();
    const url = add(data);
    url.searchParams.set('app', app);
    const text = await (await sendForm(url, [['decision', 'declined']])).text();
    expect(/href="(?!data:)[^"]*"/.exec(text)?.[0]).toBe(link);
  });

  it('takes base64 and base64url, padded or not', async () => {
    const { receipt } = await digitized();
    // A blank more or less at the end makes every length of padding.
    for (const blanks of ['', ' ', '  ']) {
      const clear =
        JSON.stringify({ note: '??>>~~', fundingAccountInfo: { pushAccountReceipt: receipt } }) + blanks;
      const base64 = Buffer.from(clear).toString('base64');
      for (const data of [base64, base64.replace(/=+$/, ''), Buffer.from(clear).toString('base64url')]) {
        expect((await fetch(add(data))).status).toBe(200);
      }
    }
  });

  it('says why not, opened and decided: used, expired, foreign, unknown', async () => {
    const [used, foreign] = [await digitized(), await digitized(KEYSTONE)];
    await sendForm(add(used.data), []);
    for (const [data, expected] of [
      [used.data, '409 DUPLICATE_REQUEST'],
      [foreign.data, '403 ERROR'],
      [digitizationDataOf('MCC-STL-UNKNOWN'), '404 ERROR'],
    ] as const) {
      expect(await outcome(await fetch(add(data)))).toBe(expected);
      expect(await outcome(await sendForm(add(data), [['decision', 'added']]))).toBe(expected);
    }
    const old = await digitized();
    await later(15 * 60_000);
    expect(await outcome(await fetch(add(old.data)))).toBe('410 ERROR');
  });

  it.each([
    ['nothing', ''],
    ['a receipt instead of data', 'MCC-STL-0000'],
    ['foreign characters', '{"fundingAccountInfo":{}}'],
    ['JSON of another form', digitizationDataOf(7)],
    ['an empty receipt', digitizationDataOf('')],
    ['an endless receipt', digitizationDataOf('r'.repeat(65))],
    ['no UTF-8', Buffer.from([0xff, 0xfe]).toString('base64')],
    ['null', Buffer.from('null').toString('base64')],
    [
      'a plus sign that was not encoded',
      `${digitizationDataOf('r').slice(0, 8)} ${digitizationDataOf('r').slice(9)}`,
    ],
  ])('calls %s malformed', async (_, data) => {
    expect(await outcome(await fetch(add(data)))).toBe('400 ERROR');
  });

  it('takes no decision that it does not know', async () => {
    const { data, receipt } = await digitized();
    expect((await sendForm(add(data), [['decision', 'sold']])).status).toBe(400);
    expect(await redeem(receipt, LARK)).toBe(200);
  });
});

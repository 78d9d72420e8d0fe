/** The simulated wallets' pages: how they are found, and what they never do. */
import { describe, expect, it } from '@jest/globals';
import { LARK, SWALLOW, TIDAL } from '../../support/requestors.js';
import { at, control, ELIGIBLE, send } from '../../support/simulator/simulator-requests.js';
import {
  digitizationDataOf,
  handed,
  sendForm,
  walletUrl,
} from '../../support/simulator/simulator-wallets.js';
import { walletsForTests } from './wallet-visits.js';

const { simulator } = walletsForTests();

describe('the catalogue', () => {
  it('leads to the simulator’s own pages, where it runs, for Lark and the redirect wallet', async () => {
    for (const id of [LARK, SWALLOW]) {
      const page = `${simulator().mdes.baseUrl}/wallet/${id}/push`;
      expect(page.length).toBeLessThanOrEqual(128);
      expect((await handed(simulator(), { tokenRequestorId: id })).uris).toEqual([page, page, page]);
      const body = '{"requestId":"1","accountRanges":["520474000"]}';
      const list = at((await send(simulator(), ELIGIBLE, { body })).json, 'tokenRequestors');
      const entry = Array.isArray(list) ? list.find((one) => at(one, 'tokenRequestorId') === id) : undefined;
      expect(at(entry, 'availablePushMethods')).toEqual(
        ['ANDROID', 'IOS', 'WEB'].map((type) => ({ type, uri: page })),
      );
    }
  });

  it('tells of the pages in the overview', async () => {
    expect(at((await control(simulator().url, '/')).json, 'wallets')).toEqual([
      '/wallet/{tokenRequestorId}/push',
      '/wallet/{tokenRequestorId}/add',
    ]);
  });
});

describe('every page', () => {
  const ATTACK = `"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}&lt;`;

  it.each([
    'pushAccountData',
    'pushAccountReceipts',
    'callbackURL',
    'callbackRequired',
    'locale',
    'data',
    'other',
  ])('shows markup in %s as mere text', async (name) => {
    const good = { pushAccountReceipts: 'MCC-1', data: digitizationDataOf(ATTACK.slice(0, 60)) };
    for (const id of [TIDAL, LARK]) {
      for (const page of ['push', 'add'] as const) {
        const url = walletUrl(simulator(), page, { ...good, [name]: ATTACK }, id);
        for (const response of [await fetch(url), await sendForm(url, [])]) {
          const text = await response.text();
          expect(text).not.toMatch(/<script|<img src=x|onerror=alert\(1\)>/i);
        }
      }
    }
  });

  it('shows an attack in a callback URL and in a receipt’s end, escaped', async () => {
    const parameters = {
      pushAccountReceipts: 'MCC-<b>"',
      callbackURL: `x://y?"><script>alert('1')</script>`,
      locale: '<i>&amp;',
    };
    const text = await (await fetch(walletUrl(simulator(), 'push', parameters, TIDAL))).text();
    expect(text).toContain('•••• &lt;b&gt;&quot;');
    expect(text).toContain('x://y?&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;');
    expect(text).toContain('<dd>&lt;i&gt;&amp;amp;</dd>');
  });

  it('encodes a receipt in the way back, so that it cannot say more than its own result', async () => {
    const parameters = { pushAccountReceipts: 'a]=APPROVED&results[b', callbackURL: 'x://y' };
    const url = walletUrl(simulator(), 'push', parameters, TIDAL);
    for (const fields of [[], [['encoding', 'raw'] as const]]) {
      const location = (await sendForm(url, fields)).headers.get('location') ?? '';
      expect([...new URL(location).searchParams.keys()]).toHaveLength(1);
    }
  });

  it('exists for the requestors of the catalogue only', async () => {
    for (const path of ['50130000099/push', `${SWALLOW}/pull`, SWALLOW, '', '..%2F', '<script>/push']) {
      const response = await fetch(`${simulator().url}/wallet/${path}`);
      expect(response.status).toBe(404);
      expect(response.headers.get('content-security-policy')).toContain("form-action 'none'");
      expect(await response.text()).not.toContain('<script');
    }
  });

  it('is opened and sent, and nothing else', async () => {
    const response = await fetch(walletUrl(simulator(), 'add', {}), { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, POST');
  });

  it('takes no endless form', async () => {
    const response = await sendForm(walletUrl(simulator(), 'add', {}), [['decision', 'x'.repeat(20_000)]]);
    expect(response.status).toBe(413);
  });
});

/** Which callback URLs an allow-list lets through, and which only look like it. */
import { describe, expect, it } from '@jest/globals';
import {
  allowedCallback,
  demoCallbackRules,
  parseCallbackRule,
} from '../../../src/domain/callback-allowlist.js';
import { CALLBACK_URLS } from './callback-urls.js';

describe('the callback allow-list', () => {
  it.each(CALLBACK_URLS)('$entry, $url: $becomes', ({ entry, url, becomes }) => {
    const rule = parseCallbackRule(entry);
    if (rule === undefined) throw new Error(`${entry} is no entry`);
    expect(allowedCallback(url, [rule])?.url ?? 'refused').toBe(becomes);
  });

  it.each([
    'javascript:',
    'data:',
    'intent://x',
    'file:///etc',
    'http://bank.example',
    'https://u:p@bank.example',
    '*',
    'bank.example',
    'https://bank.example/?a=1',
  ])('refuses %s as an entry', (entry) => expect(parseCallbackRule(entry)).toBeUndefined());

  it('allows this machine, any port, and the demo bank on a phone, where parts are embedded', () => {
    const ok = (url: string) => allowedCallback(url, demoCallbackRules) !== undefined;
    expect(ok('http://127.0.0.1:5173/back')).toBe(true);
    expect(ok('http://localhost:3000/')).toBe(true);
    expect(ok('moonbank://cards/back')).toBe(true);
    expect(ok('http://127.0.0.1.evil.example/')).toBe(false);
    expect(ok('https://bank.example/')).toBe(false);
  });

  it.each([
    ['https://bank.example', 'https://bank.example/back', false],
    ['direct:https://bank.example/app/', 'https://bank.example/app/back', true],
    ['moonbank://', 'moonbank://pushcallback', true],
    ['direct:moonbank://', 'moonbank://pushcallback', true],
  ])('with %s, whether a requestor goes to %s itself: %s', (entry, url, direct) => {
    const rule = parseCallbackRule(entry);
    expect(rule && allowedCallback(url, [rule])?.direct).toBe(direct);
  });

  it('lets the first entry that matches decide', () => {
    const rules = ['direct:https://bank.example/app/', 'https://bank.example'].map(parseCallbackRule);
    const given = rules.filter((rule) => rule !== undefined);
    expect(allowedCallback('https://bank.example/app/x', given)?.direct).toBe(true);
    expect(allowedCallback('https://bank.example/x', given)?.direct).toBe(false);
  });

  it('gives the URL as a browser would read it', () => {
    const rule = parseCallbackRule('https://bank.example');
    expect(rule && allowedCallback('HTTPS://BANK.example:443/a/./b', [rule])?.url).toBe(
      'https://bank.example/a/b',
    );
  });
});

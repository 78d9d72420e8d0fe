/** Which callback URLs an allow-list lets through, and which only look like it. */
import { describe, expect, it } from '@jest/globals';
import {
  allowedCallback,
  loopbackCallbackRule,
  parseCallbackRule,
} from '../../../src/domain/callback-allowlist.js';

function allowed(entry: string, url: string): boolean {
  const rule = parseCallbackRule(entry);
  return rule !== undefined && allowedCallback(url, [rule]) !== undefined;
}

describe('the callback allow-list', () => {
  it.each([
    ['https://bank.example', 'https://bank.example/anything?session=1'],
    ['https://bank.example/app', 'https://bank.example/app'],
    ['https://bank.example/app', 'https://bank.example/app/back'],
    ['https://bank.example/app/', 'https://bank.example/app/back'],
    ['https://bank.example:8443/', 'https://bank.example:8443/x'],
    ['moonbank:', 'moonbank://pushcallback?x=1'],
    ['moonbank://', 'moonbank://pushcallback/deep'],
    ['moonbank://pushcallback', 'moonbank://pushcallback/deep'],
  ])('%s allows %s', (entry, url) => expect(allowed(entry, url)).toBe(true));

  it.each([
    ['https://bank.example', 'https://bank.example.evil.example/'],
    ['https://bank.example', 'https://evil.example/?https://bank.example'],
    ['https://bank.example', 'https://bank.example@evil.example/'],
    ['https://bank.example', 'https://user:word@bank.example/'],
    ['https://bank.example', 'http://bank.example/'],
    ['https://bank.example', 'https://bank.example:8443/'],
    ['https://bank.example', '//bank.example/'],
    ['https://bank.example', 'https:\\\\bank.example\\'],
    ['https://bank.example', 'https://bank.example/#fragment'],
    ['https://bank.example', `https://bank.example/${'x'.repeat(240)}`],
    ['https://bank.example', 'https://bank.example/a b'],
    ['https://bank.example', 'https://bank.example/\u0000'],
    ['https://bank.example/app', 'https://bank.example/application'],
    ['https://bank.example/app', 'https://bank.example/app/../admin'],
    ['https://bank.example/app', 'https://bank.example/app/%2e%2e/admin'],
    ['https://bank.example/app', 'https://bank.example/app/..%2fadmin'],
    ['moonbank://pushcallback', 'moonbank://other'],
    ['moonbank:', 'sunbank://pushcallback'],
    ['moonbank:', 'javascript:alert(1)'],
  ])('%s does not allow %s', (entry, url) => expect(allowed(entry, url)).toBe(false));

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

  it('allows this machine, any port, where parts are embedded', () => {
    const ok = (url: string) => allowedCallback(url, [loopbackCallbackRule]) !== undefined;
    expect(ok('http://127.0.0.1:5173/back')).toBe(true);
    expect(ok('http://localhost:3000/')).toBe(true);
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

/** What the account holder sees of the callback route when it cannot send her on: plain words, and what to do. */
import { lookUpLanguage } from '../../domain/language-lookup.js';
import { PAGE_TOKENS } from '../../domain/page-tokens.js';
import { CALLBACK_WORDS, type CallbackPage, ENGLISH } from './callback-words.js';

const RIGHT_TO_LEFT = ['ar'];

/** @param languages what the browser asks for, best first */
export function callbackPage(page: CallbackPage, languages: readonly string[]): string {
  const { language, found } = lookUpLanguage(languages, (tag) => CALLBACK_WORDS.get(tag)) ?? {
    language: 'en',
    found: ENGLISH,
  };
  const { title, text } = found[page];
  const direction = RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr';
  return `<!doctype html>
<html lang="${language}" dir="${direction}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${PAGE_TOKENS}
  body { margin: 0; display: grid; place-items: center; min-height: 100vh; min-height: 100svh; background: var(--ground); color: var(--ink); font: var(--step-1)/1.5 var(--text); }
  main { box-sizing: border-box; width: min(100% - 2rem, 30rem); padding: 2rem; background: var(--paper); border: 1px solid var(--line); border-radius: var(--round); }
  h1 { margin: 0 0 .5rem; font: 400 var(--step-3)/1.2 var(--display); }
  p { margin: 0; }
  h1, p { text-wrap: balance; }
</style>
<main><h1>${title}</h1><p>${text}</p></main>
</html>
`;
}

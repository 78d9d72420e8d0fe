/** A name as a card can bear it: plain Latin, FIRSTNAME LASTNAME or LASTNAME/FIRSTNAME, 27 characters at most. */
import anyAscii from 'any-ascii';
import { cleanText } from './text.js';

const MAX_NAME = 27;

/** undefined when no letter is left: an empty name, one of control characters, one of signs. */
export function toName(text: string): string | undefined {
  const name = toLatin(text);
  const [first = '', middle, last] = parts(name);
  const shorter = [name, join(first, middle.map(initial), last), join(first, [], last)];
  const fitting = shorter.find(({ length }) => length <= MAX_NAME) ?? trimEnds(name.slice(0, MAX_NAME));
  return /[A-Za-z]/.test(fitting) ? fitting : undefined;
}

/** Wallets print the name on the picture of a card, and embossers know no other letters; so no script is passed on. */
function toLatin(text: string): string {
  const written = cleanText(text, 'NFKC')
    // Symbols are part of no name; emoji would be spelt out as words.
    .replace(/\p{S}/gu, '')
    // One syllable each, and nothing else parts them.
    .replace(/\p{Script=Han}/gu, ' $& ')
    // The one vowel that Arabic writes in most names; the library leaves it out like those that it does not write.
    .replace(/[اأإآٱ]/g, 'a');
  const latin = anyAscii(written)
    .replace(/[^A-Za-z0-9 .,'&/-]/g, '')
    .replace(/ +/g, ' ');
  const [lastName = '', ...others] = trimEnds(latin)
    .split('/')
    .map(trimEnds)
    .filter((part) => part !== '');
  return others.length === 0 ? lastName : `${lastName}/${others.join(' ')}`;
}

function trimEnds(text: string): string {
  return text.replace(/^[^A-Za-z0-9]+/, '').replace(/[^A-Za-z0-9.]+$/, '');
}

/** What must stay, what can be shortened, what must stay; the first part of `LASTNAME/FIRSTNAME` is all of that. */
function parts(name: string): [first: string, middle: string[], last: string | undefined] {
  const givenAt = name.indexOf('/') + 1;
  const [first = '', ...others] = name.slice(givenAt).split(' ');
  if (givenAt > 0) return [name.slice(0, givenAt) + first, others, undefined];
  return [first, others.slice(0, -1), others.at(-1)];
}

function join(first: string, middle: readonly string[], last: string | undefined): string {
  return trimEnds([first, ...middle, last].filter(Boolean).join(' '));
}

function initial(word: string): string {
  return /[A-Za-z0-9]/.exec(word)?.[0] ?? '';
}

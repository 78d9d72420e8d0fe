/** The last net under the types: takes what may be a card number out of a text, in whatever form it was written. */

/** As a digit may stand in a line: as it is, in any script, escaped for JSON or for a URL. */
const DIGIT = String.raw`(?:\\{1,4}u003|%(?:25){0,3}3)?\p{Nd}`;
/** As people, forms and URLs part the digits of one number; never what stands between two numbers of a JSON text. */
const BETWEEN = String.raw`(?:[ \-._+·\t\u00a0\u00ad\u2000-\u206f\u2212\u3000\ufeff]|\\{1,4}[tnr]|\\{1,4}u(?:00a[0d]|20[0-6][0-9a-f]|feff)|%(?:25){0,3}(?:20|2[bdBD]|09)|%[Cc]2%[Aa]0)`;
const NUMBER = `${DIGIT}(?:${BETWEEN}{0,3}${DIGIT}){11,}`;
/** What is known to be none: a trace id, which was looked at when it came in, and an address. */
const HARMLESS = String.raw`"traceId":"[0-9a-f]{32}"|(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])`;
const UUID = String.raw`\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b`;
const LOOKED_AT = new RegExp(`(?<harmless>${HARMLESS})|(?<uuid>${UUID})|(?<number>${NUMBER})`, 'gu');
/** A digit in Base64 begins with one of these: three digits make four characters. */
const BASE64 = /(?<![A-Za-z0-9+/_-])[MNO][A-Za-z0-9+/_-]{15,}={0,2}/g;

const ESCAPE = /^(?:\\{1,4}u003|%(?:25){0,3}3)/;
const FEWEST = 12;
const MOST = 19;
/** No card's number is shorter than this unless it begins like one; a moment in milliseconds is. */
const CERTAIN = 16;
/** In front of 16 digits, wherever they stand: this gateway's own cards. */
const MASTERCARD = /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/;

/** The text stays the JSON that it was. */
export function maskCardNumbers(text: string): string {
  const isInString = stringsOf(text);
  const masked = text.replace(LOOKED_AT, (found: string, ...rest: unknown[]) => {
    const { harmless, uuid } = rest.at(-1) as Partial<Record<string, string>>;
    if (harmless !== undefined || (uuid !== undefined && /[a-f]/.test(uuid))) return found;
    if (!holdsCardNumber(digitGroups(found))) return found;
    const at = Number(rest.at(-3));
    // A fraction such as a duration's is no card number, and a bare number becomes a string.
    const isBare = /[[,:]-?$/.test(text.slice(Math.max(0, at - 2), at)) && !isInString(at);
    if (isBare && /^\d{1,11}\.\d+$/.test(found)) return found;
    if (!isBare) return '[PAN]';
    // Behind a minus no string may stand.
    return text[at - 1] === '-' ? '0' : '"[PAN]"';
  });
  return masked.replace(BASE64, (found) => (isNumberInBase64(found) ? '[PAN]' : found));
}

/** Whether some of it would be masked. */
export function mayHoldCardNumber(text: string): boolean {
  return maskCardNumbers(text) !== text;
}

/** Whether a place lies inside of a string of a JSON text: to be asked from left to right. */
function stringsOf(text: string): (at: number) => boolean {
  let [seen, isInside] = [0, false];
  return (at) => {
    for (const [mark] of text.slice(seen, at).matchAll(/\\.|"/gs)) if (mark === '"') isInside = !isInside;
    seen = at;
    return isInside;
  };
}

/** The digits between what parts them, in ASCII. */
function digitGroups(text: string): string[] {
  const digit = new RegExp(DIGIT, 'gu');
  const groups: string[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(digit)) {
    const value = asciiDigit(found.replace(ESCAPE, ''));
    if (index === end && groups.length > 0) groups.push(`${groups.pop() ?? ''}${value}`);
    else groups.push(value);
    end = index + found.length;
  }
  return groups;
}

/** Digits of a script stand in a row of ten, from zero. */
function asciiDigit(digit: string): string {
  const plain = digit.normalize('NFKC');
  if (/^\d$/.test(plain)) return plain;
  const code = plain.codePointAt(0) ?? 0;
  let zero = code;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}

function holdsCardNumber(groups: readonly string[]): boolean {
  if (groups.some(({ length }) => length > MOST)) return true;
  for (let from = 0; from < groups.length; from += 1) {
    let digits = '';
    for (let to = from; to < groups.length; to += 1) {
      digits += groups[to] ?? '';
      if (digits.length > MOST) break;
      if (isCardNumber(digits)) return true;
    }
  }
  const all = groups.join('');
  for (let at = 0; at + CERTAIN < all.length + 1; at += 1) {
    const digits = all.slice(at, at + CERTAIN);
    if (MASTERCARD.test(digits) && passesLuhn(digits)) return true;
  }
  return false;
}

function isCardNumber(digits: string): boolean {
  if (digits.length < FEWEST || digits.length > MOST) return false;
  return (digits.length >= CERTAIN || /^[2-6]/.test(digits)) && passesLuhn(digits);
}

function isNumberInBase64(text: string): boolean {
  const decoded = /^[\d -]+/.exec(Buffer.from(text, 'base64').toString('latin1'))?.[0] ?? '';
  return holdsCardNumber(decoded.split(/\D+/).filter((group) => group !== ''));
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

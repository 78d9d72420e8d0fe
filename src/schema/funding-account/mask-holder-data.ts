/** Masks holder data: whoever it belongs to knows it again, whoever looks over a shoulder learns nothing new. */

const DOT = '•';

/** `Susan Archer` is `S•••n A••••r`; a word of up to three characters keeps its first, a single one is hidden. */
export function maskWords(text: string): string {
  return text.replace(/[^\s/]+/gu, maskWord);
}

/** `susan@mail.moonbank.example` is `s•••@m•••.example`, however long it is. */
export function maskEmailAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  return `${address[0]}${DOT.repeat(3)}@${domain[0]}${DOT.repeat(3)}${domain.slice(domain.lastIndexOf('.'))}`;
}

/** The last two digits stay, if they are not most of the number. */
export function maskPhoneNumber(digits: string): string {
  const shown = digits.length > 4 ? 2 : 0;
  return DOT.repeat(digits.length - shown) + digits.slice(digits.length - shown);
}

function maskWord(word: string): string {
  const characters = Array.from(new Intl.Segmenter().segment(word), ({ segment }) => segment);
  const [first = ''] = characters;
  if (characters.length === 1) return DOT;
  if (characters.length < 4) return first + DOT.repeat(characters.length - 1);
  return first + DOT.repeat(characters.length - 2) + characters.at(-1);
}

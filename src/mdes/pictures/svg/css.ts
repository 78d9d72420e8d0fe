/** Reads style attributes and style sheets, as much of CSS as drawing programs write. */
import { PROPERTIES } from './names.js';
import { svgFault } from './svg-fault.js';
import { addressesIn } from './values.js';

export interface Declaration {
  readonly property: string;
  readonly value: string;
  readonly isImportant: boolean;
}

export interface Rule {
  readonly selectors: readonly string[];
  readonly declarations: readonly Declaration[];
}

/** A picture stands still, and looks as on paper: what would depend on where and when it is shown is left out. */
const LEFT_OUT = /^@(?:media|charset|namespace|(?:-\w+-)?keyframes)\b/i;
const IMPORTANT = /\s*!\s*important$/i;

/** Those that paint; what moves or covers anything outside of the picture is left out. */
export function readDeclarations(text: string): Declaration[] {
  return splitAt(';', withoutComments(text)).flatMap((declaration) => {
    const colon = declaration.indexOf(':');
    const property = declaration.slice(0, Math.max(0, colon)).trim().toLowerCase();
    // What is said by way of it would be lost with it.
    if (property.startsWith('--')) throw svgFault('with a style that is not understood');
    const said = declaration.slice(colon + 1).trim();
    const isImportant = said.endsWith('t') && IMPORTANT.test(said.slice(-40));
    const value = isImportant ? said.slice(0, said.lastIndexOf('!')).trim() : said;
    const isGood = addressesIn(value) !== undefined && value !== '' && isClosed(value);
    return isGood && PROPERTIES.has(property) ? [{ property, value, isImportant }] : [];
  });
}

/** @throws PictureFault when it fetches anything, or is none */
export function readSheet(text: string): Rule[] {
  const sheet = withoutComments(text).replaceAll(/<!--|-->/g, ' ');
  if (sheet.includes('\\')) throw svgFault('with a style sheet that reaches elsewhere');
  const rules: Rule[] = [];
  for (let at = 0; at < sheet.length; ) {
    const end = endOfHead(sheet, at);
    const head = sheet.slice(at, end).trim();
    if (head.startsWith('@') && !LEFT_OUT.test(head))
      throw svgFault('with a style sheet that reaches elsewhere');
    if (sheet[end] === '{') {
      const close = endOfBlock(sheet, end);
      const declarations = head.startsWith('@') ? [] : readDeclarations(sheet.slice(end + 1, close));
      if (declarations.length > 0) rules.push({ selectors: head.split(','), declarations });
      at = close + 1;
    } else if (head === '' || head.startsWith('@')) at = end + 1;
    else throw svgFault('with a style sheet that is none');
  }
  return rules;
}

/** Where its block begins, or where it ends without one. */
function endOfHead(sheet: string, at: number): number {
  let end = at;
  while (end < sheet.length && sheet[end] !== '{' && sheet[end] !== ';') end++;
  return end;
}

function endOfBlock(sheet: string, open: number): number {
  let depth = 0;
  for (let at = open; at < sheet.length; at++) {
    if (sheet[at] === '{') depth++;
    else if (sheet[at] === '}' && --depth === 0) return at;
  }
  throw svgFault('with a style sheet that is none');
}

function withoutComments(text: string): string {
  let rest = '';
  for (let at = 0; ; ) {
    const start = text.indexOf('/*', at);
    if (start < 0) return rest + text.slice(at);
    rest += `${text.slice(at, start)} `;
    const end = text.indexOf('*/', start + 2);
    if (end < 0) return rest;
    at = end + 2;
  }
}

/** Not inside of quotes and parentheses. */
function splitAt(separator: string, text: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  scan(text, (character, at, isOpen) => {
    if (character !== separator || isOpen) return;
    pieces.push(text.slice(start, at));
    start = at + 1;
  });
  return [...pieces, text.slice(start)];
}

function isClosed(text: string): boolean {
  return !scan(text, () => undefined);
}

/** Whether something is left open at its end. */
function scan(text: string, see: (character: string, at: number, isOpen: boolean) => void): boolean {
  let quote = '';
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '(') depth++;
    else if (character === ')') depth = Math.max(0, depth - 1);
    see(character, at, quote !== '' || depth > 0);
  }
  return quote !== '' || depth > 0;
}

/** Writes a tree as an SVG that says the same to a reader of XML and, inlined into a page, to one of HTML. */
import type { SvgElement } from './svg-tree.js';

const XMLNS = 'xmlns="http://www.w3.org/2000/svg"';
const XMLNS_XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
  '\r': ' ',
};

/** @param isReferredTo whether an id is used in the picture: no other is written, a page has ids of its own */
export function writeSvg(root: SvgElement, isReferredTo: (id: string) => boolean): Buffer {
  const pieces: string[] = [];
  const write = (element: SvgElement, namespaces: readonly string[]): void => {
    const { name, attributes, style, children } = element;
    const kept = [...attributes].filter(([attribute, value]) => attribute !== 'id' || isReferredTo(value));
    const said = style.map(({ property, value }) => `${property}:${value}`).join(';');
    const all = said === '' ? kept : [...kept, ['style', said] as const];
    const written = all.map(([attribute, value]) => `${attribute}="${escaped(value, /[&<>"\n\t\r]/g)}"`);
    pieces.push(`<${[name, ...namespaces, ...written].join(' ')}`);
    if (children.length === 0) {
      pieces.push('/>');
      return;
    }
    pieces.push('>');
    for (const child of children) {
      if (typeof child === 'string') pieces.push(escaped(child, /[&<>\r]/g));
      else write(child, []);
    }
    pieces.push(`</${name}>`);
  };
  write(root, usesXlink(root) ? [XMLNS, XMLNS_XLINK] : [XMLNS]);
  return Buffer.from(pieces.join(''));
}

function usesXlink(element: SvgElement): boolean {
  const { attributes, children } = element;
  return (
    attributes.has('xlink:href') || children.some((child) => typeof child !== 'string' && usesXlink(child))
  );
}

function escaped(text: string, characters: RegExp): string {
  return text.replace(characters, (character) => ESCAPES[character] ?? '');
}

/** Reads the text of an SVG into a tree, leaves out what no browser paints, and refuses what runs or fetches. */
import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes';
import { readDeclarations } from './css.js';
import { ATTRIBUTES, ELEMENTS, PROPERTIES, REFERRING, TEXTS, UNSEEN_ELEMENTS } from './names.js';
import { svgFault } from './svg-fault.js';
import { MAX_DEPTH, type SvgElement, type SvgTree } from './svg-tree.js';
import { addressesIn, readAddress } from './values.js';

const SVG = 'http://www.w3.org/2000/svg';
const XLINK = 'http://www.w3.org/1999/xlink';
const XML = 'http://www.w3.org/XML/1998/namespace';
const XHTML = 'http://www.w3.org/1999/xhtml';

const MAX_ELEMENTS = 10_000;

/** As Illustrator writes for its namespaces: plain words, which cannot multiply. */
const ENTITY = /<!ENTITY\s+([\w-]{1,50})\s+(?:"([^"&%<]{0,100})"|'([^'&%<]{0,100})')\s*>/g;

const PREDEFINED = { amp: '&', gt: '>', lt: '<', quot: '"', apos: "'" };

/** What an open tag has become: an element, a style sheet, or nothing. */
type Open = SvgElement | 'SHEET' | 'NOTHING';

/** @throws PictureFault */
export function parseSvg(text: string): SvgTree {
  const parser = new SaxesParser({ xmlns: true, defaultXMLVersion: '1.0' });
  // Without what every object inherits: `&constructor;` is none.
  parser.ENTITIES = Object.assign(Object.create(null), PREDEFINED);
  const open: Open[] = [];
  const sheets: string[] = [];
  let root: SvgElement | undefined;
  let elements = 0;
  const refuse = (what: string): never => {
    throw svgFault(`${what}, at ${parser.line}:${parser.column}`);
  };

  parser.on('error', () => refuse('that is not well-formed'));
  parser.on('xmldecl', ({ version }) => {
    if (version !== '1.0') refuse('in another version of XML');
  });
  parser.on('doctype', (doctype) => {
    for (const [, name = '', quoted, single] of doctype.matchAll(ENTITY)) {
      if (!Object.hasOwn(parser.ENTITIES, name)) parser.ENTITIES[name] = quoted ?? single ?? '';
    }
  });
  // Bounds before the tag's namespaces are looked up, which takes as long as the tag is deep.
  parser.on('opentagstart', () => {
    elements++;
    if (open.length >= MAX_DEPTH || elements > MAX_ELEMENTS) refuse('with too many elements');
  });
  parser.on('opentag', (tag) => {
    const parent = open.at(-1);
    if (parent === undefined && (tag.uri !== SVG || tag.local !== 'svg')) refuse('with another root');
    const now = isFilled(parent) ? 'NOTHING' : enter(tag, refuse);
    open.push(now);
    if (now === 'SHEET') sheets.push('');
    if (typeof now === 'string') return;
    if (typeof parent === 'object') parent.children.push(now);
    else root = now;
  });
  parser.on('closetag', () => open.pop());
  const addText = (more: string): void => {
    const inside = open.at(-1);
    if (inside === 'SHEET') sheets.push((sheets.pop() ?? '') + more);
    else if (typeof inside === 'object' && TEXTS.has(inside.name)) inside.children.push(more);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(text).close();
  return { root: root ?? refuse('with another root'), sheets };
}

/** Elements in a title are HTML to a reader of HTML: unclosed, they would swallow the rest of the page. */
function isFilled(parent: Open | undefined): boolean {
  return typeof parent === 'string' || parent?.name === 'title';
}

function enter(tag: SaxesTagNS, refuse: (what: string) => never): Open {
  const { uri, local, attributes } = tag;
  if (uri === XHTML) return refuse('with an element that is not of a picture');
  // What drawing programs write for themselves.
  if (uri !== SVG || UNSEEN_ELEMENTS.has(local)) return 'NOTHING';
  if (local === 'style') return isForScreens(tag) ? 'SHEET' : 'NOTHING';
  // As it stands in Illustrator's files, beside the drawing itself: for Illustrator alone.
  if (local === 'foreignObject' && 'requiredExtensions' in attributes) return 'NOTHING';
  if (!ELEMENTS.has(local)) return refuse('with an element that is not of a picture');
  const element: SvgElement = {
    name: local,
    attributes: new Map(),
    classes: new Set((attributes['class']?.value ?? '').split(/\s+/)),
    style: readDeclarations(attributes['style']?.value ?? ''),
    children: [],
  };
  for (const attribute of Object.values(attributes)) {
    const name = keptName(local, attribute, refuse);
    if (name !== undefined) element.attributes.set(name, attribute.value);
  }
  return element;
}

function isForScreens({ attributes }: SaxesTagNS): boolean {
  const { type, media } = attributes;
  return (
    /^(?:text\/css)?$/i.test(type?.value.trim() ?? '') && /^(?:all|screen)?$/i.test(media?.value.trim() ?? '')
  );
}

/** undefined: it is left out. */
function keptName(
  element: string,
  { uri, local, name, value }: SaxesAttributeNS,
  refuse: (what: string) => never,
): string | undefined {
  if (/^on/i.test(name) || /^on/i.test(local)) return refuse('with an event handler');
  if (local.toLowerCase() === 'href' && (uri === '' || uri === XLINK)) {
    if (!REFERRING.has(element) || value.trim() === '') return undefined;
    const address = readAddress(value.trim());
    const isPicture = element === 'image' || element === 'feImage';
    if (address === undefined || (address.kind === 'EMBEDDED' && !isPicture)) {
      return refuse('with a reference to elsewhere');
    }
    // An image of a place in the document would fetch the document.
    if (local !== 'href' || (address.kind === 'LOCAL' && element === 'image')) return undefined;
    return uri === XLINK ? 'xlink:href' : local;
  }
  if (uri === XML) return local === 'space' ? 'xml:space' : undefined;
  if (uri !== '') return undefined;
  if (PROPERTIES.has(local)) return addressesIn(value) === undefined ? undefined : local;
  return ATTRIBUTES.has(local) ? local : undefined;
}

/** Reads an SVG as browsers do, and refuses what does more than paint: nothing that runs, nothing from elsewhere. */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { PictureFault } from './picture-fault.js';
import { attributeFault, elementFault, inSvg, styleSheetFault } from './svg-rules.js';

const MAX_DEPTH = 64;
const MAX_ELEMENTS = 10_000;
/** A `use` of a `use` of a … multiplies: some thirty of them could keep a browser busy for minutes. */
const MAX_USES = 20;

/** Hold text only: elsewhere browsers read what is inside them as HTML once a page inlines the picture. */
const TEXT_ONLY = ['style', 'title', 'desc'];

/** @throws PictureFault unless it is an SVG that can do nothing but be a picture */
export function checkSvg(bytes: Buffer): void {
  const text = decode(bytes);
  const parser = new SaxesParser({ xmlns: true, defaultXMLVersion: '1.0' });
  const open: { readonly name: string | null; text: string }[] = [];
  let elements = 0;
  let uses = 0;
  const refuse = (what: string): never => {
    throw fault(`${what}, at ${parser.line}:${parser.column}`);
  };
  const refuseIf = (what: string | null): void => {
    if (what !== null) refuse(what);
  };
  // Bounds before the tag's namespaces are looked up, which takes as long as the tag is deep.
  const count = (): void => {
    elements++;
    if (open.length >= MAX_DEPTH || elements > MAX_ELEMENTS) refuse('with too many elements');
  };
  const enter = (tag: SaxesTagNS): void => {
    const name = inSvg(tag) ? tag.local : null;
    if (elements === 1 && name !== 'svg') refuse('with another root');
    if (TEXT_ONLY.includes(open.at(-1)?.name ?? '')) refuse('with an element where text belongs');
    refuseIf(elementFault(tag));
    for (const attribute of Object.values(tag.attributes)) refuseIf(attributeFault(attribute));
    if (name === 'use' && ++uses > MAX_USES) refuse('with too many uses');
    open.push({ name, text: '' });
  };
  const leave = (): void => {
    const { name, text } = open.pop() ?? { name: null, text: '' };
    if (name === 'style') refuseIf(styleSheetFault(text));
  };
  // A style sheet is all text inside of its element, comments left out: `@im<!-- -->port` imports.
  const addText = (more: string): void => {
    const element = open.at(-1);
    if (element?.name === 'style') element.text += more;
  };
  // A page's HTML reader ends a comment or CDATA elsewhere than XML's, and would see tags that are none here.
  const addHidden = (hidden: string): void => {
    if (hidden.includes('<')) refuse('with a tag in a comment or CDATA');
  };

  parser.on('error', () => refuse('that is not well-formed'));
  parser.on('xmldecl', ({ version, encoding = 'UTF-8' }) => {
    if (version !== '1.0' || !/^utf-8$/i.test(encoding)) refuse('in another encoding or version of XML');
  });
  parser.on('doctype', () => refuse('with a DOCTYPE'));
  parser.on('processinginstruction', () => refuse('with a processing instruction'));
  parser.on('opentagstart', count);
  parser.on('opentag', enter);
  parser.on('closetag', leave);
  parser.on('text', addText);
  parser.on('comment', addHidden);
  parser.on('cdata', (cdata) => {
    addHidden(cdata);
    addText(cdata);
  });
  parser.write(text).close();
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw fault('that is not UTF-8');
  }
}

function fault(what: string): PictureFault {
  return new PictureFault(`image/svg+xml ${what}`);
}

/**
 * Makes an SVG into one that can do nothing but be a picture, alone, in `<img>` and inlined into a page: it is read into a
 * tree, what may be kept is written anew, and what runs, fetches, or would keep a browser busy is refused.
 */
import { applyStyles } from './apply-styles.js';
import { decodeXml } from './decode-xml.js';
import { checkEffort, lookUp } from './effort.js';
import { parseSvg } from './parse-svg.js';
import { svgFault } from './svg-fault.js';
import { elementsOf, hrefsOf, type SvgElement, saidOf } from './svg-tree.js';
import { addressesIn, readAddress } from './values.js';
import { writeSvg } from './write-svg.js';

/** @throws PictureFault when it does, or would take, more than a picture does */
export function cleanSvg(bytes: Buffer): Buffer {
  const tree = parseSvg(decodeXml(bytes));
  applyStyles(tree);
  const { root } = tree;
  keepInBox(root);
  const elements = allOf(root);
  const byId = new Map<string, SvgElement>();
  for (const element of elements) {
    const id = element.attributes.get('id');
    if (id !== undefined && !byId.has(id)) byId.set(id, element);
  }
  checkEffort(root, byId);
  const targets = new Set(elements.flatMap(referencesOf).flatMap((id) => lookUp(id, byId)));
  const ids = new Set([...targets].map(({ attributes }) => attributes.get('id')));
  return writeSvg(root, (id) => ids.has(id));
}

/** Inlined, a picture's outermost element would be painted beyond its place in the page. */
function keepInBox(root: SvgElement): void {
  root.attributes.delete('overflow');
  root.style = root.style.filter(({ property }) => property !== 'overflow');
  const moved = ['transform', 'filter'].flatMap((property) => saidOf(root, property));
  if (moved.some((value) => value.trim() !== 'none'))
    throw svgFault('with an effect on its outermost element');
}

/** In the order in which they stand: of two with one id the first counts. */
function allOf(element: SvgElement): SvgElement[] {
  return [element, ...elementsOf(element).flatMap(allOf)];
}

function referencesOf(element: SvgElement): string[] {
  const { attributes, style } = element;
  const hrefs = hrefsOf(element).map((href) => readAddress(href.trim()));
  const values = [...attributes.values(), ...style.map(({ value }) => value)].filter((value) =>
    /url\(/i.test(value),
  );
  return [...hrefs, ...values.flatMap((value) => addressesIn(value) ?? [])].flatMap((address) =>
    address?.kind === 'LOCAL' ? address.id : [],
  );
}

/** An SVG as a tree of what may be kept of it. */
import type { Declaration } from './css.js';

/** Of elements in each other; nor does a selector fit that names more. */
export const MAX_DEPTH = 64;

export interface SvgElement {
  readonly name: string;
  /** As they will be written: without prefixes, but for `xlink:href` and `xml:space`. */
  readonly attributes: Map<string, string>;
  readonly classes: ReadonlySet<string>;
  /** In the order in which they count. */
  style: readonly Declaration[];
  /** Texts stand only where they are painted. */
  readonly children: (SvgElement | string)[];
}

export interface SvgTree {
  readonly root: SvgElement;
  readonly sheets: readonly string[];
}

export function elementsOf({ children }: SvgElement): SvgElement[] {
  return children.filter((child) => typeof child !== 'string');
}

export function hrefsOf({ attributes }: SvgElement): string[] {
  return ['href', 'xlink:href'].flatMap((name) => attributes.get(name) ?? []);
}

/** What it says of a property, as an attribute and in its style: which of them counts is a browser's business. */
export function saidOf({ attributes, style }: SvgElement, property: string): string[] {
  const inStyle = style.filter((declaration) => declaration.property === property);
  return [attributes.get(property) ?? [], inStyle.map(({ value }) => value)].flat();
}

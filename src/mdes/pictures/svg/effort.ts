/**
 * What it takes a browser to paint an SVG: its elements as often as references have them painted. A few lines of `use`,
 * `mask` or `marker` that refer to each other would keep it busy for minutes.
 */
import querystring from 'node:querystring';
import { DEFINITIONS } from './names.js';
import { alone, dashes, type Effort, LAYER, NONE } from './own-effort.js';
import { svgFault } from './svg-fault.js';
import { elementsOf, hrefsOf, type SvgElement, saidOf } from './svg-tree.js';
import { addressesIn, readAddress } from './values.js';

/** Of simple elements; logos of the real world come to 1,400. Measured with fault row X1. */
const MOST = 20_000;
const MAX_REFERENCE_DEPTH = 64;

/** Without what its primitives are; of CSS it has none. */
const FILTER = 50;
const CLIP = 3;
const MARKERS = ['marker', 'marker-start', 'marker-mid', 'marker-end'];

/** @throws PictureFault when it would take too much, or refers to itself */
export function checkEffort(root: SvgElement, byId: ReadonlyMap<string, SvgElement>): void {
  const above = ancestorsOfDefinitions(root);
  const known = new Map<SvgElement, Effort>();
  const under = new Set<SvgElement>();

  const effortOf = (element: SvgElement): Effort => {
    const before = known.get(element);
    if (before !== undefined) return before;
    if (under.has(element)) throw svgFault('with references in a circle');
    if (under.size > 2 * MAX_REFERENCE_DEPTH) throw svgFault('with too many references in a row');
    under.add(element);
    const effort = measure(element);
    under.delete(element);
    known.set(element, effort);
    if (effort.total > MOST) throw svgFault('that unfolds to too many elements');
    return effort;
  };

  const behindHref = (element: SvgElement): Effort[] =>
    hrefsOf(element)
      .map((href) => readAddress(href.trim()))
      .flatMap((address) => (address?.kind === 'LOCAL' ? lookUp(address.id, byId) : []))
      .map(effortOf);

  const targetsOf = (element: SvgElement, property: string): SvgElement[] =>
    saidOf(element, property)
      .flatMap((value) => addressesIn(value) ?? [])
      .flatMap((address) => (address.kind === 'LOCAL' ? lookUp(address.id, byId) : []));

  const behind = (element: SvgElement, property: string): number =>
    sum(targetsOf(element, property).map(effortOf));

  /** What stands above a definition is said for what is in it too, unless that says it anew: then it is no circle. */
  const handedDown = (element: SvgElement, properties: readonly string[]): number =>
    (above.get(element) ?? []).reduce((all, ancestor) => {
      const targets = properties.flatMap((property) => targetsOf(ancestor, property));
      return all + sum(targets.filter((target) => !under.has(target)).map(effortOf));
    }, 0);

  const inherited = (element: SvgElement, properties: readonly string[]): number =>
    properties.reduce((all, property) => all + behind(element, property), handedDown(element, properties));

  const measure = (element: SvgElement): Effort => {
    const painted = elementsOf(element).filter(({ name }) => !DEFINITIONS.has(name));
    const inside = together([alone(element), ...painted.map(effortOf), ...behindHref(element)]);
    const dashed = [element, ...(above.get(element) ?? [])];
    const total =
      inside.total +
      behind(element, 'mask') +
      LAYER * saidOf(element, 'mask').length +
      behind(element, 'clip-path') +
      CLIP * saidOf(element, 'clip-path').length +
      behind(element, 'filter') +
      FILTER * calls(saidOf(element, 'filter')) +
      inherited(element, ['fill', 'stroke']) * Math.max(1, inside.shapes) +
      inherited(element, MARKERS) * Math.max(1, inside.points) +
      dashed.reduce((all, one) => all + dashes(one, inside.length), 0);
    return { ...inside, total };
  };

  effortOf(root);
}

/** What a browser may mean by it: some decode what is percent-encoded, some take the words as they are. */
export function lookUp(id: string, byId: ReadonlyMap<string, SvgElement>): SvgElement[] {
  return [...new Set([id, querystring.unescape(id)])].flatMap((one) => byId.get(one) ?? []);
}

function ancestorsOfDefinitions(root: SvgElement): ReadonlyMap<SvgElement, readonly SvgElement[]> {
  const found = new Map<SvgElement, readonly SvgElement[]>();
  const visit = (element: SvgElement, path: readonly SvgElement[]): void => {
    if (DEFINITIONS.has(element.name)) found.set(element, path);
    for (const child of elementsOf(element)) visit(child, [...path, element]);
  };
  visit(root, []);
  return found;
}

function calls(values: readonly string[]): number {
  return values.reduce((all, value) => all + value.split('(').length - 1, 0);
}

function together(efforts: readonly Effort[]): Effort {
  return efforts.reduce(
    (all, one) => ({
      total: all.total + one.total,
      shapes: all.shapes + one.shapes,
      points: all.points + one.points,
      length: all.length + one.length,
    }),
    NONE,
  );
}

function sum(efforts: readonly Effort[]): number {
  return efforts.reduce((all, { total }) => all + total, 0);
}

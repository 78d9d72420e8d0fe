/**
 * What it takes a browser to paint an SVG: its elements as often as references have them painted. A few lines of `use`,
 * `mask` or `marker` that refer to each other would keep it busy for minutes.
 */
import { DEFINITIONS, SHAPES } from './names.js';
import { svgFault } from './svg-fault.js';
import { elementsOf, hrefsOf, type SvgElement, saidOf } from './svg-tree.js';
import { addressesIn, readAddress } from './values.js';

/** Of simple elements; logos of the real world come to 1,400. Measured with fault row X1. */
const MOST = 20_000;
const MAX_REFERENCE_DEPTH = 64;

/** What is painted on a surface of its own first. */
const LAYER = 20;
/** Without what its primitives are; of CSS it has none. */
const FILTER = 50;
const TILE = 5;
const CLIP = 3;
/** Of a path, or a stop of a gradient. */
const POINT = 1 / 50;
const LETTER = 1 / 10;
const DASH = 1 / 30;
const PIXEL = 1 / 10_000;

/** By element; they go over each pixel of what they are laid on. */
const PRIMITIVES: ReadonlyMap<string, number> = new Map([
  ['feGaussianBlur', 100],
  ['feDropShadow', 100],
  // However thick it says that it is: what is around it may enlarge it.
  ['feMorphology', 6000],
  ['feConvolveMatrix', 100],
  ['feDiffuseLighting', 400],
  ['feSpecularLighting', 400],
  ['feDisplacementMap', 30],
  ['feTurbulence', 400],
]);
const PRIMITIVE = 10;
const MARKERS = ['marker', 'marker-start', 'marker-mid', 'marker-end'];
const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi;

/** Of an element with all that is in it and behind its references. */
interface Effort {
  readonly total: number;
  readonly shapes: number;
  readonly points: number;
  /** At least that of all its lines, in its own units. */
  readonly length: number;
}

const NONE: Effort = { total: 0, shapes: 0, points: 0, length: 0 };

/** @throws PictureFault when it would take too much, or refers to itself */
export function checkEffort(root: SvgElement, byId: ReadonlyMap<string, SvgElement>): void {
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

  const targetsOf = (values: readonly string[]): Effort[] =>
    values
      .flatMap((value) => addressesIn(value) ?? [])
      .flatMap((address) => (address.kind === 'LOCAL' ? (lookUp(address.id, byId) ?? []) : []))
      .map(effortOf);

  const behindHref = (element: SvgElement): Effort[] =>
    hrefsOf(element)
      .map((href) => readAddress(href.trim()))
      .flatMap((address) => (address?.kind === 'LOCAL' ? (lookUp(address.id, byId) ?? []) : []))
      .map(effortOf);

  const measure = (element: SvgElement): Effort => {
    const painted = elementsOf(element).filter(({ name }) => !DEFINITIONS.has(name));
    const inside = together([alone(element), ...painted.map(effortOf), ...behindHref(element)]);
    const behind = (property: string) => sum(targetsOf(saidOf(element, property)));
    const said = (property: string) => saidOf(element, property).length;
    const paints = ['fill', 'stroke'].reduce((paint, property) => paint + behind(property), 0);
    const marks = MARKERS.reduce((mark, property) => mark + behind(property), 0);
    const total =
      inside.total +
      behind('mask') +
      LAYER * said('mask') +
      behind('clip-path') +
      CLIP * said('clip-path') +
      behind('filter') +
      FILTER * said('filter') +
      paints * Math.max(1, inside.shapes) +
      marks * Math.max(1, inside.points) +
      dashes(element, inside.length);
    return { ...inside, total };
  };

  effortOf(root);
}

/** As browsers do: by the words themselves, else with what is percent-encoded in them decoded. */
export function lookUp(id: string, byId: ReadonlyMap<string, SvgElement>): SvgElement | undefined {
  return byId.get(id) ?? byId.get(decoded(id));
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** Without what is in it and behind it. */
function alone(element: SvgElement): Effort {
  const { name, attributes, children } = element;
  const letters = children.reduce((sum, child) => sum + (typeof child === 'string' ? child.length : 0), 0);
  if (SHAPES.has(name)) return shape(element, letters);
  if (name === 'stop') return { ...NONE, total: POINT };
  if (name === 'pattern') return { ...NONE, total: TILE };
  if (name.startsWith('fe')) return { ...NONE, total: primitive(name, attributes) };
  return { ...NONE, total: 1 + (children.length > 1 ? layers(element) : 0) };
}

function shape(element: SvgElement, letters: number): Effort {
  const { attributes } = element;
  const path = `${attributes.get('d') ?? ''} ${attributes.get('points') ?? ''}`;
  const numbers = numbersIn(path);
  const sides = ['width', 'height', 'r', 'rx', 'ry', 'x1', 'x2', 'y1', 'y2'].flatMap((side) =>
    numbersIn(attributes.get(side) ?? ''),
  );
  const pathLength = numbersIn(attributes.get('pathLength') ?? '');
  const points = numbers.length + 4;
  return {
    total: 1 + points * POINT + letters * LETTER + pixelsOf(element) * PIXEL + layers(element) / 10,
    shapes: 1,
    points,
    length: 7 * sum(sides.map(Math.abs)) + 2 * sum(numbers.map(Math.abs)) + sum(pathLength.map(Math.abs)),
  };
}

function pixelsOf(element: SvgElement): number {
  const addresses = hrefsOf(element).map((href) => readAddress(href.trim()));
  return sum(addresses.map((address) => (address?.kind === 'EMBEDDED' ? address.pixels : 0)));
}

/** For what is seen through it: mixed with what is below it only when it is whole. */
function layers(element: SvgElement): number {
  const mixed = ['opacity', 'mix-blend-mode', 'isolation'].flatMap((property) => saidOf(element, property));
  return mixed.some((value) => !/^(?:1|100%|normal|auto)$/.test(value.trim())) ? LAYER : 0;
}

function primitive(name: string, attributes: ReadonlyMap<string, string>): number {
  const effort = PRIMITIVES.get(name) ?? PRIMITIVE;
  const largest = (attribute: string) =>
    Math.max(1, ...numbersIn(attributes.get(attribute) ?? '').slice(0, 2));
  if (name === 'feTurbulence') return effort * largest('numOctaves');
  return name === 'feConvolveMatrix' ? effort * largest('order') ** 2 : effort;
}

function dashes(element: SvgElement, length: number): number {
  const periods = saidOf(element, 'stroke-dasharray').map((value) => sum(numbersIn(value).map(Math.abs)));
  return sum(periods.map((period) => (period > 0 ? (length / period) * DASH : 0)));
}

function numbersIn(text: string): number[] {
  return (text.match(NUMBER) ?? []).map(Number);
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

function sum(values: readonly (number | Effort)[]): number {
  return values.reduce<number>((all, value) => all + (typeof value === 'number' ? value : value.total), 0);
}

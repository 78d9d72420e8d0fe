/** What it takes a browser to paint an element of an SVG by itself, beside the simplest: measured with fault row X1. */
import { SHAPES } from './names.js';
import { hrefsOf, type SvgElement, saidOf } from './svg-tree.js';
import { readAddress } from './values.js';

/** What is painted on a surface of its own first. */
export const LAYER = 20;
const TILE = 5;
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
  ['feMorphology', 15_000],
  ['feConvolveMatrix', 100],
  ['feDiffuseLighting', 400],
  ['feSpecularLighting', 400],
  ['feDisplacementMap', 30],
  ['feTurbulence', 400],
]);
const PRIMITIVE = 10;
/** In user units: what any other comes to nobody knows here. */
const PLAIN = /^[-+\d.e,\s]*(?:px)?$/i;
/** Smooth curves mirror the handle of the one before: in a row of them they swing wider and wider. */
const SMOOTH = /[st][^mzlhvcqa]*/gi;
const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi;

/** Of an element, or of all that is in it and behind its references. */
export interface Effort {
  readonly total: number;
  readonly shapes: number;
  readonly points: number;
  /** At least that of all its lines, in its own units. */
  readonly length: number;
}

export const NONE: Effort = { total: 0, shapes: 0, points: 0, length: 0 };

/** Without what is in it and behind it. */
export function alone(element: SvgElement): Effort {
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
  const sides = ['width', 'height', 'r', 'rx', 'ry', 'x1', 'x2', 'y1', 'y2'].map((side) =>
    unitsIn(attributes.get(side) ?? ''),
  );
  const pathLength = numbersIn(attributes.get('pathLength') ?? '');
  const points = numbers.length + 4;
  return {
    total: 1 + points * POINT + letters * LETTER + pixelsOf(element) * PIXEL + layers(element) / 10,
    shapes: 1,
    points,
    length: 7 * sum(sides) + 2 * sum(numbers.map(Math.abs)) * swing(path) + sum(pathLength.map(Math.abs)),
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

export function dashes(element: SvgElement, length: number): number {
  return sum(
    saidOf(element, 'stroke-dasharray').map((value) => {
      const period = unitsIn(value);
      if (period === Number.POSITIVE_INFINITY) return period;
      return period > 0 ? (length / period) * DASH : 0;
    }),
  );
}

/** The most that a row of smooth curves may be longer than what it says. */
function swing(path: string): number {
  return (path.match(SMOOTH) ?? []).reduce((most, run) => Math.max(most, numbersIn(run).length / 2), 1);
}

/** Infinite, where that cannot be told. */
function unitsIn(text: string): number {
  const numbers = numbersIn(text);
  if (numbers.length > 0 && !PLAIN.test(text.trim())) return Number.POSITIVE_INFINITY;
  return sum(numbers.map(Math.abs));
}

function numbersIn(text: string): number[] {
  return (text.match(NUMBER) ?? []).map(Number);
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

/**
 * Writes what the style sheets say into the elements that they say it of: a sheet is for the whole page that a picture is
 * inlined into, and the classes of a picture mean something else there.
 */
import { type Declaration, type Rule, readSheet } from './css.js';
import { svgFault } from './svg-fault.js';
import { elementsOf, MAX_DEPTH, type SvgElement, type SvgTree } from './svg-tree.js';

/** Of an element and a selector: keeps a picture from costing a second. */
const MAX_LOOKS = 100_000;
/** A few lines say much when each element has them written into it. */
const MAX_CHARACTERS = 1024 * 1024;

interface Step {
  /** null: any */
  readonly tag: string | null;
  readonly id: string | null;
  readonly classes: readonly string[];
  /** The element before must be the parent, not any ancestor. */
  readonly isChild: boolean;
}

interface Styling {
  readonly steps: readonly Step[];
  readonly specificity: number;
  /** Of two that are as specific, the later counts. */
  readonly place: number;
  readonly declarations: readonly Declaration[];
}

const STEP = /^(\*|[a-z][\w-]*)?((?:[.#][\p{L}\p{N}_-]+)*)$/iu;
/** Of an element while somebody points at it, or of a part that no SVG has. */
const PASSING = /:(?:hover|active|focus|visited|link|:|before|after)/;

export function applyStyles({ root, sheets }: SvgTree): void {
  const byKey = groupByKey(sheets.flatMap(readSheet).flatMap(toStylings));
  let looks = 0;
  let characters = 0;
  const look = (): void => {
    if (++looks > MAX_LOOKS) throw svgFault('with too many styles');
  };
  const visit = (element: SvgElement, ancestors: readonly SvgElement[]): void => {
    const id = element.attributes.get('id');
    const keys = new Set([`#${id}`, ...[...element.classes].map((one) => `.${one}`), element.name, '*']);
    const path = [...ancestors, element];
    const fitting = [...keys]
      .flatMap((key) => byKey.get(key) ?? [])
      .filter(({ steps }) => fits(steps, path, look))
      .sort((one, other) => one.specificity - other.specificity || one.place - other.place);
    const said = fitting.flatMap(({ declarations }) => declarations);
    characters += lengthOf(said) + lengthOf(element.style);
    if (characters > MAX_CHARACTERS) throw svgFault('with too many styles');
    element.style = inOrder(said, element.style);
    for (const child of elementsOf(element)) visit(child, path);
  };
  visit(root, []);
}

function groupByKey(stylings: readonly Omit<Styling, 'place'>[]): ReadonlyMap<string, readonly Styling[]> {
  const groups = new Map<string, Styling[]>();
  for (const [place, { steps, specificity, declarations }] of stylings.entries()) {
    const key = keyOf(steps.at(-1));
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push({ steps, specificity, declarations, place });
  }
  return groups;
}

function toStylings({ selectors, declarations }: Rule): Omit<Styling, 'place'>[] {
  return selectors
    .map((selector) => selector.trim())
    .filter((selector) => selector !== '' && !PASSING.test(selector))
    .map((selector) => {
      const steps = readSteps(selector);
      return { steps, specificity: specificityOf(steps), declarations };
    })
    .filter(({ steps }) => steps.length <= MAX_DEPTH);
}

function readSteps(selector: string): Step[] {
  const steps: Step[] = [];
  let isChild = false;
  for (const word of selector.replaceAll('>', ' > ').split(/\s+/)) {
    if (word === '>') {
      isChild = true;
      continue;
    }
    const [, tag, marks = ''] = STEP.exec(word) ?? [];
    if (tag === undefined && marks === '') throw svgFault('with a style sheet that is not understood');
    const named = marks.match(/[.#][^.#]+/g) ?? [];
    steps.push({
      tag: tag === undefined || tag === '*' ? null : tag,
      id: named.find((mark) => mark.startsWith('#'))?.slice(1) ?? null,
      classes: named.filter((mark) => mark.startsWith('.')).map((mark) => mark.slice(1)),
      isChild,
    });
    isChild = false;
  }
  return steps;
}

/** As CSS weighs them: an id is more than any classes, a class more than any tags. */
function specificityOf(steps: readonly Step[]): number {
  return steps.reduce(
    (sum, { tag, id, classes }) =>
      sum + (id === null ? 0 : 1_000_000) + 1000 * classes.length + (tag === null ? 0 : 1),
    0,
  );
}

function keyOf(step: Step | undefined): string {
  if (step === undefined) return '';
  if (step.id !== null) return `#${step.id}`;
  const [first] = step.classes;
  return first === undefined ? (step.tag ?? '*') : `.${first}`;
}

/** @param path from the root to the element */
function fits(steps: readonly Step[], path: readonly SvgElement[], look: () => void): boolean {
  look();
  const [step, element] = [steps.at(-1), path.at(-1)];
  if (step === undefined) return true;
  if (element === undefined || !fitsOne(step, element)) return false;
  const before = steps.slice(0, -1);
  const above = path.slice(0, -1);
  if (before.length === 0) return true;
  if (step.isChild) return fits(before, above, look);
  return above.some((_, index) => fits(before, above.slice(0, index + 1), look));
}

function fitsOne({ tag, id, classes }: Step, element: SvgElement): boolean {
  if (tag !== null && tag !== element.name) return false;
  if (id !== null && id !== element.attributes.get('id')) return false;
  return classes.every((one) => element.classes.has(one));
}

function lengthOf(declarations: readonly Declaration[]): number {
  return declarations.reduce((sum, { property, value }) => sum + property.length + value.length, 0);
}

/** What is important behind what is not; what is said twice in the same words once. */
function inOrder(sheets: readonly Declaration[], own: readonly Declaration[]): Declaration[] {
  const all = [...sheets, ...own];
  const ordered = [...all.filter((one) => !one.isImportant), ...all.filter((one) => one.isImportant)];
  const last = new Map<string, Declaration>();
  for (const declaration of ordered) {
    const key = `${declaration.property}:${declaration.value}`;
    last.delete(key);
    last.set(key, declaration.isImportant ? { ...declaration, isImportant: false } : declaration);
  }
  return [...last.values()];
}

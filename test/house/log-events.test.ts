/** Every line that the gateway can log stands in the table of docs/operating.md, and nothing else does. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { type Argument, type CallExpression, type Expression, parseSync } from '@swc/core';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SRC = join(ROOT, 'src');
const LEVELS: readonly string[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'];
const LOGGERS: readonly string[] = ['log', 'logger'];

/** `msg | level | event`, where what differs from line to line is `…`. */
type Line = string;

function sources(): string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
}

function linesOf(file: string): Line[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  const tree = parseSync(text, { syntax: 'typescript', decorators: true, tsx: file.endsWith('.tsx') });
  return callsIn(tree).flatMap((call) => {
    const level = levelOf(call);
    return level === undefined ? [] : [[messageOf(call, file), level, eventOf(call.arguments)].join(' | ')];
  });
}

function callsIn(node: unknown): CallExpression[] {
  if (typeof node !== 'object' || node === null) return [];
  const below = Object.values(node).flatMap(callsIn);
  return isCall(node) ? [node, ...below] : below;
}

function isCall(node: object): node is CallExpression {
  return 'type' in node && node.type === 'CallExpression';
}

/** Of `log.warn(…)`, `this.#log.warn(…)`, `request.log.warn(…)`. */
function levelOf({ callee }: CallExpression): string | undefined {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return undefined;
  const { value: method } = callee.property;
  return LEVELS.includes(method) && LOGGERS.includes(nameOf(callee.object)) ? method : undefined;
}

function nameOf(expression: Expression): string {
  if (expression.type === 'Identifier') return expression.value;
  if (expression.type !== 'MemberExpression') return '';
  const { property } = expression;
  // A private name's type says `id`, the parser `value`.
  return 'value' in property && typeof property.value === 'string' ? property.value : '';
}

function messageOf({ arguments: given }: CallExpression, file: string): string {
  const last = given.at(-1)?.expression;
  if (last?.type === 'StringLiteral') return last.value;
  if (last?.type === 'TemplateLiteral') return last.quasis.map(({ cooked }) => cooked ?? '').join('…');
  throw new Error(`${file}: a log line's message is one literal, as the last argument`);
}

function eventOf([first]: readonly Argument[]): string {
  if (first?.expression.type !== 'ObjectExpression') return '';
  for (const property of first.expression.properties) {
    if (property.type !== 'KeyValueProperty' || property.key.type !== 'Identifier') continue;
    if (property.key.value === 'event' && property.value.type === 'StringLiteral')
      return property.value.value;
  }
  return '';
}

/** The rows of the table: message, level and event name; what they mean and what to do must not be forgotten. */
function documented(): Line[] {
  const page = readFileSync(join(ROOT, 'docs/operating.md'), 'utf8');
  const section = /\n## Log events\n.*?\n\|---[-|]*\n(.*?)\n## /s.exec(page)?.[1] ?? '';
  return [...section.matchAll(/^\| `(.+?)` \| (\w+) \| (?:`(.+?)` )?\| [^|]+ \|.*\|$/gm)].map(
    ([, message = '', level = '', event = '']) => [message, level, event].join(' | '),
  );
}

describe('the table of log events', () => {
  const logged = [...new Set(sources().flatMap(linesOf))].sort();

  it('sees the log lines of the whole source', () => {
    expect(logged.length).toBeGreaterThan(25);
    expect(logged).toContain('push ended unclear | error | push.ended');
  });

  it('holds every line that the code logs, and no other, each once', () => {
    expect(documented().sort()).toEqual(logged);
  });
});

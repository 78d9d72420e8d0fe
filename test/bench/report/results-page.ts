/** The page that a whole run writes: what was reached, on what, and every figure behind it. */
import { existsSync, readFileSync } from 'node:fs';
import { isReached, type Outcome } from '../run-workload.js';
import type { Table } from '../workload.js';

export interface Circumstances {
  readonly machine: string;
  readonly versions: readonly string[];
  readonly minutes: number;
  /** A file with what was measured before there was a bench. */
  readonly before: string;
}

const HOW = [
  '50 kept-alive connections; the server alone on one core, the load, MDES, card store, Redis and PostgreSQL on the other.',
  'The gateway runs with the settings of production, sign-in on, limits counted and too high to refuse; peers in their best published configuration give the same answer, which is compared before it is timed. Peers check no token, but the one of W4.',
  'Three rounds in turns, medians; a ratio is the median of the ratios of each round. *A second, core full* is what was measured where the server had filled its core to 90 %; else the load or something else was the limit, and it is what the CPU time of a request makes of a whole core.',
  "The load comes from a Node process that writes prepared bytes to sockets and looks for no more than the end of an answer: its share of its core stands beside each figure (*load*), with what that core does in all (*its core*) and what others have taken of the server's (*others*: a few percent, or the machine was not quiet).",
];

export function resultsPage(
  outcomes: readonly Outcome[],
  { machine, versions, minutes, before }: Circumstances,
): string {
  return [
    '# Results of the benchmark',
    'Written by `npm run bench`. Do not edit.',
    [`- ${machine}`, ...versions.map((line) => `- ${line}`)].join('\n'),
    `${new Date().toISOString().slice(0, 10)}, ${minutes.toFixed(0)} minutes. ${outcomes.filter(isReached).length} of ${outcomes.length} workloads reach what they must.`,
    markdown(summary(outcomes), ''),
    '## How',
    HOW.map((line) => `- ${line}`).join('\n'),
    '## Figures',
    ...outcomes.flatMap(section),
    ...(existsSync(before) ? [readFileSync(before, 'utf8').trim()] : []),
  ]
    .join('\n\n')
    .concat('\n');
}

export function summary(outcomes: readonly Outcome[]): Table {
  return {
    title: '',
    head: ['id', 'work', '', 'measured', 'must be', ''],
    rows: outcomes.flatMap(({ workload: { id, title }, findings }) =>
      findings === null
        ? [[id, title, '', 'not measured', '', '**missed**']]
        : findings.goals.map(({ name, measured, bound, reached }, at) => [
            at === 0 ? id : '',
            at === 0 ? title : '',
            name,
            measured,
            bound,
            reached ? 'reached' : '**missed**',
          ]),
    ),
  };
}

function section({ workload, findings, failure }: Outcome): string[] {
  const head = `### ${workload.id}: ${workload.title}`;
  if (findings === null) return [head, `Could not be measured: ${failure.split('\n', 1)[0]}`];
  return [
    head,
    ...findings.notes,
    ...findings.tables.map((table) => markdown(table, `**${table.title}**\n\n`)),
  ];
}

function markdown({ head, rows }: Table, title: string): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return title + [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** For a terminal. */
export function plainTable({ title, head, rows }: Table): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((cells) => cells[column]?.length ?? 0)));
  const lines = all.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return ['', title, ...lines].join('\n');
}

/** The findings as a person reads them: part by part, what is wrong with its mend below, and a last line that sums up. */
import type { Finding, Verdict } from './finding.js';

const SIGNS: Readonly<Record<Verdict, string>> = { OK: 'ok', WARNING: 'mind', FAULT: 'WRONG', SKIPPED: '-' };
const SIGN_WIDTH = 7;
const SUBJECT_WIDTH = 24;

export function inWords(findings: readonly Finding[]): string {
  return [...findings.map(entry), '', summary(findings)].join('\n');
}

function entry({ verdict, subject, says, mend }: Finding): string {
  const line = SIGNS[verdict].padEnd(SIGN_WIDTH) + subject.padEnd(SUBJECT_WIDTH) + says;
  return mend === null ? line : `${line}\n${' '.repeat(SIGN_WIDTH + SUBJECT_WIDTH)}-> ${mend}`;
}

function summary(findings: readonly Finding[]): string {
  const of = (verdict: Verdict) => findings.filter((finding) => finding.verdict === verdict).length;
  const [faults, warnings] = [of('FAULT'), of('WARNING')];
  const mind = warnings === 0 ? '' : ` ${warnings} to mind.`;
  return faults === 0 ? `Nothing is wrong.${mind}` : `${faults} wrong.${mind}`;
}

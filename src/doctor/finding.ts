/** What the doctor finds: each with a code for scripts, and with words for people that never hold a secret. */

export type Subject =
  | 'settings'
  | 'encryption certificate'
  | 'certificates'
  | 'clock'
  | 'MDES'
  | 'envelope'
  | 'card store'
  | 'key set'
  | 'access token'
  | 'Redis'
  | 'push ledger'
  | 'callback route';

/** `FAULT`: it will not work. `WARNING`: it works, but mind it. `SKIPPED`: nothing to look at, or another fault stands before it. */
export type Verdict = 'OK' | 'WARNING' | 'FAULT' | 'SKIPPED';

export interface Diagnosis {
  /** Stable, for scripts. */
  readonly code: string;
  /** One or two sentences. */
  readonly says: string;
  /** null: there is nothing to do. */
  readonly mend: string | null;
}

export interface Finding extends Diagnosis {
  readonly subject: Subject;
  readonly verdict: Verdict;
}

export function well(subject: Subject, says: string): Finding {
  return { subject, verdict: 'OK', code: 'OK', says, mend: null };
}

export function skipped(subject: Subject, says: string): Finding {
  return { subject, verdict: 'SKIPPED', code: 'SKIPPED', says, mend: null };
}

export function fault(subject: Subject, diagnosis: Diagnosis): Finding {
  return { subject, verdict: 'FAULT', ...diagnosis };
}

export function warning(subject: Subject, diagnosis: Diagnosis): Finding {
  return { subject, verdict: 'WARNING', ...diagnosis };
}

export function diagnosis(code: string, says: string, mend: string): Diagnosis {
  return { code, says, mend };
}

/** As one begins. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

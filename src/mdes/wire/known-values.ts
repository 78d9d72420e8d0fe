/** Keeps what we know of a list that MDES may extend, and remembers the rest for one line in the log. */

/** What was left out of one answer, and why; each thing is told once. */
export class Omissions {
  readonly #notes = new Set<string>();

  note(text: string): void {
    this.#notes.add(text);
  }

  /** Keeps the values that `known` lists, each once. */
  keepKnown<T extends string>(values: readonly string[], known: readonly T[], what: string): T[] {
    for (const value of values) {
      if (!known.some((one) => one === value)) this.note(`unknown ${what} ${codeWord(value)}`);
    }
    return known.filter((one) => values.includes(one));
  }

  get notes(): readonly string[] {
    return [...this.#notes];
  }
}

/** A value that looks like a code may be logged; anything else stays out of the log. */
export function codeWord(value: string): string {
  return /^[A-Z][A-Z_]{0,31}$/.test(value) ? value : '(not a code)';
}

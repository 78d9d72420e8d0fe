/** A value as it stands in a document, beside its form as a variable. */

/** Of an enum: bare in a document, a string in JSON. */
export class Name {
  constructor(readonly name: string) {}

  toJSON(): string {
    return this.name;
  }
}

export function literal(value: unknown): string {
  if (value instanceof Name) return value.name;
  if (Array.isArray(value)) return `[${value.map(literal).join(' ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([name, one]) => `${/^[_a-z]\w*$/i.test(name) ? name : 'x'}:${literal(one)}`)
      .join(' ')}}`;
  }
  return JSON.stringify(value);
}

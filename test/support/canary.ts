/** Looks for secrets that were let loose: as they are, and in every disguise that a careless line of code puts on them. */

export interface Canary {
  readonly name: string;
  readonly value: string;
}

export interface Find {
  readonly canary: string;
  readonly form: string;
  readonly where: string;
}

interface Form {
  readonly canary: string;
  readonly form: string;
  readonly text: string;
}

export class CanaryScanner {
  readonly #forms: readonly Form[];

  constructor(canaries: readonly Canary[]) {
    this.#forms = canaries.flatMap(({ name, value }) =>
      formsOf(value).map(([form, text]) => ({ canary: name, form, text })),
    );
  }

  /** @param where what the text is, for the report; @param bytes binary data as latin1 */
  scan(where: string, bytes: string): Find[] {
    const lower = bytes.toLowerCase();
    return this.#forms
      .filter(({ form, text }) => (form.startsWith('base64') ? bytes.includes(text) : lower.includes(text)))
      .map(({ canary, form }) => ({ canary, form, where }));
  }
}

/** Base64 is told from its case; all others are in lower case. */
export function formsOf(value: string): [form: string, text: string][] {
  const bytes = Buffer.from(value);
  const hex = bytes.toString('hex');
  const pairs = hex.match(/../g) ?? [];
  const groups = value.match(/.{1,4}/g) ?? [];
  const isNumber = /^\d{12,19}$/.test(value);
  const forms: [string, string][] = [
    ['plain', value],
    ['reversed', [...value].reverse().join('')],
    ['hex', hex],
    ['url-encoded', pairs.map((pair) => `%${pair}`).join('')],
    ['url-encoded by need', encodeURIComponent(value)],
    ['escaped in JSON', pairs.map((pair) => `\\u00${pair}`).join('')],
    ...['base64', 'base64url'].flatMap((encoding) =>
      [0, 1, 2].map((offset): [string, string] => [
        `${encoding} at ${offset}`,
        base64At(value, offset, encoding),
      ]),
    ),
  ];
  if (isNumber) {
    for (const [name, joint] of [
      ['spaced', ' '],
      ['dashed', '-'],
      ['dotted', '.'],
      ['spaced, url-encoded', '%20'],
      ['spaced with +', '+'],
    ] as const) {
      forms.push([name, groups.join(joint)]);
    }
    // Less than the whole number, and more than anybody needs: all that follows the first six digits.
    forms.push(['without its first six digits', value.slice(6)]);
  }
  return forms.map(([form, text]) => [form, form.startsWith('base64') ? text : text.toLowerCase()]);
}

/** The characters of base64 that a value alone decides on when `offset` bytes of a group of three stand before it. */
function base64At(value: string, offset: number, encoding: string): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
  const text = bytes.toString(encoding as BufferEncoding);
  return text.slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
}

/** The digit that makes a number pass the Luhn check. */
export function withLuhnDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}

/** What one request reads of its account holder: it is audited once, when the request is answered. */

/** Of what a caller sends nothing is noted that is not in this form. */
const PUSH_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export class PersonalReads {
  readonly #kinds = new Set<string>();
  /** Those of which single fields were asked. */
  readonly #accounts = new Set<string>();
  readonly #pushIds = new Set<string>();

  get kinds(): readonly string[] {
    return [...this.#kinds];
  }

  get accounts(): readonly string[] {
    return [...this.#accounts];
  }

  get pushIds(): readonly string[] {
    return [...this.#pushIds];
  }

  note(kind: string, source: unknown, { id, pushId = id }: Readonly<Record<string, unknown>>): void {
    this.#kinds.add(kind);
    if (typeof pushId === 'string' && PUSH_ID.test(pushId)) this.#pushIds.add(pushId);
    const account = accountOf(source);
    if (account !== undefined) this.#accounts.add(String(account));
  }
}

/** An account, or what is about one. */
function accountOf(source: unknown): unknown {
  if (typeof source !== 'object' || source === null) return undefined;
  if ('fundingAccountId' in source) return source.fundingAccountId;
  return 'id' in source ? source.id : undefined;
}

/** Sends the app's operations to the gateway, and keeps what went to and fro for the pane beside the phone. */
import type { Operation } from './operation.js';
import type { Settings } from './settings.js';
import type { SignIn } from './sign-in.js';
import { Store } from './store.js';

export interface Exchange {
  readonly number: number;
  readonly name: string;
  readonly kind: 'query' | 'mutation';
  readonly text: string;
  readonly variables: object;
  readonly language: string;
  readonly token: string;
  readonly time: number;
  /** null while it is under way. */
  readonly answer: { readonly status: number; readonly body: unknown; readonly ms: number } | null;
}

export interface AnswerError {
  /** A code of the gateway, or NETWORK, or NO_SIGN_IN. */
  readonly code: string;
  readonly message: string;
  readonly retryAfter: number | null;
  readonly acrValues: readonly string[];
}

/** Where one part failed there are both. */
export interface Answer<Data> {
  readonly data: Data | null;
  readonly error: AnswerError | null;
}

interface Body<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: {
      readonly code?: string;
      readonly retryAfter?: number;
      readonly acrValues?: readonly string[];
    };
  }[];
}

const MOST_EXCHANGES = 60;

export class Gateway {
  readonly exchanges = new Store<readonly Exchange[]>([]);
  readonly #url: URL;
  readonly #signIn: SignIn;
  readonly #settings: Store<Settings>;
  #count = 0;
  #ahead = 0;

  constructor(url: URL, signIn: SignIn, settings: Store<Settings>) {
    this.#url = url;
    this.#signIn = signIn;
    this.#settings = settings;
  }

  /** By the gateway's clock: that of a device may be wrong. */
  now(): number {
    return Date.now() + this.#ahead;
  }

  async send<Data, Variables extends object>(
    operation: Operation<Data, Variables>,
    variables: Variables,
  ): Promise<Answer<Data>> {
    const settings = this.#settings.value;
    try {
      const token = await this.#signIn.token(settings);
      if (token === null) return failed('NO_SIGN_IN', 'There is no demo sign-in here.');
      return await this.#exchange(operation, variables, settings.language, token);
    } catch (error) {
      return failed('NETWORK', String(error));
    }
  }

  async #exchange<Data, Variables extends object>(
    { name, kind, text }: Operation<Data, Variables>,
    variables: Variables,
    language: string,
    token: string,
  ): Promise<Answer<Data>> {
    this.#count += 1;
    const exchange = { number: this.#count, name, kind, text, variables, language, token, time: Date.now() };
    this.#note({ ...exchange, answer: null });
    const started = performance.now();
    const ended = (status: number, body: unknown) =>
      this.#note({ ...exchange, answer: { status, body, ms: performance.now() - started } });
    try {
      const response = await fetch(this.#url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'accept-language': language,
          authorization: `Bearer ${token}`,
        },
        body: JSON.stringify({ query: text, operationName: name, variables }),
      });
      this.#ahead = Date.parse(response.headers.get('date') ?? '') - Date.now() || 0;
      const body = (await response.json()) as Body<Data>;
      ended(response.status, body);
      return { data: body.data ?? null, error: errorOf(body) };
    } catch (error) {
      ended(0, { error: String(error) });
      throw error;
    }
  }

  #note(exchange: Exchange): void {
    this.exchanges.update((all) => {
      const others = all.filter(({ number }) => number !== exchange.number);
      return [...others.slice(1 - MOST_EXCHANGES), exchange];
    });
  }
}

function failed(code: string, message: string): Answer<never> {
  return { data: null, error: { code, message, retryAfter: null, acrValues: [] } };
}

function errorOf({ errors }: Body<unknown>): AnswerError | null {
  const first = errors?.[0];
  if (first === undefined) return null;
  const { code = 'INTERNAL_SERVER_ERROR', retryAfter = null, acrValues = [] } = first.extensions ?? {};
  return { code, message: first.message, retryAfter, acrValues };
}

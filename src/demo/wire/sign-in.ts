/** The demo sign-in as the app sees it: an access token for each account holder, and a stronger one when a push asks for it. */
import type { Settings } from './settings.js';

/** Before its end by so much it is taken anew. */
const SPARE_SECONDS = 60;
const LONG_AGO_SECONDS = 7200;

interface Token {
  readonly text: string;
  readonly endsAt: number;
}

type Wish = Readonly<Record<string, string>>;

export class SignIn {
  readonly #url: URL;
  readonly #tokens = new Map<string, Token>();

  constructor(url: URL) {
    this.#url = url;
  }

  /** null where there is no demo sign-in. */
  async token({ accountHolder, signedInLongAgo }: Settings): Promise<string | null> {
    const known = this.#tokens.get(accountHolder);
    if (known !== undefined && known.endsAt > Date.now()) return known.text;
    const longAgo = String(Math.floor(Date.now() / 1000) - LONG_AGO_SECONDS);
    return this.#fetch(accountHolder, signedInLongAgo ? { acr: '', auth_time: longAgo } : {});
  }

  /** She signs in again, as well as was asked for (RFC 9470). */
  stepUp({ accountHolder }: Settings, acrValues: readonly string[]): Promise<string | null> {
    return this.#fetch(accountHolder, acrValues.length === 0 ? {} : { acr_values: acrValues.join(' ') });
  }

  forget(): void {
    this.#tokens.clear();
  }

  async #fetch(accountHolder: string, wish: Wish): Promise<string | null> {
    const url = new URL(this.#url);
    url.search = new URLSearchParams({ sub: accountHolder, ...wish }).toString();
    const response = await fetch(url, { cache: 'no-store' });
    if (!response.ok) return null;
    const { access_token: text, expires_in: seconds } = (await response.json()) as {
      readonly access_token: string;
      readonly expires_in: number;
    };
    this.#tokens.set(accountHolder, { text, endsAt: Date.now() + (seconds - SPARE_SECONDS) * 1000 });
    return text;
  }
}

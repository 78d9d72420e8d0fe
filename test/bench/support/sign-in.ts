/** The bank's sign-in, and the tokens of its account holders. */
import { startTokenIssuer, type TokenIssuer } from '../../support/issuer/token-issuer.js';
import { ACR } from './servers/gateway.js';

const SCOPES = 'token-requestors:read assets:read accounts:read push:read push:write';

export class SignIn {
  static async start(): Promise<SignIn> {
    return new SignIn(await startTokenIssuer());
  }

  private constructor(readonly issuer: TokenIssuer) {}

  get environment(): Readonly<Record<string, string>> {
    return this.issuer.environment;
  }

  /** Allowed everything, and signed in strongly just now. */
  token(accountHolder: string): Promise<string> {
    const claims = {
      scope: SCOPES,
      client_id: 'moon-app',
      acr: ACR,
      auth_time: Math.floor(Date.now() / 1000),
    };
    return this.issuer.token(accountHolder, 'bank-1', claims, '2h');
  }

  tokens(accountHolders: readonly string[]): Promise<readonly string[]> {
    return Promise.all(accountHolders.map((holder) => this.token(holder)));
  }
}

/** What every resolver gets: who asks, the request's loaders, and the services behind. */
import type { IssuerRanges } from '../catalogue/issuer-ranges.js';
import type { Logger } from '../observability/logger.js';
import type { PushService } from '../push/push-service.js';
import type { Loaders } from './loaders.js';

export interface GatewayContext {
  /** The `sub` of the access token; null without a token. Fields are refused then before they are resolved. */
  readonly accountHolder: string | null;
  readonly traceId: string;
  readonly log: Logger;
  readonly loaders: Loaders;
  readonly issuerRanges: IssuerRanges;
  readonly pushes: PushService;
  /** The URL that clients see, without trailing slash. */
  readonly publicUrl: string;
}

/** What every resolver gets: who asks, the request's loaders, and the services behind. */
import type { Audit } from '../audit/trail.js';
import type { IssuerRanges } from '../catalogue/issuer-ranges.js';
import type { Grant } from '../domain/grant.js';
import type { HandOffProfiles } from '../domain/hand-off-profile.js';
import type { UpstreamCalls } from '../domain/upstream-calls.js';
import type { Logger } from '../observability/logger.js';
import type { PushHistory } from '../push/push-history.js';
import type { PushService } from '../push/push-service.js';
import type { RefusalTextBook } from '../push/refusals/refusal-texts.js';
import type { PushTextBook } from '../push/texts/push-texts.js';
import type { PersonalReads } from './access/personal-reads.js';
import type { AnswerSize } from './answer-size.js';
import type { Loaders } from './loaders.js';
import type { RequestOutcome } from './request-outcome.js';

/** The document that a request means, where it is looked at which apps send. */
export interface JudgedDocument {
  readonly text: string;
  /** Whether a manifest holds it. */
  readonly isTrusted: boolean;
}

export interface GatewayContext {
  /** The `sub` of the access token; null without a token. Fields are refused then before they are resolved. */
  readonly accountHolder: string | null;
  /** The app that the token was issued to; null where it does not say. */
  readonly client: string | null;
  /** What the token allows; nothing without one. */
  readonly grant: Grant;
  /** The network address that the request came from. */
  readonly address: string;
  readonly traceId: string;
  /** Absent and null: it is executed as it came. */
  readonly judged?: JudgedDocument | null;
  /** What the caller reads, best first; never empty. */
  readonly languages: readonly string[];
  /** With the request's trace id; made when there is something to say. */
  readonly log: () => Logger;
  readonly audit: Audit;
  /** What the request has read of the account holder. */
  readonly reads: PersonalReads;
  readonly outcome: RequestOutcome;
  readonly calls: UpstreamCalls;
  readonly loaders: Loaders;
  readonly answerSize: AnswerSize;
  /** Over all of the issuer's ranges, as far as this process knows. */
  readonly requestorCount: () => number;
  readonly issuerRanges: IssuerRanges;
  readonly pushes: PushService;
  readonly pushHistory: PushHistory;
  /** Milliseconds since the epoch, as a card's expiry is judged. */
  readonly now: () => number;
  readonly refusalTexts: RefusalTextBook;
  readonly pushTexts: PushTextBook;
  readonly handOffProfiles: HandOffProfiles;
  /** The URL that clients see, without trailing slash. */
  readonly publicUrl: string;
}

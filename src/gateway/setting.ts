/** What every part of the composition looks at. */
import type { OpenAudit } from '../audit/open-audit.js';
import type { Config } from '../config/config.js';
import type { Clock } from '../domain/clock.js';
import type { Logger } from '../observability/logger.js';
import type { Telemetry } from '../observability/telemetry.js';
import type { OnAnswered } from '../server/pipeline/answered.js';
import type { PublicUrl } from '../server/public-url.js';
import type { ProofMemory } from '../server/sign-in/possession/seen-proofs.js';
import type { EmbeddedParts } from './embedded-parts.js';
import type { LiveSettings } from './live-settings.js';

export interface Setting {
  readonly config: Config;
  readonly embedded: EmbeddedParts;
  readonly isEmbedded: boolean;
  readonly publicUrl: PublicUrl;
  readonly proofs: ProofMemory;
  readonly rotation: { isLeft: boolean };
  /** What may be replaced while it runs. */
  readonly live: LiveSettings;
  readonly onAnswered: OnAnswered;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly log: Logger;
  readonly audit: OpenAudit;
}

/** Says why access tokens are refused: each reason once in ten seconds, so that a flood of bad tokens floods no log. */
import type { Logger } from '../../observability/logger.js';
import type { RefusalDetails, RefusalReason } from './refusal-reason.js';

const QUIET_MS = 10_000;

export class RefusalLog {
  readonly #log: Logger;
  readonly #said = new Map<RefusalReason, { readonly until: number; unsaid: number }>();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** What is not said is counted, and the next line of its reason tells how often; debug lines tell each. */
  tell(traceId: string, reason: RefusalReason, details: RefusalDetails): void {
    const now = performance.now();
    const said = this.#said.get(reason);
    if (said !== undefined && now < said.until) {
      said.unsaid += 1;
      this.#log.debug(
        { event: 'sign-in.refused', traceId, reason, ...details },
        'an access token was refused',
      );
      return;
    }
    this.#said.set(reason, { until: now + QUIET_MS, unsaid: 0 });
    const unsaid = said?.unsaid ?? 0;
    this.#log.info(
      { event: 'sign-in.refused', traceId, reason, ...details, unsaid },
      'an access token was refused',
    );
  }
}

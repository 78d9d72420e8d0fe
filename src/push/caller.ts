/** Who asks, and where to log on their behalf. */
import type { Logger } from '../observability/logger.js';

export interface Caller {
  readonly accountHolder: string;
  readonly log: Logger;
}

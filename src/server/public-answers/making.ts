/** An answer that somebody makes, so that others who ask for the same wait for it: it is made soon, or nobody waits any longer. */

/** Most take a few milliseconds; one that fails keeps nobody for long. */
const MAKING_MS = 250;

export class Making {
  readonly ended: Promise<void>;
  end: () => void = () => undefined;

  constructor(forget: () => void) {
    this.ended = new Promise<void>((resolve) => {
      const timer = setTimeout(() => this.end(), MAKING_MS);
      timer.unref();
      this.end = () => {
        clearTimeout(timer);
        forget();
        resolve();
      };
    });
  }
}

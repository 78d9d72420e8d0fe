/** As much of an AbortSignal as a single exchange looks at: a real one, made for each, takes a tenth of the exchange's time. */
export interface StopSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** For one listener. */
export class Stop implements StopSignal {
  aborted = false;
  #listener: (() => void) | undefined;

  abort(): void {
    this.aborted = true;
    this.#listener?.();
  }

  addEventListener(_: 'abort', listener: () => void): void {
    this.#listener = listener;
  }

  removeEventListener(): void {
    this.#listener = undefined;
  }
}

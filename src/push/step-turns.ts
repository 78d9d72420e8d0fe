/** Turns of the event loop for the steps of pushes: one step in each, so that whoever reads waits for one step and not for all pushes. */

/** In their order. */
const STEPS = ['RESERVE', 'CHECK', 'MARK', 'SEND', 'END', 'TELL'] as const;
type Step = (typeof STEPS)[number];

export class StepTurns {
  readonly #waiting: Readonly<Record<Step, (() => void)[]>> = {
    RESERVE: [],
    CHECK: [],
    MARK: [],
    SEND: [],
    END: [],
    TELL: [],
  };
  #count = 0;

  /** Resolves in a turn that no other step has. Who is furthest goes first: so few are under way at once, and the others have not begun. */
  next(step: Step): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting[step].push(resolve);
      this.#count += 1;
      if (this.#count === 1) setImmediate(this.#serve);
    });
  }

  readonly #serve = () => {
    const step = STEPS.findLast((one) => this.#waiting[one].length > 0);
    if (step === undefined) return;
    this.#count -= 1;
    // Before its step runs: what that leads to waits for another turn.
    if (this.#count > 0) setImmediate(this.#serve);
    this.#waiting[step].shift()?.();
  };
}

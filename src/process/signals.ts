/** What a signal asks of the process. */
import { constants } from 'node:os';

export interface Orders {
  /** @param isPatient whether balancers are to hear of it first: whoever presses Ctrl-C has none */
  end(isPatient: boolean): void;
  /** Asked a second time, or more. */
  again(signal: NodeJS.Signals): void;
  reload(): unknown;
}

const ENDING = ['SIGTERM', 'SIGQUIT', 'SIGINT'] as const;
/** A terminal and npm in front both pass on one Ctrl-C. */
const SAME_SIGNAL_MS = 100;

/**
 * From the first moment on: SIGUSR1 would have Node open its debugger to whoever may send it, although keys and card data lie
 * in this process's memory; SIGUSR2 and SIGHUP would end it with whatever is under way.
 */
export function ignoreOthers(): void {
  for (const signal of ['SIGUSR1', 'SIGUSR2', 'SIGHUP'] as const) process.on(signal, () => undefined);
}

export function obeySignals({ end, again, reload }: Orders): void {
  let first: { readonly signal: NodeJS.Signals; readonly at: number } | undefined;
  const ending = (signal: NodeJS.Signals) => {
    const at = performance.now();
    if (first === undefined) {
      first = { signal, at };
      end(signal === 'SIGTERM' || signal === 'SIGQUIT');
    } else if (signal !== first.signal || at - first.at > SAME_SIGNAL_MS) {
      again(signal);
    }
  };
  for (const signal of ENDING) process.on(signal, ending);
  // A terminal that is closed sends it too: nobody shall be left behind there.
  process.on('SIGHUP', process.stdout.isTTY ? ending : reload);
}

/** With whatever is under way. */
export function exitBy(signal: NodeJS.Signals): never {
  process.exit(128 + constants.signals[signal]);
}

/** A worker's line to its primary: which of them it is, that it is alive, and what all of them know together. */
import cluster from 'node:cluster';
import type { LogLevel } from '../observability/logger.js';
import type { MetricValues } from '../observability/metrics/metrics.js';
import type { ProofMemory, ProofOutcome } from '../server/sign-in/possession/seen-proofs.js';
import type { ToPrimary, ToWorker } from './messages.js';

interface Membership {
  /** From 1 on; who takes a dead one's place takes its number. */
  readonly number: number;
  readonly proofs: ProofMemory;
  /** From now on it does what operators ask of the primary. */
  obey(duties: Duties): void;
}

interface Duties {
  metrics(): Promise<MetricValues>;
  changeLevel(level: LogLevel): void;
}

export interface PrimaryOrders {
  /** Not ready any more, and serving on. */
  drain(): void;
  /** Settings may have changed. */
  reload(): void;
  /** The primary has gone: nobody accepts connections for it any more. */
  end(): void;
}

export async function joinPrimary(orders: PrimaryOrders): Promise<Membership> {
  const proofs = new SharedProofs();
  let duties: Duties | undefined;
  let level: LogLevel | undefined;
  const number = await new Promise<number>((resolve) => {
    process.on('message', (message: ToWorker) => {
      switch (message.kind) {
        case 'START':
          resolve(message.number);
          return;
        case 'PING':
          tell({ kind: 'PONG' });
          return;
        case 'DRAIN':
          orders.drain();
          return;
        case 'RELOAD':
          orders.reload();
          return;
        case 'METRICS':
          void duties?.metrics().then((metrics) => tell({ kind: 'METRICS', id: message.id, metrics }));
          return;
        case 'LOG_LEVEL':
          level = message.level;
          duties?.changeLevel(level);
          return;
        case 'PROOF':
          proofs.settle(message.id, message.outcome);
          return;
        default:
          message satisfies never;
      }
    });
    tell({ kind: 'JOIN' });
  });
  const { worker } = cluster;
  worker?.once('disconnect', () => {
    // Node would end the process here and now, with whatever is under way.
    worker.exitedAfterDisconnect = true;
    proofs.settleAll('FULL');
    orders.end();
  });
  return {
    number,
    proofs,
    obey(given) {
      duties = given;
      if (level !== undefined) given.changeLevel(level);
    },
  };
}

/** The primary remembers them: which worker a stolen proof comes to makes no difference. */
class SharedProofs implements ProofMemory {
  readonly #asked = new Map<number, (outcome: ProofOutcome) => void>();
  #last = 0;

  add(proof: string, owner: string): Promise<ProofOutcome> {
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve) => {
      this.#asked.set(id, resolve);
      // Whoever cannot be told can remember none.
      tell({ kind: 'PROOF', id, proof, owner }, () => this.settle(id, 'FULL'));
    });
  }

  settle(id: number, outcome: ProofOutcome): void {
    this.#asked.get(id)?.(outcome);
    this.#asked.delete(id);
  }

  settleAll(outcome: ProofOutcome): void {
    for (const id of this.#asked.keys()) this.settle(id, outcome);
  }
}

function tell(message: ToPrimary, onFailure: () => void = () => undefined): void {
  process.send?.(message, undefined, undefined, (error) => {
    if (error !== null) onFailure();
  });
}

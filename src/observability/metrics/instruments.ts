/** Every metric of our own, with its meaning: the table of docs/metrics.md says the same, and a test holds it against this. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Reading } from '../telemetry.js';
import { RequestTimes } from './request-times.js';

/** From a Redis that stands beside to an MDES that takes all its time. */
const UPSTREAM_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export type Instruments = ReturnType<typeof createInstruments>;

export function createInstruments(registry: Registry) {
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: L[] = []) =>
    new Counter({ name: `token_connect_${name}`, help, labelNames, registers });
  const histogram = <L extends string>(name: string, help: string, labelNames: L[], buckets: number[]) =>
    new Histogram({ name: `token_connect_${name}`, help, labelNames, buckets, registers });
  return {
    requests: counter(
      'requests_total',
      'Requests answered, by operation (schema names or route) and outcome.',
      ['operation', 'outcome'],
    ),
    requestTimes: new RequestTimes(
      'token_connect_request_duration_seconds',
      'Time to answer a request, by operation and by path: hot (before Fastify), kept or made.',
      registers,
    ),
    fieldErrors: counter('field_errors_total', 'Fields that could not be answered, by field and code.', [
      'field',
      'code',
    ]),
    signInRefusals: counter('sign_in_refusals_total', 'Requests refused for their access token, by reason.', [
      'reason',
    ]),
    limitHits: counter('limit_hits_total', 'Requests and pushes refused for a limit, by what it counts.', [
      'limit',
    ]),
    cacheReads: counter(
      'catalogue_cache_reads_total',
      'Keys read from the catalogue cache, by the layer that had them: memory, redis or none.',
      ['layer'],
    ),
    pushes: counter('pushes_total', 'Pushes sent, by how they ended: READY, FAILED or UNKNOWN.', ['status']),
    pushRefusals: counter(
      'push_refusals_total',
      'Pushes refused before or by MDES, by refusal code and by who can mend it.',
      ['code', 'owner'],
    ),
    pushRepeats: counter(
      'push_repeats_total',
      'Pushes under an idempotency key that had been used, with the same or with other input.',
      ['input'],
    ),
    outcomes: counter(
      'push_outcomes_total',
      "Wallets' words about pushed accounts, by outcome and certainty.",
      ['outcome', 'certainty'],
    ),
    upstream: histogram(
      'upstream_duration_seconds',
      'Time of a call to mdes, card-store, key-set, ledger or redis, by operation and outcome.',
      ['system', 'operation', 'outcome'],
      UPSTREAM_SECONDS,
    ),
  };
}

export function registerReading(registry: Registry, { name, help, labelNames = [], read }: Reading): void {
  new Gauge({
    name: `token_connect_${name}`,
    help,
    labelNames: [...labelNames],
    registers: [registry],
    collect() {
      this.reset();
      const found = read();
      if (found === null) {
        this.remove();
        return;
      }
      if (typeof found === 'number') this.set(found);
      else for (const [labels, value] of found) this.set({ ...labels }, value);
    },
  });
}

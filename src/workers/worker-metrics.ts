/** The metrics of all workers as one text: each series keeps the number of its worker, so that a new one begins its own again. */
import { AggregatorRegistry, Registry } from 'prom-client';
import type { MetricValues } from '../observability/metrics/metrics.js';

export interface WorkerMetrics {
  readonly worker: number;
  readonly metrics: MetricValues;
}

export const CONTENT_TYPE: string = Registry.PROMETHEUS_CONTENT_TYPE;

export function textOf(all: readonly WorkerMetrics[], serving: number): Promise<string> {
  const labelled = all.map(({ worker, metrics }) =>
    metrics.map((metric) => ({
      ...metric,
      // Nothing is added up: no series of one worker is another's.
      aggregator: 'sum',
      values: metric.values.map((value) => ({
        ...value,
        labels: { ...value.labels, worker: String(worker) },
      })),
    })),
  );
  const own = {
    name: 'token_connect_workers_serving',
    help: 'Workers that serve; only where WORKERS is more than 1.',
    type: 'gauge',
    aggregator: 'sum',
    values: [{ value: serving, labels: {} }],
  };
  return AggregatorRegistry.aggregate([...labelled, [own]]).metrics();
}

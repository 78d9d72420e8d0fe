/** Our own buckets say what prom-client's histogram says of the same requests. */
import { expect, it } from '@jest/globals';
import { Histogram, Registry } from 'prom-client';
import { RequestTimes } from '../../../src/observability/metrics/request-times.js';

const NAME = 'token_connect_request_duration_seconds';
const HELP = 'How long it took.';
const BOUNDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Below, on and above each bound, and past them all. */
const SECONDS = [0, ...BOUNDS.flatMap((bound) => [bound * 0.99, bound, bound * 1.01]), 30];

it('fills the same buckets, in text and in values', async () => {
  const [ours, theirs] = [new Registry(), new Registry()];
  const times = new RequestTimes(NAME, HELP, [ours]);
  const histogram = new Histogram({
    name: NAME,
    help: HELP,
    labelNames: ['operation', 'path'],
    buckets: BOUNDS,
    registers: [theirs],
  });
  for (const [operation, path] of [
    ['query push', 'made'],
    ['query "push"', 'hot'],
    ['query push', 'made'],
  ] as const) {
    for (const seconds of SECONDS) {
      times.of(operation, path).count(seconds);
      histogram.labels(operation, path).observe(seconds);
    }
  }
  const text = await ours.metrics();
  expect(text).toContain(`${NAME}_bucket{le="0.001",operation="query push",path="made"} 12`);
  expect(sorted(text)).toEqual(sorted(await theirs.metrics()));
  expect(await asSent(ours)).toEqual(await asSent(theirs));
});

/** The order of labels and lines means nothing. */
function sorted(text: string): string[] {
  const inOrder = (_: string, labels: string) => `{${labels.split(',').sort().join(',')}}`;
  return text
    .split('\n')
    .map((line) => line.replace(/\{(.*)\}/, inOrder))
    .sort();
}

/** By a worker to its supervisor; examples are not given. */
async function asSent(registry: Registry): Promise<unknown> {
  const text = JSON.stringify(await registry.getMetricsAsJSON());
  return JSON.parse(text, (key, value: unknown) => (key === 'exemplar' ? undefined : value));
}

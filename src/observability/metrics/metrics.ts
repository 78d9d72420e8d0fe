/** Counts what happens, for Prometheus. Loaded only where somebody may ask. */
import { collectDefaultMetrics, Registry } from 'prom-client';
import { type AnsweredRequest, NO_HEADERS, NO_TELEMETRY, type Telemetry } from '../telemetry.js';
import { createInstruments, registerReading } from './instruments.js';

export type MetricValues = readonly {
  readonly name: string;
  readonly values: readonly { readonly value: number; readonly labels: object }[];
}[];

export interface Metrics {
  readonly telemetry: Telemetry;
  readonly contentType: string;
  text(): Promise<string>;
  /** For a process that adds up those of several. */
  values(): Promise<MetricValues>;
}

/** What schema, routes and codes can come to is far less: past that, all is `other`. */
const MOST_SERIES = 400;
const OTHER = 'other';

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  // Named like counters, which they are not; each is told by its type as well.
  for (const what of ['handles', 'requests', 'resources'])
    registry.removeSingleMetric(`nodejs_active_${what}_total`);
  const it = createInstruments(registry);
  const requests = new Series((operation, outcome) => ({
    operation: operationLabel(operation),
    outcome: outcome.includes(' ') ? 'several' : outcome,
    count: 0,
  }));
  const times = new Series((operation, path) => it.requestTimes.of(operationLabel(operation), path));
  const fields = new Series((field, code) => it.fieldErrors.labels(field, code));
  // prom-client puts labels together anew at each count, which the hot path would feel.
  const tellRequests = () => {
    it.requests.reset();
    for (const { operation, outcome, count } of requests.all())
      it.requests.inc({ operation, outcome }, count);
  };
  let underWay = 0;
  registerReading(registry, {
    name: 'requests_in_flight',
    help: 'Requests that are being answered; those that go out at once are none.',
    read: () => underWay,
  });
  let clockSkewMs: number | null = null;
  registerReading(registry, {
    name: 'mdes_clock_skew_seconds',
    help: 'How far our clock is before that of MDES, by the date of its last answer, to a second.',
    read: () => (clockSkewMs === null ? null : clockSkewMs / 1000),
  });
  const telemetry: Telemetry = {
    watch: (reading) => registerReading(registry, reading),
    answered({ operation, outcome, kept, hot, ms }: AnsweredRequest) {
      requests.of(operation, outcome).count += 1;
      times.of(operation, kept ? (hot ? 'hot' : 'kept') : 'made').count(ms / 1000);
    },
    began() {
      underWay += 1;
      return () => {
        underWay -= 1;
      };
    },
    fieldFailed: (field, code) => fields.of(field, code).inc(),
    signInRefused: (reason) => it.signInRefusals.inc({ reason }),
    limitHit: (limit) => it.limitHits.inc({ limit }),
    cacheRead: (layer, keys) => it.cacheReads.inc({ layer }, keys),
    pushEnded: (status) => it.pushes.inc({ status }),
    pushRefused: (code, owner) => it.pushRefusals.inc({ code, owner }),
    pushRepeated: (input) => it.pushRepeats.inc({ input }),
    outcomeTold: (outcome, certainty) => it.outcomes.inc({ outcome, certainty }),
    operation: NO_TELEMETRY.operation,
    async upstream({ system, operation, outcomeOf = () => 'OK' }, work) {
      const started = performance.now();
      const ended = (outcome: string) =>
        it.upstream.observe({ system, operation, outcome }, (performance.now() - started) / 1000);
      try {
        const answer = await work(NO_HEADERS);
        ended(outcomeOf(answer));
        return answer;
      } catch (error) {
        ended('FAILED');
        throw error;
      }
    },
    clockSkew(ms) {
      clockSkewMs = ms;
    },
  };
  return {
    telemetry,
    contentType: registry.contentType,
    text() {
      tellRequests();
      return registry.metrics();
    },
    values() {
      tellRequests();
      return registry.getMetricsAsJSON();
    },
  };
}

/** The series of a metric with two labels, each made once. */
class Series<S> {
  readonly #make: (first: string, second: string) => S;
  readonly #known = new Map<string, Map<string, S>>();
  #count = 0;

  constructor(make: (first: string, second: string) => S) {
    this.#make = make;
  }

  of(first: string, second: string): S {
    const known = this.#known.get(first)?.get(second);
    if (known !== undefined) return known;
    if (this.#count >= MOST_SERIES && first !== OTHER) return this.of(OTHER, OTHER);
    this.#count += 1;
    const made = this.#make(first, second);
    const others = this.#known.get(first) ?? new Map<string, S>();
    this.#known.set(first, others.set(second, made));
    return made;
  }

  all(): S[] {
    return [...this.#known.values()].flatMap((others) => [...others.values()]);
  }
}

/** Whoever asks chooses which fields of a root he puts together, and there are very many ways. */
function operationLabel(operation: string): string {
  const [kind = '', , another] = operation.split(' ');
  return another === undefined ? operation : `${kind} several`;
}

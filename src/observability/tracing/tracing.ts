/** OpenTelemetry traces over OTLP: a span for each operation and each call to another system. Loaded only where they are wanted. */
import { type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, RandomIdGenerator } from '@opentelemetry/sdk-trace-base';
import type {
  AskedOperation,
  ContextHeaders,
  FollowedOperation,
  Telemetry,
  UpstreamCall,
} from '../telemetry.js';
import { SpanContexts } from './span-contexts.js';

export interface Tracing {
  readonly telemetry: Telemetry;
  /** Hands over what has not been sent yet. */
  close(): Promise<void>;
}

const NAME = 'token-connect-gateway';
const TRACEPARENT = 'traceparent';
const TRACESTATE = 'tracestate';

/** @param inner who counts goes on to be told */
export function createTracing(inner: Telemetry, url: string): Tracing {
  const contexts = new SpanContexts();
  const propagator = new W3CTraceContextPropagator();
  const ids = new ChosenIds();
  const provider = new BasicTracerProvider({
    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES have the last word.
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': NAME }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url }))],
    idGenerator: ids,
  });
  const tracer = provider.getTracer(NAME);

  function operation(asked: AskedOperation): FollowedOperation {
    const span = tracer.startSpan('operation', { kind: SpanKind.SERVER }, parentOf(asked));
    const context = trace.setSpan(ROOT_CONTEXT, span);
    contexts.begin();
    return {
      within: (work) => contexts.with(context, work),
      end: (name, outcome) =>
        end(span.updateName(name).setAttributes({ 'graphql.outcome': outcome }), outcome),
    };
  }

  function end(span: Span, outcome: string): void {
    contexts.end();
    if (outcome !== 'OK') span.setStatus({ code: SpanStatusCode.ERROR, message: outcome });
    span.end();
  }

  /** The caller's own span where it is of this trace; without one the trace has the id that every answer carries. */
  function parentOf({ traceId, headers }: AskedOperation): Context {
    const carrier = { [TRACEPARENT]: headers[TRACEPARENT], [TRACESTATE]: headers[TRACESTATE] };
    const given = propagator.extract(ROOT_CONTEXT, carrier, GETTER);
    if (trace.getSpanContext(given)?.traceId === traceId) return given;
    ids.next = traceId;
    return ROOT_CONTEXT;
  }

  async function upstream<T>(
    call: UpstreamCall<T>,
    work: (headers: ContextHeaders) => Promise<T>,
  ): Promise<T> {
    const { system, operation: what, outcomeOf = () => 'OK' } = call;
    const kind = SpanKind.CLIENT;
    const attributes = { 'peer.service': system };
    const parent = contexts.active();
    const span = tracer.startSpan(`${system} ${what}`, { kind, attributes }, parent);
    const headers: Record<string, string> = {};
    propagator.inject(trace.setSpan(parent, span), headers, SETTER);
    contexts.begin();
    try {
      const answer = await inner.upstream(call, () => work(headers));
      end(span, outcomeOf(answer));
      return answer;
    } catch (error) {
      end(span, 'FAILED');
      throw error;
    }
  }

  return {
    telemetry: { ...inner, operation, upstream },
    async close() {
      await provider.shutdown().catch(() => undefined);
      contexts.close();
    },
  };
}

type Carrier = Readonly<Record<string, string | string[] | undefined>>;
const GETTER = {
  get: (carrier: Carrier, key: string) => carrier[key],
  keys: (carrier: Carrier) => Object.keys(carrier),
};
const SETTER = {
  set: (carrier: Record<string, string>, key: string, value: string) => {
    carrier[key] = value;
  },
};

/** The next trace begins with the id that is given for it. */
class ChosenIds extends RandomIdGenerator {
  next: string | undefined;
  readonly #random = new RandomIdGenerator();

  override generateTraceId = (): string => {
    const id = this.next ?? this.#random.generateTraceId();
    this.next = undefined;
    return id;
  };
}

import type { Span, SpanKind } from '@opentelemetry/api';
import type { NodeSDKConfiguration } from '@opentelemetry/sdk-node';
import { childTraceparent, parseTraceparent } from './traceparent';

export interface TracingOptions {
  /** The value of OTEL_EXPORTER_OTLP_ENDPOINT. Absent: tracing is off and its SDK is not even loaded. */
  readonly endpoint?: string | undefined;
  readonly service: string;
  /** Another way out than OTLP over the network. */
  readonly exporter?: NonNullable<NodeSDKConfiguration['traceExporter']>;
}

export interface Tracing {
  readonly enabled: boolean;
  /** Sends what is recorded and ends. */
  stop(): Promise<void>;
}

type Api = typeof import('@opentelemetry/api');

/** Set while tracing is on; one for a process, as the SDK itself is. */
let api: Api | null = null;

/**
 * Starts OpenTelemetry when an endpoint is given. The SDK costs memory and start time, so it is loaded only then, and it reads
 * its standard OTEL_* variables itself (protocol, headers, sampler). Without it the `traceparent` functions of this library
 * still pass traces through.
 */
export async function startTracing({ endpoint, service, exporter }: TracingOptions): Promise<Tracing> {
  if (!endpoint) {
    return { enabled: false, stop: async () => {} };
  }
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const sdk = new NodeSDK({ serviceName: service, ...(exporter ? { traceExporter: exporter } : {}) });
  sdk.start();
  api = await import('@opentelemetry/api');
  return {
    enabled: true,
    stop: async () => {
      api = null;
      await sdk.shutdown();
    },
  };
}

export interface SpanOptions {
  /** A name of few values: the operation, never an id. */
  readonly name: string;
  readonly kind: 'server' | 'client' | 'consumer' | 'producer' | 'internal';
  /** The header of the caller, or of the running request. */
  readonly parent?: string | undefined;
}

/**
 * Runs `work` as one span and hands it the header for what it asks of others. While tracing is off that is only a new span id
 * in the caller's trace. An error marks the span by its name; its message stays out.
 */
export async function withSpan<T>(options: SpanOptions, work: (traceparent: string) => Promise<T>): Promise<T> {
  if (!api) {
    return work(childTraceparent(options.parent));
  }
  const { trace, context, SpanStatusCode } = api;
  const parent = parentContext(api, options.parent);
  const span = trace.getTracer('daybook').startSpan(options.name, { kind: kindOf(api, options.kind) }, parent);
  try {
    return await context.with(trace.setSpan(parent, span), () => work(headerOf(span)));
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'unknown' });
    throw error;
  } finally {
    span.end();
  }
}

function parentContext({ context, trace }: Api, header: string | undefined) {
  const parent = header === undefined ? null : parseTraceparent(header);
  return parent
    ? trace.setSpanContext(context.active(), {
        traceId: parent.traceId,
        spanId: parent.spanId,
        traceFlags: parent.sampled ? 1 : 0,
        isRemote: true,
      })
    : context.active();
}

function kindOf({ SpanKind }: Api, kind: SpanOptions['kind']): SpanKind {
  return {
    server: SpanKind.SERVER,
    client: SpanKind.CLIENT,
    consumer: SpanKind.CONSUMER,
    producer: SpanKind.PRODUCER,
    internal: SpanKind.INTERNAL,
  }[kind];
}

function headerOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${(traceFlags & 1) === 1 ? '01' : '00'}`;
}

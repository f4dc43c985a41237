export { mergeMetrics } from './merge-metrics';
export { createMetrics, processName } from './metrics';
export type { Metrics } from './metrics';
export { startTracing, withSpan } from './start-tracing';
export type { SpanOptions, Tracing, TracingOptions } from './start-tracing';
export { childTraceparent, newTraceparent, parseTraceparent } from './traceparent';
export type { Traceparent } from './traceparent';

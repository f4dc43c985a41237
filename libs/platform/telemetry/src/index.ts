export { createMetrics } from './metrics';
export type { Metrics } from './metrics';
export { startTracing } from './start-tracing';
export type { Tracing, TracingOptions } from './start-tracing';
export { childTraceparent, newTraceparent, parseTraceparent } from './traceparent';
export type { Traceparent } from './traceparent';

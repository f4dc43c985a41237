export interface TracingOptions {
  /** The value of OTEL_EXPORTER_OTLP_ENDPOINT. Absent: tracing is off and its SDK is not even loaded. */
  readonly endpoint?: string | undefined;
  readonly service: string;
}

export interface Tracing {
  readonly enabled: boolean;
  stop(): Promise<void>;
}

/**
 * Starts OpenTelemetry when an endpoint is given. The SDK costs memory and start time, so it is loaded only then, and it reads
 * its standard OTEL_* variables itself (protocol, headers, sampler). The `traceparent` functions of this library work without
 * it, so traces pass through services that do not record.
 */
export async function startTracing({ endpoint, service }: TracingOptions): Promise<Tracing> {
  if (!endpoint) {
    return { enabled: false, stop: async () => {} };
  }
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const sdk = new NodeSDK({ serviceName: service });
  sdk.start();
  return { enabled: true, stop: () => sdk.shutdown() };
}

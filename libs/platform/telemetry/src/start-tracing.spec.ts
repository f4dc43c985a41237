import { startTracing, withSpan } from './start-tracing';
import { newTraceparent, parseTraceparent } from './traceparent';

describe('tracing', () => {
  it('loads nothing without an endpoint, and still passes traces through', async () => {
    const subject = await startTracing({ service: 'gateway' });
    expect(subject.enabled).toBe(false);
    expect(Object.keys(require.cache).filter((path) => path.includes('@opentelemetry'))).toEqual([]);
    const parent = newTraceparent();
    const child = await withSpan({ name: 'x', kind: 'internal', parent }, async (header) => parseTraceparent(header));
    expect(child?.traceId).toBe(parseTraceparent(parent)?.traceId);
    expect(child?.spanId).not.toBe(parseTraceparent(parent)?.spanId);
    await subject.stop();
  });

  it('records spans in the caller’s trace, faults by their name only', async () => {
    const { tracing } = await import('@opentelemetry/sdk-node');
    const exporter = new tracing.InMemorySpanExporter();
    // Shutting down empties this exporter, so what it was given is kept on the way in.
    const exported: { name: string; parent: string | undefined; trace: string; message: string | undefined }[] = [];
    const pass = exporter.export.bind(exporter);
    exporter.export = (spans, done) => {
      for (const span of spans) {
        const { traceId } = span.spanContext();
        exported.push({
          name: span.name,
          parent: span.parentSpanContext?.spanId,
          trace: traceId,
          message: span.status.message,
        });
      }
      pass(spans, done);
    };
    const subject = await startTracing({ endpoint: 'http://collector.example', service: 'gateway', exporter });
    expect(subject.enabled).toBe(true);
    const parent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const inner = await withSpan({ name: 'outer', kind: 'server', parent }, (header) =>
      withSpan({ name: 'inner', kind: 'client', parent: header }, async (own) => own),
    );
    expect(parseTraceparent(inner)).toMatchObject({ traceId: '4bf92f3577b34da6a3ce929d0e0e4736', sampled: true });
    const failing = withSpan({ name: 'failing', kind: 'consumer', parent }, async () => {
      throw new TypeError('mail of ada@example.org');
    });
    await expect(failing).rejects.toThrow('ada');
    await subject.stop();
    expect(exported.map(({ name }) => name)).toEqual(['inner', 'outer', 'failing']);
    expect(new Set(exported.map(({ trace }) => trace))).toEqual(new Set(['4bf92f3577b34da6a3ce929d0e0e4736']));
    expect(exported[1]?.parent).toBe('00f067aa0ba902b7');
    expect(exported[2]?.message).toBe('TypeError');
  });
});

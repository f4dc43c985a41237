import { createMetrics } from './metrics';

describe('metrics', () => {
  it('renders counters, histograms, gauges and the process itself, all with the service', async () => {
    const subject = createMetrics({ service: 'gateway' });
    subject.counter({ name: 'daybook_things_total', help: 'Things', labels: ['kind'] }).inc({ kind: 'a' }, 2);
    subject.histogram({ name: 'daybook_wait_seconds', help: 'Wait' }).observe(0.02);
    subject.gauge({ name: 'daybook_pending', help: 'Pending', collect: async () => 7 });
    const text = await subject.render();
    expect(text).toContain('daybook_things_total{kind="a",service="gateway"} 2');
    expect(text).toContain('daybook_wait_seconds_bucket{le="0.025",service="gateway"} 1');
    expect(text).toContain('daybook_pending{service="gateway"} 7');
    expect(text).toContain('process_resident_memory_bytes');
    expect(subject.contentType).toContain('text/plain');
  });

  it('says that a value cannot be read, and still tells the others', async () => {
    const subject = createMetrics({ service: 'a', process: 'host-1' });
    subject.gauge({ name: 'daybook_broken', help: 'Broken', collect: () => Promise.reject(new Error('away')) });
    subject.gauge({ name: 'daybook_hanging', help: 'Hanging', collect: () => new Promise<number>(() => undefined) });
    subject.counter({ name: 'daybook_x_total', help: 'X' }).inc();
    const text = await subject.render();
    expect(text).toMatch(/^daybook_broken\{service="a",process="host-1"\} nan$/im);
    expect(text).toMatch(/^daybook_hanging\{service="a",process="host-1"\} nan$/im);
    expect(text).toContain('daybook_x_total{service="a",process="host-1"} 1');
  });

  it('gives the same metric for the same name, and two processes do not meet', async () => {
    const subject = createMetrics({ service: 'a' });
    const other = createMetrics({ service: 'b' });
    const options = { name: 'daybook_x_total', help: 'X' };
    subject.counter(options).inc();
    subject.counter(options).inc();
    other.counter(options).inc();
    expect(await subject.render()).toContain('daybook_x_total{service="a"} 2');
    expect(await other.render()).toContain('daybook_x_total{service="b"} 1');
  });
});

import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

interface MetricOptions<L extends string> {
  /** Prometheus name with its unit: `daybook_rpc_duration_seconds`. */
  readonly name: string;
  readonly help: string;
  /** Label names; values must come from small closed sets, never ids. */
  readonly labels?: readonly L[];
}

/** The metrics of one process: its own registry, so that two services in one test do not collide. */
export interface Metrics {
  /** Asking for the same name again gives the metric that is there. */
  counter<L extends string = never>(options: MetricOptions<L>): Counter<L>;
  /** Buckets in seconds; the default suits requests from 1 ms to 10 s. */
  histogram<L extends string = never>(options: MetricOptions<L> & { buckets?: readonly number[] }): Histogram<L>;
  /** `collect` is called at each scrape, for values that are read rather than counted; NaN stands for one that cannot be read. */
  gauge<L extends string = never>(options: MetricOptions<L> & { collect?: () => number | Promise<number> }): Gauge<L>;
  /** The text of `/metrics`. */
  render(): Promise<string>;
  readonly contentType: string;
}

const requestBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * A registry with the process's default metrics (memory, CPU, event loop), every series labelled with the service, and with
 * the process where several of one service come together in one text.
 */
export function createMetrics({ service, process }: { service: string; process?: string }): Metrics {
  const register = new Registry();
  register.setDefaultLabels({ service, ...(process === undefined ? {} : { process }) });
  collectDefaultMetrics({ register });
  const made = new Map<string, unknown>();

  function once<T>(name: string, kind: new (...args: never[]) => T, make: () => T): T {
    const known = made.get(name);
    if (known instanceof kind) {
      return known;
    }
    const metric = make();
    made.set(name, metric);
    return metric;
  }

  return {
    counter: ({ name, help, labels = [] }) =>
      once(
        name,
        Counter<(typeof labels)[number]>,
        () => new Counter({ name, help, labelNames: [...labels], registers: [register] }),
      ),
    histogram: ({ name, help, labels = [], buckets = requestBuckets }) =>
      once(
        name,
        Histogram<(typeof labels)[number]>,
        () => new Histogram({ name, help, labelNames: [...labels], buckets: [...buckets], registers: [register] }),
      ),
    gauge: ({ name, help, labels = [], collect }) =>
      once(name, Gauge<(typeof labels)[number]>, () => {
        const options = { name, help, labelNames: [...labels], registers: [register] };
        if (!collect) {
          return new Gauge(options);
        }
        return new Gauge({
          ...options,
          async collect(): Promise<void> {
            this.set(await valueOf(collect));
          },
        });
      }),
    render: () => register.metrics(),
    contentType: register.contentType,
  };
}

const collectMs = 1000;

/** A database that is away must not take the other measurements with it. */
async function valueOf(collect: () => number | Promise<number>): Promise<number> {
  const limit = new AbortController();
  const late = sleep(collectMs, NaN, { signal: limit.signal }).catch(() => NaN);
  const read = Promise.resolve()
    .then(collect)
    .catch(() => NaN);
  try {
    return await Promise.race([read, late]);
  } finally {
    limit.abort();
  }
}

/** Tells the processes of one service apart, on one machine and on several. */
export function processName(): string {
  return `${hostname()}-${process.pid}`;
}

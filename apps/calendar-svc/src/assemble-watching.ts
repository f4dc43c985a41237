import { setTimeout as sleep } from 'node:timers/promises';
import { methodSchema, serviceNameSchema } from '@daybook/contracts';
import type { Logger } from '@daybook/platform/logging';
import type { LeaseStore } from '@daybook/platform/mongo';
import type { Metrics } from '@daybook/platform/telemetry';
import type { Catalog } from '@daybook/providers/catalog';
import type { CalendarCollections } from './adapters/mongo/collections';
import { MongoWatchableConnections } from './adapters/mongo/mongo-watchable-connections';
import { Watcher } from './jobs/watcher';
import type { AccessSource } from './ports/access-source';
import type { CalendarStore } from './ports/calendar-store';
import type { Clock } from './ports/clock';
import type { WatchableWay } from './ports/watchable-connections';
import { GatheredHints } from './use-cases/gathered-hints';

export interface WatchingParts {
  readonly collections: CalendarCollections;
  readonly store: CalendarStore;
  readonly leases: LeaseStore;
  readonly access: AccessSource;
  readonly catalog: Pick<Catalog, 'providerFor'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly wake: (connectionId: string) => void;
  readonly failed: (error: unknown) => void;
  /** Connections that this process listens to at most. */
  readonly most: number;
}

/** The job that listens to connections whose providers call no address of ours. */
export function assembleWatching(parts: WatchingParts): Watcher {
  const { collections, store, leases, access, catalog, clock, logger, metrics, wake, failed, most } = parts;
  return new Watcher({
    connections: new MongoWatchableConnections(collections),
    ways: watchableWays(catalog),
    leases,
    most,
    metrics,
    log: (message, fields) => logger.info(message, fields),
    watching: {
      store,
      hints: { store: new GatheredHints(store), wake },
      access,
      providerFor: ({ service, method }) => catalog.providerFor(service, method),
      clock,
      random: Math.random,
      pause: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
      failed,
    },
  });
}

function watchableWays(catalog: WatchingParts['catalog']): readonly WatchableWay[] {
  return serviceNameSchema.options.flatMap((service) =>
    methodSchema.options.flatMap((method) =>
      catalog.providerFor(service, method)?.watching ? [{ service, method }] : [],
    ),
  );
}

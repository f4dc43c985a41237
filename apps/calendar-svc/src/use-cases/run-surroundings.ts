import type { Provider } from '@daybook/provider-port';
import type { CalendarSyncStore, RemovalLimits, WriteQueue } from '@daybook/sync-engine';
import type { AccessSource, PartReporter } from '../ports/access-source';
import type { CalendarStore } from '../ports/calendar-store';
import type { Clock } from '../ports/clock';
import type { CalendarRecord, ConnectionRecord } from '../ports/records';
import type { TakeoverStore } from '../ports/takeover-store';
import type { ServerPlaces } from './server-places';

/** What a run over one connection needs. */
export interface RunSurroundings {
  readonly store: CalendarStore;
  readonly takeovers: TakeoverStore;
  readonly access: AccessSource;
  readonly reporter: PartReporter;
  readonly clock: Clock;
  readonly random: () => number;
  readonly providerFor: (connection: ConnectionRecord) => Provider | null;
  readonly syncStore: (calendar: CalendarRecord) => CalendarSyncStore;
  /** `remoteIdOf`: how the provider will call what is made with a key; null where it chooses itself. */
  readonly writeQueue: (connectionId: string, remoteIdOf: ((key: string) => string) | null) => WriteQueue;
  /** Something new waits to be written: a run gives way at its next page. */
  readonly writesWait: () => boolean;
  /** What waits has been looked at: it is not new any more. */
  readonly writesSeen: () => void;
  /** A provider has named the moment from which it may be asked again. */
  readonly wakeAt: (connectionId: string, at: Date) => void;
  readonly removalLimits: RemovalLimits;
  /** For connections whose server a person has named. */
  readonly servers: Pick<ServerPlaces, 'enter'>;
  /** Others wait, and the run has had its share: it comes to an end where the next one can go on. */
  readonly sliceOver: () => boolean;
  /** True once the lease is lost or the process is asked to end. */
  readonly stopped: () => boolean;
  readonly log: (message: string, fields: Readonly<Record<string, string | number | boolean>>) => void;
}

import type { CalendarRecord, ConnectionRecord } from './records';

/** A way to connect whose provider can be listened to. */
export type WatchableWay = Pick<ConnectionRecord, 'service' | 'method'>;

export type WatchedCalendar = Pick<CalendarRecord, '_id' | 'connectionId' | 'remoteId'>;

/** A connection that is in use, with the calendars of it that a person wants and that were read once. */
export interface WatchableConnection extends WatchableWay {
  readonly connectionId: string;
  /** Of auth-svc's word on it: grows with whatever may let in who was refused. */
  readonly revision: number;
  /** How often the person has decided something: what access there was before may be none by now. */
  readonly decisions: number;
  /** At least one. */
  readonly calendars: readonly WatchedCalendar[];
}

export interface WatchableConnections {
  /** All there are now, whoever listens to them; of `among` where that is given. */
  find(ways: readonly WatchableWay[], among?: readonly string[]): Promise<WatchableConnection[]>;
}

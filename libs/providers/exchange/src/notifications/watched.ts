import type { Clock, ProviderAccess, ProviderHttp, WatchOptions } from '@daybook/provider-port';
import { PRIMARY } from '../calendar/item-address';
import type { BesideCalls, EwsClient } from '../transport/ews-client';
import type { StreamingTrials } from './streaming-trials';

export type StreamingHttp = ProviderHttp & Required<Pick<ProviderHttp, 'stream'>>;

export interface WatchingSurroundings {
  readonly http: StreamingHttp;
  readonly client: EwsClient & BesideCalls;
  readonly clock: Clock;
  /** Resolves after so many milliseconds, or as soon as the signal is aborted. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** One watch, and what it is made with. */
export interface Watched extends WatchingSurroundings, WatchOptions {
  readonly access: ProviderAccess;
  readonly calendarRemoteIds: readonly string[];
  readonly trials: StreamingTrials;
}

/** Which of the watched calendars these folders are. */
export function calendarsAmong(
  { calendarRemoteIds }: Pick<Watched, 'calendarRemoteIds'>,
  folderIds: readonly string[],
): readonly string[] {
  const named = folderIds.filter((id) => calendarRemoteIds.includes(id));
  // Exchange tells that folder's real id, which nobody has asked for yet.
  return calendarRemoteIds.includes(PRIMARY) ? [...named, PRIMARY] : named;
}

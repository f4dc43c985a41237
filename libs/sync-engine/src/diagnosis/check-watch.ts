import {
  asProviderError,
  failed,
  passed,
  type ChangeWatchPort,
  type CheckOutcome,
  type ProviderAccess,
  type WatchOptions,
} from '@daybook/provider-port';

export interface WatchToCheck extends WatchOptions {
  readonly calendarRemoteId: string;
}

/** Opens a watch, and ends it as soon as it says that it listens. @throws ProviderError */
export async function checkWatch(
  watching: ChangeWatchPort,
  access: ProviderAccess,
  { calendarRemoteId, signal }: WatchToCheck,
): Promise<CheckOutcome> {
  try {
    for await (const { type } of watching.watch(access, [calendarRemoteId], { signal }))
      if (type === 'listening') return passed;
    return failed(signal.aborted ? 'took_too_long' : 'push_refused');
  } catch (error) {
    if (asProviderError(error).kind === 'Rejected') return failed('push_refused');
    throw error;
  }
}

import type { ApiKeys } from '../doors/api-keys';
import type { Revocations } from '../doors/revocations';
import type { LiveStreams } from './live-streams';

/** What follows from the end of sessions or API keys: their access is refused from now on and their streams close. */
export class SessionEnd {
  constructor(
    private readonly revocations: Revocations,
    private readonly keys: ApiKeys,
    private readonly streams: LiveStreams,
  ) {}

  end({ sessionIds, keyIds }: { readonly sessionIds: readonly string[]; readonly keyIds: readonly string[] }): void {
    this.revocations.add(sessionIds);
    this.keys.forget(keyIds);
    this.streams.endSessions(sessionIds);
  }
}

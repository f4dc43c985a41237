import type {
  WatchableConnection,
  WatchableConnections,
  WatchableWay,
  WatchedCalendar,
} from '../../ports/watchable-connections';
import { hasFormerNames } from '../../use-cases/take-over';
import type { CalendarCollections } from './collections';

export class MongoWatchableConnections implements WatchableConnections {
  constructor(private readonly collections: Pick<CalendarCollections, 'connections' | 'calendars'>) {}

  async find(ways: readonly WatchableWay[], among?: readonly string[]): Promise<WatchableConnection[]> {
    if (ways.length === 0 || among?.length === 0) return [];
    const ids = among === undefined ? {} : { _id: { $in: [...among] } };
    const live = await this.collections.connections
      .find(
        // All methods apart from the ways, so that the index is bounded by them.
        { ...ids, status: 'live', method: { $in: methodsOf(ways) }, readable: true, $or: ways.map(wayOf) },
        { projection: { service: 1, method: 1, namedBy: 1, revision: 1, decisions: 1 } },
      )
      .toArray();
    // By the names of another provider nothing can be listened to.
    const named = live.filter(({ method, namedBy }) => namedBy === undefined || namedBy === method);
    const calendars = await this.calendarsOf(named.map(({ _id }) => _id));
    return named.flatMap(({ _id, service, method, revision, decisions = 0 }) => {
      const own = calendars.get(_id);
      return own ? [{ connectionId: _id, service, method, revision, decisions, calendars: own }] : [];
    });
  }

  private async calendarsOf(
    connectionIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly WatchedCalendar[]>> {
    const rows = this.collections.calendars
      .find(
        {
          connectionId: { $in: [...connectionIds] },
          ...{ selected: true, retiredAt: null, missingSince: null, lastSuccessAt: { $ne: null } },
        },
        { projection: { connectionId: 1, remoteId: 1, takeover: 1 } },
      )
      .sort({ _id: 1 });
    const found = new Map<string, WatchedCalendar[]>();
    for await (const calendar of rows) {
      if (hasFormerNames(calendar)) continue;
      const { _id, connectionId, remoteId } = calendar;
      const own = found.get(connectionId) ?? [];
      own.push({ _id, connectionId, remoteId });
      found.set(connectionId, own);
    }
    return found;
  }
}

const methodsOf = (ways: readonly WatchableWay[]): WatchableWay['method'][] => [
  ...new Set(ways.map(({ method }) => method)),
];
const wayOf = ({ service, method }: WatchableWay): WatchableWay => ({ service, method });

import { connectionsOptions } from './api/connection-queries';
import { calendarsOptions, meetingListOptions } from './api/meeting-queries';
import { meOptions, servicesOptions } from './api/people-queries';
import type { PortalServices } from './api/portal-services';
import { filterOf, viewOf } from './pages/meetings/meeting-filter';
import { listStart } from './pages/meetings/list-start';
import { readNow } from './time/now';
import { isZone } from './time/zoned-time';

/**
 * Asks for what the first page will ask for, all at once and before its script is there, as soon as the session is. What fails
 * is asked for again by the page, which can say so.
 */
export function askAhead(services: PortalServices, address: URL): void {
  const { session } = services;
  if (session.status() === 'signed-in') return ask(services, address);
  if (session.status() === 'signed-out') return;
  const leave = session.subscribe(() => {
    leave();
    askAhead(services, address);
  });
}

function ask({ api, session, queries }: PortalServices, address: URL): void {
  void queries.prefetchQuery(meOptions(api));
  if (!/^\/(meetings\/?)?$/.test(address.pathname)) return;
  void queries.prefetchQuery(calendarsOptions(api));
  void queries.prefetchQuery(connectionsOptions(api));
  void queries.prefetchQuery(servicesOptions(api));
  if (viewOf(address.searchParams) !== 'list') return;
  const zone = session.user()?.timeZone ?? 'UTC';
  const from = listStart(readNow(), isZone(zone) ? zone : 'UTC');
  void queries.prefetchInfiniteQuery(meetingListOptions(api, filterOf(address.searchParams), from));
}

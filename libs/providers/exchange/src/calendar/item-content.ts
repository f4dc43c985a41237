import type { MeetingTime, Visibility } from '@daybook/domain';
import { asText, asWebAddress, type ForeignRecord, type MeetingContent } from '@daybook/provider-port';
import type { ItemNote } from './item-note';
import { MOST_ATTENDEES, ownResponse, readAttendees, readOrganizer } from './item-people';

const LONGEST_LINE = 2048;
/** UTF-16 units; what is longer is cut. */
export const LONGEST_DESCRIPTION = 32_768;
const NONE: readonly string[] = Object.freeze([]);

export interface Span {
  readonly start: MeetingTime;
  readonly end: MeetingTime;
}

export interface ReadWith {
  readonly note: ItemNote;
  /** Address of the web services: its host is the only one that an item's page may be on. */
  readonly url: string;
}

/** Everything of an item that does not depend on its place in a series. */
export function readContent(item: ForeignRecord, { start, end }: Span, { note, url }: ReadWith): MeetingContent {
  const attendees = readAttendees(item, note.guests);
  return {
    title: asText(item['Subject'], LONGEST_LINE),
    description: asText(bodyText(item), LONGEST_DESCRIPTION),
    location: asText(item['Location'], LONGEST_LINE),
    start,
    end,
    organizer: readOrganizer(item),
    attendees,
    attendeesComplete: attendees.length < MOST_ATTENDEES,
    ...ownResponse(item),
    visibility: visibilityOf(item['Sensitivity'], note),
    busy: item['LegacyFreeBusyStatus'] !== 'Free',
    conferenceUris: addresses(item['JoinOnlineMeetingUrl']),
    conferencePasscodes: NONE,
    urlFields: addresses(item['MeetingWorkspaceUrl'], item['NetShowUrl']),
    webLink: pageOf(item['WebClientReadFormQueryString'], url),
  };
}

/** Exchange ends lines like a mail and closes texts with one. */
export function bodyText(item: ForeignRecord): string {
  return asText(item['Body'], Infinity).replace(/\r\n/g, '\n').trimEnd();
}

function addresses(...fields: readonly unknown[]): readonly string[] {
  const known = fields.map((field) => asWebAddress(field)).filter((address) => address !== null);
  return known.length === 0 ? NONE : [...new Set(known)];
}

/**
 * Older servers tell the query of Outlook on the web, newer ones all of the address.
 * Source: learn.microsoft.com/exchange/client-developer/web-service-reference/webclientreadformquerystring.
 */
function pageOf(told: unknown, url: string): string | null {
  const query = asText(told, 4096);
  if (query === '' || !URL.canParse(url)) return null;
  const base = new URL('/owa/', url);
  if (!URL.canParse(query, base.href)) return null;
  const page = new URL(query, base.href);
  return page.hostname === base.hostname ? asWebAddress(page.href) : null;
}

/** `Personal` is a mark of the person's own that says no less than private. What is public has no word of its own. */
function visibilityOf(sensitivity: unknown, { visibility }: ItemNote): Visibility {
  switch (sensitivity) {
    case 'Private':
    case 'Personal':
      return 'private';
    case 'Confidential':
      return 'confidential';
    default:
      return visibility ?? 'default';
  }
}

import type { MeetingTime, Visibility } from '@daybook/domain';
import { asText, asWebAddress, type ForeignRecord, isRecord, type MeetingContent } from '@daybook/provider-port';
import type { EventNote } from './event-note';
import { MOST_ATTENDEES, ownResponse, readAttendees, readOrganizer } from './event-people';

const LONGEST_LINE = 2048;
const LONGEST_DESCRIPTION = 32_768;
const NONE: readonly string[] = Object.freeze([]);

export interface Span {
  readonly start: MeetingTime;
  readonly end: MeetingTime;
}

/** Everything of an event that does not depend on its place in a series. */
export function readContent(event: ForeignRecord, { start, end }: Span, note: EventNote): MeetingContent {
  const attendees = readAttendees(event['attendees']);
  return {
    title: asText(event['subject'], LONGEST_LINE),
    description: readBody(event['body']),
    location: readLocation(event['location']),
    start,
    end,
    organizer: readOrganizer(event),
    attendees,
    // An organizer can hide guests from each other; then a guest's copy names only some.
    attendeesComplete:
      attendees.length < MOST_ATTENDEES && (event['hideAttendees'] !== true || event['isOrganizer'] === true),
    ...ownResponse(event),
    visibility: visibilityOf(event['sensitivity'], note),
    busy: event['showAs'] !== 'free',
    conferenceUris: readConference(event),
    conferencePasscodes: NONE,
    urlFields: readLocationUri(event['location']),
    webLink: asWebAddress(event['webLink']),
  };
}

/** Exchange ends lines like a mail and closes texts with one. */
function readBody(body: unknown): string {
  if (!isRecord(body)) return '';
  return asText(body['content'], LONGEST_DESCRIPTION).replace(/\r\n/g, '\n').replace(/\s+$/, '');
}

function readLocation(location: unknown): string {
  return isRecord(location) ? asText(location['displayName'], LONGEST_LINE) : '';
}

function readLocationUri(location: unknown): readonly string[] {
  const address = isRecord(location) ? asWebAddress(location['locationUri']) : null;
  return address === null ? NONE : [address];
}

/** `onlineMeetingUrl` is the older of the two fields. */
function readConference(event: ForeignRecord): readonly string[] {
  const { onlineMeeting } = event;
  const addresses = [isRecord(onlineMeeting) ? onlineMeeting['joinUrl'] : null, event['onlineMeetingUrl']];
  const known = addresses.map((address) => asWebAddress(address)).filter((address) => address !== null);
  return known.length === 0 ? NONE : [...new Set(known)];
}

/** `personal` is a mark of the person's own that says no less than private. What is public has no word of its own. */
function visibilityOf(sensitivity: unknown, { visibility }: EventNote): Visibility {
  switch (sensitivity) {
    case 'private':
    case 'personal':
      return 'private';
    case 'confidential':
      return 'confidential';
    default:
      return visibility ?? 'default';
  }
}

import type { MeetingTime, Visibility } from '@daybook/domain';
import {
  asText,
  asWebAddress,
  type ForeignRecord,
  isRecord,
  listOf,
  type MeetingContent,
  type MeetingMarker,
} from '@daybook/provider-port';
import { MOST_ATTENDEES, readAttendees, readOrganizer } from './event-people';

/** Google's own limits are 1,024 for titles and places and 8,192 for descriptions; imported events can be longer. */
const LONGEST_LINE = 2048;
const LONGEST_DESCRIPTION = 32_768;
const MOST_ENTRY_POINTS = 20;
const NONE: readonly string[] = Object.freeze([]);

/** Properties of ours on an event, visible to this copy of it only. */
export const MARKER_DEPLOYMENT = 'daybookDeployment';
export const MARKER_MEETING = 'daybookMeeting';

/** Everything of an event that does not depend on its place in a series. */
export function readContent(event: ForeignRecord, start: MeetingTime, end: MeetingTime): MeetingContent {
  const attendees = readAttendees(event['attendees']);
  const conference = readConference(event);
  return {
    title: asText(event['summary'], LONGEST_LINE),
    description: asText(event['description'], LONGEST_DESCRIPTION),
    location: asText(event['location'], LONGEST_LINE),
    start,
    end,
    organizer: readOrganizer(event['organizer']),
    attendees,
    attendeesComplete: event['attendeesOmitted'] !== true && attendees.length < MOST_ATTENDEES,
    visibility: visibilityOf(event['visibility']),
    busy: event['transparency'] !== 'transparent',
    conferenceUris: conference.uris,
    conferencePasscodes: conference.passcodes,
    urlFields: readSource(event['source']),
    webLink: asWebAddress(event['htmlLink']),
  };
}

function visibilityOf(value: unknown): Visibility {
  switch (value) {
    case 'public':
    case 'private':
    case 'confidential':
      return value;
    default:
      return 'default';
  }
}

interface Conference {
  readonly uris: readonly string[];
  readonly passcodes: readonly string[];
}

const NO_CONFERENCE: Conference = { uris: NONE, passcodes: NONE };

/**
 * Web addresses one can join by, the video one first, with what has to be typed in there. Dial-in entries (`tel:`, `sip:`)
 * carry PINs of their own, which are no passcodes of the meeting.
 */
function readConference(event: ForeignRecord): Conference {
  const { conferenceData, hangoutLink } = event;
  if (conferenceData === undefined && hangoutLink === undefined) return NO_CONFERENCE;
  const entries = isRecord(conferenceData) ? listOf(conferenceData['entryPoints']).slice(0, MOST_ENTRY_POINTS) : [];
  const points = entries.filter(isRecord).filter((entry) => asWebAddress(entry['uri']) !== null);
  points.sort((one, other) => Number(other['entryPointType'] === 'video') - Number(one['entryPointType'] === 'video'));
  const uris = points.map((entry) => asText(entry['uri'], 4096));
  const hangout = asWebAddress(hangoutLink);
  if (hangout !== null && !uris.includes(hangout)) uris.push(hangout);
  return { uris, passcodes: [...new Set(points.flatMap(passcodesOf))] };
}

function passcodesOf(entry: ForeignRecord): readonly string[] {
  return ['passcode', 'password', 'accessCode', 'pin']
    .map((name) => asText(entry[name], 128))
    .filter((code) => code !== '');
}

/** Attachments are documents, not places to meet, so `source` is the only address field. */
function readSource(value: unknown): readonly string[] {
  if (!isRecord(value)) return NONE;
  const address = asWebAddress(value['url']);
  return address === null ? NONE : [address];
}

/** What we wrote on the event, whole, or null. */
export function readMarker(event: ForeignRecord): MeetingMarker | null {
  const { extendedProperties } = event;
  if (!isRecord(extendedProperties)) return null;
  const own = extendedProperties['private'];
  if (!isRecord(own)) return null;
  const deployment = asText(own[MARKER_DEPLOYMENT], 128);
  const meetingId = asText(own[MARKER_MEETING], 128);
  return deployment === '' || meetingId === '' ? null : { deployment, meetingId };
}

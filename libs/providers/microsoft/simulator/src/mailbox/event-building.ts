import { randomBytes } from 'node:crypto';
import { refusals } from '../graph/graph-error';
import { fileAttachmentOf } from './attachment-building';
import { storedBody } from './body-text';
import type { EventBody } from './event-body';
import type {
  Attendee,
  EmailAddress,
  EventContent,
  EventRecord,
  ItemRecord,
  Location,
  OnlineMeeting,
  Recurrence,
} from './event-record';
import { mergeMulti, mergeSingle } from './property-ids';
import { wholePattern, wholeRange } from './recurrence';
import { dateOf, readTime } from './zoned-times';

/** What building an event needs to know of its surroundings. */
export interface Building {
  /** Display name of a person, as the directory has it. */
  nameOf(address: string): string | null;
  tenantId: string;
  oid: string;
  now: number;
}

/** Exchange's "never". */
export const NEVER = '0001-01-01T00:00:00Z';
const MOST_ATTENDEES = 500;
export const NO_LOCATION: Location = {
  displayName: '',
  locationType: 'default',
  uniqueIdType: 'unknown',
  address: {},
  coordinates: {},
};

const SIMPLE = {
  subject: '',
  importance: 'normal',
  sensitivity: 'normal',
  showAs: 'busy',
  isAllDay: false,
  isReminderOn: true,
  reminderMinutesBeforeStart: 15,
  responseRequested: true,
  allowNewTimeProposals: true,
  hideAttendees: false,
} as const;

export function blankContent(organizer: EmailAddress): EventContent {
  return {
    ...SIMPLE,
    body: '',
    isCancelled: false,
    categories: [],
    location: NO_LOCATION,
    locations: [],
    attendees: [],
    organizer,
    isOrganizer: true,
    responseStatus: { response: 'organizer', time: NEVER },
    isOnlineMeeting: false,
    onlineMeetingProvider: 'unknown',
    onlineMeeting: null,
  };
}

export function blankRecord(names: { key: string; uid: string; organizer: EmailAddress; now: number }): EventRecord {
  const { key, uid, organizer, now } = names;
  return {
    key,
    uid,
    deleted: false,
    transactionId: null,
    start: { dateTime: '', timeZone: 'UTC' },
    end: { dateTime: '', timeZone: 'UTC' },
    createdAt: now,
    updatedAt: now,
    content: blankContent(organizer),
    recurrence: null,
    exceptions: {},
    cancelledDays: [],
    singleValues: [],
    multiValues: [],
    attachments: [],
    extensions: [],
  };
}

/** Lays a sent body over an item: given members replace, null goes back to the default. @throws GraphError 400 */
export function layOver<T extends ItemRecord>(base: T, body: EventBody, building: Building): T {
  const content: EventContent = { ...base.content };
  for (const [name, fallback] of Object.entries(SIMPLE)) {
    const given: unknown = Reflect.get(body, name);
    if (given !== undefined) Object.assign(content, { [name]: given ?? fallback });
  }
  if (body.categories !== undefined) content.categories = [...new Set(body.categories)];
  if (body.body !== undefined) {
    content.body = storedBody({ contentType: body.body?.contentType ?? 'html', content: body.body?.content ?? '' });
  }
  setLocations(content, body);
  if (body.attendees !== undefined) content.attendees = attendeesOf(body.attendees, base.content.attendees, building);
  if (body.isOnlineMeeting === true && content.onlineMeeting === null) makeOnline(content, body, building);
  return {
    ...base,
    updatedAt: building.now,
    start: body.start === undefined ? base.start : readTime(body.start),
    end: body.end === undefined ? base.end : readTime(body.end),
    content,
    singleValues: mergeSingle(base.singleValues, body.singleValueExtendedProperties ?? []),
    multiValues: mergeMulti(base.multiValues, body.multiValueExtendedProperties ?? []),
    attachments: [...base.attachments, ...(body.attachments ?? []).map((one) => fileAttachmentOf(one, building.now))],
  };
}

/** The recurrence a body asks for: the base's when it says nothing. */
export function recurrenceOf(base: EventRecord, body: EventBody, start: ItemRecord['start']): Recurrence | null {
  const anchor = { date: dateOf(start), timeZone: start.timeZone };
  if (body.recurrence === null) return null;
  if (body.recurrence === undefined) {
    const kept = base.recurrence;
    return kept === null ? null : { ...kept, range: { ...kept.range, startDate: anchor.date } };
  }
  const { pattern, range } = body.recurrence;
  const { recurrenceTimeZone, ...bounds } = given(range);
  const zone = typeof recurrenceTimeZone === 'string' && recurrenceTimeZone !== '' ? { recurrenceTimeZone } : {};
  return { pattern: wholePattern(given(pattern)), range: wholeRange({ ...bounds, ...zone }, anchor) };
}

type Given<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Without members that are undefined. */
function given<T extends object>(value: T): Given<T> {
  return JSON.parse(JSON.stringify(value));
}

/** `location` overwrites `locations`, and the other way round. */
function setLocations(content: EventContent, body: EventBody): void {
  if (body.locations !== undefined) {
    content.locations = body.locations.map(locationOf);
    const names = content.locations.map(({ displayName }) => displayName).join('; ');
    const [only] = content.locations;
    content.location =
      content.locations.length === 1 && only !== undefined ? only : { ...NO_LOCATION, displayName: names };
  } else if (body.location !== undefined) {
    const location = body.location === null ? NO_LOCATION : locationOf(body.location);
    content.location = location;
    content.locations = location.displayName === '' ? [] : [location];
  }
}

function locationOf(sent: NonNullable<EventBody['location']>): Location {
  const { displayName, locationType, uniqueIdType, ...rest } = sent;
  const kept = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null && value !== undefined));
  const own = displayName === '' ? {} : { uniqueId: displayName ?? '' };
  return {
    ...own,
    ...kept,
    displayName: displayName ?? '',
    locationType: locationType ?? 'default',
    uniqueIdType: uniqueIdType ?? (displayName === '' ? 'unknown' : 'private'),
  };
}

function attendeesOf(
  sent: NonNullable<EventBody['attendees']>,
  before: readonly Attendee[],
  { nameOf }: Building,
): Attendee[] {
  if (sent.length > MOST_ATTENDEES) throw refusals.validation(`An event has at most ${MOST_ATTENDEES} attendees.`);
  return sent.map(({ type, emailAddress }) => {
    const address = (emailAddress.address ?? '').trim();
    if (!address.includes('@')) throw refusals.invalidRequest('An attendee needs a valid address.');
    const known = before.find((one) => isSame(one.emailAddress.address, address));
    return {
      type: type ?? known?.type ?? 'required',
      status: known?.status ?? { response: 'none', time: NEVER },
      emailAddress: { name: emailAddress.name ?? known?.emailAddress.name ?? nameOf(address) ?? address, address },
      ...(known?.proposedNewTime === undefined ? {} : { proposedNewTime: known.proposedNewTime }),
    };
  });
}

export const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Once an event has an online meeting it keeps it, and the way in stands in its body. */
function makeOnline(content: EventContent, body: EventBody, building: Building): void {
  const meeting = newOnlineMeeting(building);
  content.isOnlineMeeting = true;
  content.onlineMeetingProvider = body.onlineMeetingProvider ?? 'teamsForBusiness';
  content.onlineMeeting = meeting;
  content.body = withJoinBlock(
    content.body === '' ? storedBody({ contentType: 'html', content: '<div></div>' }) : content.body,
    meeting,
  );
}

function newOnlineMeeting({ tenantId, oid }: Building): OnlineMeeting {
  const thread = randomBytes(27).toString('base64url');
  const context = encodeURIComponent(JSON.stringify({ Tid: tenantId, Oid: oid }));
  const conferenceId = String(randomBytes(4).readUInt32BE(0) % 1_000_000_000).padStart(9, '0');
  return {
    joinUrl: `https://teams.microsoft.com/l/meetup-join/19%3ameeting_${thread}%40thread.v2/0?context=${context}`,
    conferenceId,
  };
}

function withJoinBlock(html: string, { joinUrl, conferenceId }: OnlineMeeting): string {
  const line = '_'.repeat(80);
  const block = `<div class="me-email-text"><br>${line}<br>Microsoft Teams meeting<br><a href="${joinUrl}">Join the meeting now</a><br>Conference ID: ${conferenceId ?? ''}<br>${line}</div>\r\n`;
  return html.replace(/<\/body>/i, () => `${block}</body>`);
}

import type { MeetingTime, OriginalStart } from '@daybook/domain';
import type {
  MeetingContent,
  MeetingDraft,
  RemoteCancelledOccurrence,
  RemoteException,
  RemoteMeeting,
  RemoteSeries,
  RemoteSingle,
} from '@daybook/provider-port';

type WithoutVersion<T> = T extends unknown ? Omit<T, 'version'> : never;
/** An item before the mailbox has given it a version. */
export type FakeItem = WithoutVersion<RemoteMeeting>;

/** `2026-11-22T09:00` in a zone, or an all-day date. Seconds may be left out. */
export function at(text: string, timeZone = 'Europe/Berlin'): MeetingTime {
  if (text.length === 10) return { date: text };
  return { dateTime: text.length === 16 ? `${text}:00` : text, timeZone };
}

/** Content with everything else empty. */
export function content(
  title: string,
  start: MeetingTime,
  end: MeetingTime,
  more?: Partial<MeetingContent>,
): MeetingContent {
  return {
    title,
    description: '',
    location: '',
    start,
    end,
    organizer: null,
    attendees: [],
    attendeesComplete: true,
    visibility: 'default',
    busy: true,
    conferenceUris: [],
    conferencePasscodes: [],
    urlFields: [],
    webLink: null,
    ...more,
  };
}

/** A draft with everything else empty. */
export function draft(title: string, start: MeetingTime, end: MeetingTime, more?: Partial<MeetingDraft>): MeetingDraft {
  return {
    title,
    description: '',
    location: '',
    start,
    end,
    lines: [],
    attendees: [],
    visibility: 'default',
    ...more,
  };
}

export function single(remoteId: string, its: MeetingContent): Omit<RemoteSingle, 'version'> {
  return { kind: 'single', remoteId, iCalUid: `${remoteId}@fake`, marker: null, content: its };
}

export function series(
  remoteId: string,
  its: MeetingContent,
  ...lines: readonly string[]
): Omit<RemoteSeries, 'version'> {
  return { kind: 'series', remoteId, iCalUid: `${remoteId}@fake`, marker: null, content: its, lines };
}

export function exception(
  remoteId: string,
  seriesRemoteId: string,
  originalStart: OriginalStart,
  its: MeetingContent,
): Omit<RemoteException, 'version'> {
  return {
    kind: 'exception',
    remoteId,
    iCalUid: `${seriesRemoteId}@fake`,
    seriesRemoteId,
    originalStart,
    marker: null,
    content: its,
  };
}

export function cancelled(
  remoteId: string,
  seriesRemoteId: string,
  originalStart: OriginalStart,
): Omit<RemoteCancelledOccurrence, 'version'> {
  return { kind: 'cancelled', remoteId, seriesRemoteId, originalStart };
}

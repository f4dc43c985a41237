/**
 * What a viewer without the right to private meetings may see: that time is taken, nothing else. This is the one rule;
 * lists, details, search, free/busy, outgoing events, exports and logs all go through it.
 */
import type { Attendee, MeetingKind, MeetingTime, Response, Visibility } from '../meeting/meeting';

/** The join part of a view, as far as it can betray something. */
export interface JoinView {
  readonly recognised: boolean;
  readonly label: string;
  readonly provider: string | null;
  readonly url: string | null;
  readonly number: string | null;
  readonly passcode: string | null;
  readonly because: { readonly field: string; readonly rule: string } | null;
  readonly candidates: readonly unknown[];
}

/** The parts of a meeting that the rule keeps or blanks. A view may carry more; see `redact`. */
export interface MeetingView {
  readonly id: string;
  readonly kind: MeetingKind;
  readonly title: string;
  readonly description?: string;
  readonly start: MeetingTime;
  readonly end: MeetingTime;
  readonly allDay: boolean;
  readonly series: { readonly id: string; readonly rule: readonly string[] } | null;
  readonly originalStart: MeetingTime | null;
  readonly host: { readonly name: string; readonly email: string; readonly isMe: boolean } | null;
  readonly attendees: readonly Attendee[];
  readonly response: Response | null;
  readonly visibility: Visibility;
  readonly redacted: boolean;
  readonly location: string;
  readonly join: JoinView;
  readonly editUrl: string | null;
}

/** `private` and `confidential` are private; `default` and `public` are not. */
export function isPrivate(visibility: Visibility): boolean {
  return visibility === 'private' || visibility === 'confidential';
}

const NO_JOIN: JoinView = {
  recognised: false,
  label: '',
  provider: null,
  url: null,
  number: null,
  passcode: null,
  because: null,
  candidates: [],
};

/**
 * The view with everything blanked but the time taken, whose time it is, and the id. Built from an empty shape, field
 * by field, so that a field added to the view later is hidden until someone decides otherwise.
 */
export function redact(view: MeetingView): MeetingView {
  return {
    id: view.id,
    kind: 'event',
    title: '',
    start: view.start,
    end: view.end,
    allDay: view.allDay,
    series: view.series,
    originalStart: view.originalStart,
    host: view.host,
    attendees: [],
    response: null,
    visibility: view.visibility,
    redacted: true,
    location: '',
    join: NO_JOIN,
    editUrl: null,
  };
}

/** The view as this viewer may see it. */
export function viewFor(view: MeetingView, maySeePrivate: boolean): MeetingView {
  return isPrivate(view.visibility) && !maySeePrivate ? redact(view) : view;
}

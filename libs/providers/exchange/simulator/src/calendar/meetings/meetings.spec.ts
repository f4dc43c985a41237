import { element, textOf, type XmlElement } from '../../wire/element';
import { attendeesOf, personOf } from '../item/attendees';
import { fieldOf, textField, withFields, type Fields } from '../item/fields';
import { ANNA, attendees, BORIS, CLARA, NOW, stored, timed, valueOf } from '../testing/sample-items';
import { attendeeCopy } from './attendee-copy';
import { cancelMeeting, withdrawn } from './cancel-meeting';
import type { MailIntent } from './meeting-mail';
import { planCancellations, planInvitations, type SendMode } from './plan-invitations';
import { respond, trackResponse, type Answer } from './respond';

const nine = timed('2026-11-23T09:00:00', '2026-11-23T10:00:00');
const invited = (...people: readonly { name: string; address: string }[]): Fields =>
  stored([...nine, attendees('RequiredAttendees', ...people)]);
const meeting = invited(ANNA, BORIS, CLARA, { name: 'Boris again', address: 'BORIS@example.org' });
const copyOf = (item: Fields, before: Fields | null = null): Fields =>
  stored(attendeeCopy(item, before), { owner: BORIS, sent: [], before });

const told = (mails: readonly MailIntent[]): string[] =>
  mails.map(({ kind, to, subject }) => `${kind} ${to.address} ${subject}`);
const plan = (before: Fields | null, after: Fields, mode: SendMode) =>
  planInvitations({ before, after, mode, now: NOW });

describe('invitations', () => {
  it('go to each attendee once and never to the organizer', () => {
    const { mails, savesCopy, item } = plan(null, meeting, 'SendToAllAndSaveCopy');
    expect(told(mails)).toEqual(['MeetingRequest boris@example.org Review', 'MeetingRequest clara@example.org Review']);
    expect(savesCopy).toBe(true);
    expect(textField(item, 'MeetingRequestWasSent')).toBe('true');
  });

  it('tell the meeting from the attendee’s side', () => {
    const [mail] = plan(null, meeting, 'SendOnlyToAll').mails;
    const fields = mail?.fields ?? [];
    expect(
      ['MeetingRequestType', 'IntendedFreeBusyStatus', 'LegacyFreeBusyStatus', 'IsOrganizer', 'UID', 'Start'].map(
        (name) => textField(fields, name),
      ),
    ).toEqual(['NewMeetingRequest', 'Busy', 'Tentative', 'false', textField(meeting, 'UID'), '2026-11-23T08:00:00Z']);
    expect(personOf(fieldOf(fields, 'From')).address).toBe(ANNA.address);
    expect(personOf(fieldOf(fields, 'ToRecipients')).address).toBe(BORIS.address);
  });

  it('stay away when nobody is to be told or the writer is only invited', () => {
    expect(plan(null, meeting, 'SendToNone').mails).toEqual([]);
    expect(plan(null, copyOf(meeting), 'SendToAllAndSaveCopy').mails).toEqual([]);
  });

  it('are updates for those who had one, and cancellations for those who are out', () => {
    const later = stored([
      ...timed('2026-11-23T14:00:00', '2026-11-23T15:00:00'),
      attendees('RequiredAttendees', CLARA, { name: 'Dora', address: 'dora@example.org' }),
    ]);
    const before = invited(BORIS, CLARA);
    const all = plan(before, later, 'SendToAllAndSaveCopy').mails;
    expect(told(all)).toEqual([
      'MeetingRequest clara@example.org Updated: Review',
      'MeetingRequest dora@example.org Review',
      'MeetingCancellation boris@example.org Canceled: Review',
    ]);
    expect(all.map(({ fields }) => textField(fields, 'MeetingRequestType'))).toEqual([
      'FullUpdate',
      'NewMeetingRequest',
      null,
    ]);
    expect(told(plan(before, later, 'SendOnlyToChanged').mails)).toEqual([
      'MeetingRequest dora@example.org Review',
      'MeetingCancellation boris@example.org Canceled: Review',
    ]);
  });

  it('ask for no new answer when the times stay', () => {
    const [mail] = plan(meeting, withFields(meeting, [element('Location', 'Room 1')]), 'SendOnlyToAll').mails;
    expect(textField(mail?.fields ?? [], 'MeetingRequestType')).toBe('InformationalUpdate');
  });

  it('are called back when the item is deleted', () => {
    expect(told(planCancellations(meeting, 'SendOnlyToAll', NOW).mails)).toEqual([
      'MeetingCancellation boris@example.org Canceled: Review',
      'MeetingCancellation clara@example.org Canceled: Review',
    ]);
    expect(planCancellations(copyOf(meeting), 'SendOnlyToAll', NOW).mails).toEqual([]);
  });
});

describe('an attendee’s copy', () => {
  it('is tentative and open, without what others answered', () => {
    const tracked = trackResponse(meeting, { answer: 'Accept', attendee: CLARA, now: NOW, extra: [] });
    const copy = copyOf(tracked);
    expect(
      ['LegacyFreeBusyStatus', 'MyResponseType', 'IsOrganizer', 'AppointmentState', 'IsMeeting'].map((name) =>
        textField(copy, name),
      ),
    ).toEqual(['Tentative', 'NoResponseReceived', 'false', '3', 'true']);
    expect(new Set(attendeesOf(copy).map(({ field }) => textOf(field, 'ResponseType')))).toEqual(new Set(['Unknown']));
  });

  it('keeps the answer while the times stay, and the attendee’s own marks always', () => {
    const own = [element('Categories', [element('String', 'Blue')]), element('ReminderMinutesBeforeStart', 60)];
    const answered = valueOf(
      respond(withFields(copyOf(meeting), own), { answer: 'Accept', attendee: BORIS, now: NOW, extra: [] }),
    ).copy;
    const renamed = copyOf(withFields(meeting, [element('Subject', 'New')]), answered);
    expect(['Subject', 'MyResponseType', 'LegacyFreeBusyStatus'].map((name) => textField(renamed, name))).toEqual([
      'New',
      'Accept',
      'Busy',
    ]);
    const moved = stored(withFields(meeting, timed('2026-11-24T09:00:00', '2026-11-24T10:00:00')), { sent: [] });
    const copy = copyOf(moved, answered);
    expect(['MyResponseType', 'LegacyFreeBusyStatus'].map((name) => textField(copy, name))).toEqual([
      'NoResponseReceived',
      'Tentative',
    ]);
    expect([textField(copy, 'ReminderMinutesBeforeStart'), fieldOf(copy, 'Categories')]).toEqual(['60', own[0]]);
  });
});

describe('answers', () => {
  const given = (answer: Answer, extra: readonly XmlElement[] = []) => ({ answer, attendee: BORIS, now: NOW, extra });

  it.each<[Answer, string, string, boolean]>([
    ['Accept', 'Busy', 'Accepted: Review', false],
    ['Tentative', 'Tentative', 'Tentative: Review', false],
    ['Decline', 'Free', 'Declined: Review', true],
  ])('%s shows the time as %s', (answer, status, subject, leaves) => {
    const { copy, mail, leavesCalendar } = valueOf(respond(copyOf(meeting), given(answer)));
    expect([textField(copy, 'MyResponseType'), textField(copy, 'LegacyFreeBusyStatus')]).toEqual([answer, status]);
    expect(textField(copy, 'AppointmentReplyTime')).toBe('2026-11-22T12:00:00Z');
    expect([mail.kind, mail.to.address, mail.subject]).toEqual(['MeetingResponse', ANNA.address, subject]);
    expect(textField(mail.fields, 'ResponseType')).toBe(answer);
    expect(leavesCalendar).toBe(leaves);
  });

  it('are tracked by the organizer, with a proposed time', () => {
    const proposal = [element('ProposedStart', '2026-11-23T14:00:00Z'), element('ProposedEnd', '2026-11-23T15:00:00Z')];
    const tracked = trackResponse(meeting, given('Tentative', proposal));
    const lines = attendeesOf(tracked).map(({ address, field }) =>
      [address, ...['ResponseType', 'LastResponseTime', 'ProposedStart'].map((name) => textOf(field, name))].join(' '),
    );
    expect(lines).toEqual([
      'anna@example.org Unknown  ',
      'boris@example.org Tentative 2026-11-22T12:00:00Z 2026-11-23T14:00:00Z',
      'clara@example.org Unknown  ',
      'BORIS@example.org Tentative 2026-11-22T12:00:00Z 2026-11-23T14:00:00Z',
    ]);
    const [mail] = [valueOf(respond(copyOf(meeting), given('Tentative', proposal))).mail];
    expect(textField(mail.fields, 'ProposedStart')).toBe('2026-11-23T14:00:00Z');
  });

  it('are refused from the organizer and after a cancellation', () => {
    expect(respond(meeting, given('Accept'))).toMatchObject({ refusal: { code: 'ErrorCalendarIsOrganizerForAccept' } });
    expect(respond(withdrawn(copyOf(meeting)), given('Decline'))).toMatchObject({
      refusal: { code: 'ErrorCalendarIsCancelledForDecline' },
    });
  });
});

describe('calling a meeting off', () => {
  it('tells everybody once, in the organizer’s words', () => {
    const body = element('Body', 'Sorry', { BodyType: 'Text' });
    const { item, mails } = valueOf(cancelMeeting(meeting, body, NOW));
    expect(told(mails)).toEqual([
      'MeetingCancellation boris@example.org Canceled: Review',
      'MeetingCancellation clara@example.org Canceled: Review',
    ]);
    expect(mails.map(({ fields }) => textField(fields, 'Body'))).toEqual(['Sorry', 'Sorry']);
    expect(
      ['Subject', 'IsCancelled', 'AppointmentState', 'LegacyFreeBusyStatus'].map((name) => textField(item, name)),
    ).toEqual(['Canceled: Review', 'true', '5', 'Free']);
    expect(withdrawn(item)).toEqual(expect.arrayContaining([...item]));
  });

  it('is the organizer’s alone, and needs somebody invited', () => {
    expect(cancelMeeting(copyOf(meeting), null, NOW)).toMatchObject({
      refusal: { code: 'ErrorCalendarIsNotOrganizer' },
    });
    expect(cancelMeeting(stored(nine), null, NOW)).toMatchObject({
      refusal: { code: 'ErrorInvalidItemForOperationCancelItem' },
    });
  });
});

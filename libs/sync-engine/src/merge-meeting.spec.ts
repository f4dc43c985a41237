import type { Attendee } from '@daybook/domain';
import type { DraftField, MeetingDraft } from '@daybook/provider-port';
import { at, content } from '@daybook/testing/fakes';
import { differingFields, draftOf, mergeMeeting } from './merge-meeting';

const draft = (change: Partial<MeetingDraft> = {}): MeetingDraft => ({
  ...draftOf(content('A', at('2026-11-24T10:00'), at('2026-11-24T11:00')), []),
  ...change,
});
const titled = (title: string | null): MeetingDraft | null => (title === null ? null : draft({ title }));
const guest = (email: string, change: Partial<Attendee> = {}): Attendee => ({
  name: email,
  email,
  response: 'needsAction',
  role: 'required',
  ...change,
});

describe('the fields in which two drafts differ', () => {
  it.each<[string, Partial<MeetingDraft>, Partial<MeetingDraft>, DraftField[]]>([
    ['nothing', {}, {}, []],
    ['blanks around a text', { title: ' A ', description: 'x\n' }, { description: 'x' }, []],
    ['line ends', { description: 'one\r\ntwo' }, { description: 'one\ntwo' }, []],
    ['a text', { title: 'a' }, { title: 'A' }, ['title']],
    [
      'order, case and doubles of lines',
      { lines: ['rrule:FREQ=DAILY ', 'EXDATE:1'] },
      { lines: ['EXDATE:1', 'RRULE:FREQ=DAILY', 'EXDATE:1'] },
      [],
    ],
    [
      'how dates that are taken out are written',
      { lines: ['RRULE:FREQ=DAILY', 'EXDATE;TZID=Europe/Berlin:20261125T100000,20261127T100000'] },
      { lines: ['EXDATE:20261127T090000Z', 'RRULE:FREQ=DAILY', 'EXDATE:20261125T090000Z'] },
      [],
    ],
    [
      'how days that are taken out are written',
      { start: at('2026-11-24'), end: at('2026-11-25'), lines: ['EXDATE:20261125'] },
      { start: at('2026-11-24'), end: at('2026-11-25'), lines: ['EXDATE;VALUE=DATE:20261125'] },
      [],
    ],
    [
      'a date that is taken out',
      { lines: ['EXDATE:20261125T090000Z'] },
      { lines: ['EXDATE:20261125T100000Z'] },
      ['time'],
    ],
    ['a line', { lines: ['RRULE:FREQ=DAILY'] }, { lines: ['RRULE:FREQ=WEEKLY'] }, ['time']],
    ['a start', { start: at('2026-11-24T09:00') }, {}, ['time']],
    ['a zone', { end: at('2026-11-24T11:00', 'Europe/Paris') }, {}, ['time']],
    ['all day', { start: at('2026-11-24'), end: at('2026-11-25') }, {}, ['time']],
    [
      'order, case, names and answers of attendees',
      { attendees: [guest('ben@example.com'), guest('CY@example.com')] },
      { attendees: [guest('cy@example.com', { response: 'accepted', name: 'Cy' }), guest('ben@example.com')] },
      [],
    ],
    ['a role', { attendees: [guest('b@x.y', { role: 'optional' })] }, { attendees: [guest('b@x.y')] }, ['attendees']],
    ['an attendee more', { attendees: [guest('b@x.y')] }, {}, ['attendees']],
    ['everything else', { location: 'L', visibility: 'private' }, {}, ['location', 'visibility']],
  ])('by %s', (_what, one, other, expected) => {
    expect(differingFields(draft(one), draft(other))).toEqual(expected);
    expect(differingFields(draft(other), draft(one))).toEqual(expected);
  });
});

describe('the merge after an answer', () => {
  it.each([
    ['takes what was sent as agreed', 'A', 'B', 'B', 'B', 'B', []],
    ['takes the wording of the provider over', 'A', 'B', 'B', 'B (1)', 'B (1)', []],
    ['keeps an edit made while the request was under way', 'A', 'B', 'C', 'B', 'C', ['title']],
    ['keeps that edit too where it goes back to what was agreed before', 'A', 'B', 'A', 'B', 'A', ['title']],
    ['has nothing left where that edit is what the provider made of it', 'A', 'B', 'C', 'C', 'C', []],
    ['of a create keeps a later edit', null, 'B', 'C', 'B', 'C', ['title']],
    ['with nothing noted measures by what was agreed', 'A', null, 'A', 'B', 'B', []],
  ])('%s', (_rule, agreed, sent, intended, theirs, merged, fields) => {
    const merge = mergeMeeting({
      agreed: titled(agreed),
      sent: titled(sent),
      intended: draft({ title: intended }),
      theirs: draft({ title: theirs }),
      how: 'answered',
    });
    expect(merge).toMatchObject({ merged: { title: merged }, agreed: { title: theirs }, fields, lost: [] });
  });
});

describe('the merge after a look', () => {
  it.each([
    ['has nothing to do for an echo', 'A', 'B', 'B', 'B', 'B', [], false],
    ['keeps what did not arrive', 'A', 'B', 'B', 'A', 'B', ['title'], false],
    ['keeps what was never sent', 'A', null, 'B', 'A', 'B', ['title'], false],
    ['keeps an edit on top of what arrived', 'A', 'B', 'C', 'B', 'C', ['title'], false],
    ['keeps an edit on top of what did not arrive', 'A', 'B', 'C', 'A', 'C', ['title'], false],
    ['keeps an edit that takes back what arrived', 'A', 'B', 'A', 'B', 'A', ['title'], false],
    ['has nothing left where an edit takes back what did not arrive', 'A', 'B', 'A', 'A', 'A', [], false],
    ['lets the provider have what only it changed', 'A', null, 'A', 'T', 'T', [], false],
    ['lets the provider have it after a request for other fields too', 'A', 'A', 'A', 'T', 'T', [], false],
    ['lets the provider have what both changed, and tells', 'A', null, 'B', 'T', 'T', [], true],
    ['tells also where ours was sent and may have been there', 'A', 'B', 'B', 'T', 'T', [], true],
    ['tells also where ours took back what was sent', 'A', 'B', 'A', 'T', 'T', [], true],
    ['has nothing to tell where both mean the same', 'A', null, 'T', 'T', 'T', [], false],
    ['of a create is through where it arrived', null, 'B', 'B', 'B', 'B', [], false],
    ['of a create keeps a later edit', null, 'B', 'C', 'B', 'C', ['title'], false],
    ['of a create lets the provider have what it changed since, and tells', null, 'B', 'C', 'T', 'T', [], true],
    ['of an item nobody knew to be there lets the provider have it, and tells', null, null, 'B', 'T', 'T', [], true],
  ])('%s', (_rule, agreed, sent, intended, theirs, merged, fields, lost) => {
    const ours = draft({ title: intended });
    const merge = mergeMeeting({
      agreed: titled(agreed),
      sent: titled(sent),
      intended: ours,
      theirs: draft({ title: theirs }),
      how: 'found',
    });
    expect(merge).toMatchObject({ merged: { title: merged }, agreed: { title: theirs }, fields });
    expect(merge.lost).toEqual(lost ? [{ field: 'title', ours }] : []);
  });

  it('decides each field by itself', () => {
    const agreed = draft({ title: 'A', description: 'A', location: 'A' });
    const intended = draft({ title: 'B', description: 'B', location: 'A', visibility: 'private' });
    const theirs = draft({ title: 'A', description: 'T', location: 'T', start: at('2026-11-24T09:00') });
    const merge = mergeMeeting({ agreed, sent: null, intended, theirs, how: 'found' });
    expect(merge.merged).toEqual({ ...theirs, title: 'B', visibility: 'private' });
    expect(merge.fields).toEqual(['title', 'visibility']);
    expect(merge.lost.map(({ field }) => field)).toEqual(['description']);
  });

  it('moves start, end and lines together, never one without the others', () => {
    const agreed = draft({ lines: ['RRULE:FREQ=DAILY'] });
    const intended = draft({ lines: ['RRULE:FREQ=WEEKLY'] });
    const theirs = draft({ lines: ['RRULE:FREQ=DAILY'], end: at('2026-11-24T12:00') });
    const merge = mergeMeeting({ agreed, sent: null, intended, theirs, how: 'found' });
    expect(merge.merged).toEqual(theirs);
    expect(merge.lost.map(({ field }) => field)).toEqual(['time']);
  });

  it('takes what attendees answered from the provider, whoever has the list', () => {
    const agreed = draft({ attendees: [guest('ben@example.com')] });
    const theirs = draft({ attendees: [guest('Ben@example.com', { response: 'accepted' })] });
    const longer = draft({ attendees: [guest('ben@example.com'), guest('cy@example.com')] });
    const kept = mergeMeeting({ agreed, sent: null, intended: agreed, theirs, how: 'found' });
    expect(kept.merged.attendees).toEqual(theirs.attendees);
    const grown = mergeMeeting({ agreed, sent: null, intended: longer, theirs, how: 'found' });
    expect(grown.fields).toEqual(['attendees']);
    expect(grown.merged.attendees.map(({ response }) => response)).toEqual(['accepted', 'needsAction']);
  });
});

describe('the merge with a series of which not all dates are out yet', () => {
  const RULE = 'RRULE:FREQ=DAILY';
  const OUT = ['EXDATE:20261125T090000Z', 'EXDATE:20261127T090000Z'] as const;
  const sent = draft({ lines: [RULE, ...OUT] });
  const look = (theirs: MeetingDraft) => mergeMeeting({ agreed: null, sent, intended: sent, theirs, how: 'found' });

  it.each([
    ['none of them', [RULE]],
    ['one of them', [RULE, OUT[1]]],
  ])('goes on where %s is out', (_what, lines) => {
    expect(look(draft({ lines }))).toMatchObject({ merged: { lines: sent.lines }, fields: ['time'], lost: [] });
  });

  it.each([
    ['another rule', { lines: ['RRULE:FREQ=WEEKLY'] }],
    ['another date out', { lines: [RULE, 'EXDATE:20261126T090000Z'] }],
    ['another start', { start: at('2026-11-24T09:00'), lines: [RULE] }],
  ])('gives way to %s', (_what, theirs) => {
    expect(look(draft(theirs))).toMatchObject({ fields: [], lost: [{ field: 'time' }] });
  });
});

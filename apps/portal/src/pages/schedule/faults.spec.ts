import { describe, expect, it } from 'vitest';
import type { ProblemView } from '../../api/api-problem';
import { newDraft, type Draft } from './draft';
import { checkDraft, placeFaults } from './faults';

const fresh = newDraft({ now: Date.parse('2026-11-24T08:10:00Z'), zone: 'Europe/Berlin', calendarId: null, day: null });
const draft = (change: Partial<Draft>): Draft => ({ ...fresh, topic: 'Planning', ...change });
const repeat = (change: Partial<Draft['repeat']>) => draft({ repeat: { ...fresh.repeat, ...change } });

describe('checking what is entered', () => {
  it('finds nothing wrong with a topic and what the form opens with', () => {
    expect(checkDraft(draft({}))).toEqual({});
  });

  it.each<[string, Draft, object]>([
    ['no topic', draft({ topic: '  ' }), { topic: { own: 'needTopic' } }],
    ['no date', draft({ date: '' }), { date: { own: 'needDate' } }],
    ['no time', draft({ time: '' }), { time: { own: 'needTime' } }],
    ['no length', draft({ minutes: Number.NaN }), { length: { own: 'needLength' } }],
    ['half a minute', draft({ minutes: 0.5 }), { length: { own: 'needLength' } }],
    ['no days', draft({ allDay: true, time: '', days: 0 }), { length: { own: 'needLength' } }],
    [
      'a name instead of an address',
      draft({ attendees: [{ email: 'Ben' }, { email: 'ben@example.com' }] }),
      { attendees: { own: 'noAddress', given: { addresses: 'Ben' } } },
    ],
    [
      'weekdays from a Sunday on',
      { ...repeat({ kind: 'weekdays' }), date: '2026-11-29' },
      { date: { own: 'weekend' } },
    ],
    ['every zeroth week', repeat({ kind: 'weekly', every: 0 }), { repeat: { own: 'every', given: { max: '99' } } }],
    [
      'no number of times',
      repeat({ kind: 'daily', ends: 'after', count: Number.NaN }),
      { repeat: { own: 'count', given: { max: '730' } } },
    ],
    [
      'an end before the start',
      repeat({ kind: 'daily', ends: 'on', until: '2026-11-23' }),
      { repeat: { own: 'until' } },
    ],
  ])('says of %s what is missing', (_name, entered, faults) => {
    expect(checkDraft(entered)).toEqual(faults);
  });
});

describe('a server’s complaints', () => {
  const problem = (fields: ProblemView['fields']): ProblemView => ({
    status: 422,
    code: 'invalid_body',
    title: '',
    detail: '',
    blame: 'user',
    correlationId: '',
    steps: [],
    fields,
  });

  it('stand at their fields, an attendee’s with the address', () => {
    const entered = draft({ attendees: [{ email: 'a@example.com' }, { email: 'b@example.com' }] });
    const names = [
      'topic',
      'start',
      'end.dateTime',
      'start.timeZone',
      'recurrence',
      'calendarId',
      'attendees.1',
      'visibility',
      'description',
    ];
    const { faults, rest } = placeFaults(
      problem(names.map((field) => ({ field, code: 'invalid', detail: `no ${field}` }))),
      entered,
    );
    expect(rest.fields).toEqual([]);
    expect(faults).toEqual({
      topic: { code: 'invalid', detail: 'no topic' },
      date: { code: 'invalid', detail: 'no start' },
      length: { code: 'invalid', detail: 'no end.dateTime' },
      zone: { code: 'invalid', detail: 'no start.timeZone' },
      repeat: { code: 'invalid', detail: 'no recurrence' },
      calendar: { code: 'invalid', detail: 'no calendarId' },
      attendees: { code: 'invalid', detail: 'no attendees.1', at: 'b@example.com' },
      visibility: { code: 'invalid', detail: 'no visibility' },
      description: { code: 'invalid', detail: 'no description' },
    });
  });

  it('stay with the problem when the form has no such field', () => {
    const odd = { field: 'hostUserId', code: 'unknown_field', detail: 'unknown' };
    expect(placeFaults(problem([odd]), draft({}))).toMatchObject({ faults: {}, rest: { fields: [odd] } });
  });
});

import { allOf, BEN, codesOf, ExchangeBench, idIn, textIn, type Reply } from '../http/testing/exchange-bench';
import { calendarMeetings } from './calendar-meetings';
import { itemOperations } from './item-operations';
import { seriesCalendarRules } from './series-calendar-rules';
import { appointment, create, field, find, get, remove, set, subjectsOf, update } from './testing/item-requests';

const start = () =>
  new ExchangeBench({
    operations: (around) => {
      const rules = { ...around, calendar: seriesCalendarRules };
      return itemOperations({ ...rules, meetings: calendarMeetings(rules) });
    },
  }).withMailboxes();

const WITH_BEN = `<t:RequiredAttendees><t:Attendee><t:Mailbox><t:EmailAddress>${BEN}</t:EmailAddress></t:Mailbox></t:Attendee></t:RequiredAttendees>`;
const all = (request: string): string => request.replace(/"SendToNone"/g, '"SendToAllAndSaveCopy"');
const ben = { caller: BEN };
const whole = { base: 'AllProperties' };
const answer = (kind: string, id: string): string =>
  create(`<t:${kind}>${id.replace('t:ItemId', 't:ReferenceItemId')}</t:${kind}>`).replace(
    'SaveOnly',
    'SendAndSaveCopy',
  );

async function invited(): Promise<{ bench: ExchangeBench; meeting: Reply }> {
  const bench = start();
  return { bench, meeting: await bench.ask(all(create(appointment('Review', WITH_BEN)))) };
}

describe('a meeting', () => {
  it('reaches inbox and calendar of who is invited', async () => {
    const { bench, meeting } = await invited();
    expect(codesOf(meeting)).toEqual(['NoError']);
    const inbox = await bench.ask(find('inbox', '', whole), ben);
    expect([allOf(inbox.body, 'MeetingRequest').length, subjectsOf(inbox)]).toEqual([1, ['Review']]);
    const copy = await bench.ask(find('calendar', '', whole), ben);
    expect(['IsOrganizer', 'MyResponseType', 'LegacyFreeBusyStatus'].map((name) => textIn(copy, name))).toEqual([
      'false',
      'NoResponseReceived',
      'Tentative',
    ]);
    expect(subjectsOf(await bench.ask(find('sentitems')))).toEqual(['Review']);
    expect(idIn(await bench.ask(get(idIn(meeting))))).toBe(idIn(meeting));
  });

  it.each([
    ['AcceptItem', 'Accept', ['Review']],
    ['TentativelyAcceptItem', 'Tentative', ['Review']],
    ['DeclineItem', 'Decline', []],
  ])('is answered by %s, of which the organizer hears', async (kind, response, left) => {
    const { bench, meeting } = await invited();
    const request = idIn(await bench.ask(find('inbox'), ben));
    expect(codesOf(await bench.ask(answer(kind, request), ben))).toEqual(['NoError']);
    expect(subjectsOf(await bench.ask(find('calendar'), ben))).toEqual(left);
    expect(subjectsOf(await bench.ask(find('inbox'), ben))).toEqual([]);
    const tracked = await bench.ask(get(idIn(meeting)));
    expect(allOf(tracked.body, 'Attendee')[0]?.children.find(({ name }) => name === 'ResponseType')?.text).toBe(
      response,
    );
    expect(allOf((await bench.ask(find('inbox'))).body, 'MeetingResponse')).toHaveLength(1);
  });

  it('moves with its organizer', async () => {
    const { bench, meeting } = await invited();
    const moved = set(field('calendar:End'), '<t:CalendarItem><t:End>2026-11-23T11:00:00Z</t:End></t:CalendarItem>');
    expect(codesOf(await bench.ask(all(update(idIn(meeting), moved))))).toEqual(['NoError']);
    expect(textIn(await bench.ask(find('calendar', '', whole), ben), 'End')).toBe('2026-11-23T11:00:00Z');
  });

  it.each([
    ['DeleteItem', (id: string) => all(remove(id))],
    ['CancelCalendarItem', (id: string) => answer('CancelCalendarItem', id)],
  ])('is called off by %s, and then removed', async (_what, request) => {
    const { bench, meeting } = await invited();
    expect(codesOf(await bench.ask(request(idIn(meeting))))).toEqual(['NoError']);
    expect(subjectsOf(await bench.ask(find('calendar')))).toEqual([]);
    expect(textIn(await bench.ask(find('calendar', '', whole), ben), 'IsCancelled')).toBe('true');
    const inbox = await bench.ask(find('inbox'), ben);
    const cancellation = allOf(inbox.body, 'MeetingCancellation')[0];
    const id = cancellation === undefined ? '' : idIn({ body: cancellation });
    expect(codesOf(await bench.ask(answer('RemoveItem', id), ben))).toEqual(['NoError']);
    expect(subjectsOf(await bench.ask(find('calendar'), ben))).toEqual([]);
  });

  it.each([
    ['ErrorCalendarIsOrganizerForAccept', 'AcceptItem'],
    ['ErrorInvalidItemForOperationRemoveItem', 'RemoveItem'],
  ])("of one's own is refused with %s to %s", async (code, kind) => {
    const { bench, meeting } = await invited();
    expect(codesOf(await bench.ask(answer(kind, idIn(meeting))))).toEqual([code]);
  });

  it('tells nobody when nobody is to be told', async () => {
    const bench = start();
    await bench.ask(create(appointment('Review', WITH_BEN)));
    expect([bench.mails, subjectsOf(await bench.ask(find('calendar'), ben))]).toEqual([[], []]);
  });
});

import fc from 'fast-check';
import { calendarMeetings } from '../items/calendar-meetings';
import { itemOperations } from '../items/item-operations';
import { seriesCalendarRules } from '../items/series-calendar-rules';
import {
  appointment,
  contact,
  create,
  field,
  find,
  folder,
  get,
  message,
  remove,
  set,
  update,
} from '../items/testing/item-requests';
import { ExchangeBench, idIn } from './testing/exchange-bench';

const RESTRICTION = `<m:Restriction><t:And><t:Contains ContainmentMode="Substring" ContainmentComparison="Loose">${field('item:Subject')}<t:Constant Value="a"/></t:Contains><t:IsGreaterThan>${field('item:Size')}<t:FieldURIOrConstant><t:Constant Value="0"/></t:FieldURIOrConstant></t:IsGreaterThan></t:And></m:Restriction>`;
const RECURRENCE =
  '<t:Recurrence><t:WeeklyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek>Monday Friday</t:DaysOfWeek></t:WeeklyRecurrence><t:EndDateRecurrence><t:StartDate>2026-11-23</t:StartDate><t:EndDate>2026-12-24</t:EndDate></t:EndDateRecurrence></t:Recurrence>';

const ATTENDEES =
  '<t:RequiredAttendees><t:Attendee><t:Mailbox><t:Name>Ben</t:Name><t:EmailAddress>ben@example.com</t:EmailAddress></t:Mailbox></t:Attendee></t:RequiredAttendees>';

/** Requests of all kinds, with ids that exist. */
async function requests(bench: ExchangeBench): Promise<string[]> {
  const item = idIn(await bench.ask(create(message('a'))));
  const phone = '<t:IndexedFieldURI FieldURI="contacts:PhoneNumber" FieldIndex="Pager"/>';
  return [
    create(message('a', '<t:Body BodyType="HTML">b</t:Body><t:Categories><t:String>c</t:String></t:Categories>')),
    create(appointment('a', RECURRENCE)),
    create(contact(`<t:GivenName>a</t:GivenName><t:PhoneNumbers><t:Entry Key="Pager">1</t:Entry></t:PhoneNumbers>`)),
    create('<t:Task><t:PercentComplete>50</t:PercentComplete><t:Status>InProgress</t:Status></t:Task>'),
    get(
      item,
      'AllProperties',
      `<t:BodyType>Text</t:BodyType><t:AdditionalProperties>${phone}${field('item:Body')}</t:AdditionalProperties>`,
    ),
    update(item, set(field('item:Subject'), message('b')) + `<t:DeleteItemField>${phone}</t:DeleteItemField>`),
    find('drafts', RESTRICTION, { view: '<m:IndexedPageItemView MaxEntriesReturned="5" Offset="1" BasePoint="End"/>' }),
    find('calendar', '', {
      view: '<m:CalendarView MaxEntriesReturned="3" StartDate="2026-11-01T00:00:00Z" EndDate="2026-12-01T00:00:00Z"/>',
    }),
    remove(item, 'MoveToDeletedItems'),
    create(`<t:AcceptItem>${item.replace('t:ItemId', 't:ReferenceItemId')}</t:AcceptItem>`),
    create(appointment('m', ATTENDEES)).replace('SendToNone', 'SendToAllAndSaveCopy'),
    `<m:FindFolder Traversal="Deep"><m:FolderShape><t:BaseShape>AllProperties</t:BaseShape></m:FolderShape><m:ParentFolderIds>${folder('root')}</m:ParentFolderIds></m:FindFolder>`,
    `<m:CreateFolder><m:ParentFolderId>${folder('inbox')}</m:ParentFolderId><m:Folders><t:Folder><t:FolderClass>IPF.Note</t:FolderClass><t:DisplayName>a</t:DisplayName></t:Folder></m:Folders></m:CreateFolder>`,
  ];
}

/** A part of the text doubled, taken out or put elsewhere; parts begin and end at tags or quotes more often than not. */
function mutated(text: string, [kind, from, to, at]: readonly [number, number, number, number]): string {
  const cuts = [...text.matchAll(/[<>"]/g)].map(({ index }) => index);
  const cut = (share: number): number => cuts[Math.floor(share * cuts.length)] ?? 0;
  const [start, end] = [Math.min(cut(from), cut(to)), Math.max(cut(from), cut(to))];
  const part = text.slice(start, end);
  if (kind === 0) return text.slice(0, end) + part + text.slice(end);
  const rest = text.slice(0, start) + text.slice(end);
  const target = Math.floor(at * rest.length);
  return kind === 1 ? rest : rest.slice(0, target) + part + rest.slice(target);
}

it('no request makes the simulator fail, however broken it is', async () => {
  const bench = new ExchangeBench({
    operations: (around) => {
      const rules = { ...around, calendar: seriesCalendarRules };
      return itemOperations({ ...rules, meetings: calendarMeetings(rules) });
    },
  }).withMailboxes();
  const known = await requests(bench);
  const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const mutation = fc.tuple(fc.constantFrom(0, 1, 2), share, share, share);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...known),
      fc.array(mutation, { minLength: 1, maxLength: 3 }),
      async (text, mutations) => {
        const { status } = await bench.ask(mutations.reduce(mutated, text));
        expect([200, 500]).toContain(status);
        expect(bench.bugs).toEqual([]);
      },
    ),
    { numRuns: 400 },
  );
});

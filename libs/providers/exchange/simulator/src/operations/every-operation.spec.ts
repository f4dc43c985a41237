import { noJournal, ShiftableClock } from '@daybook/simulator-kit';
import fc from 'fast-check';
import { DirectoryBook } from '../directory/directory-book';
import { codesOf, ExchangeBench, idIn, NOW, type Reply } from '../http/testing/exchange-bench';
import { calendarMeetings } from '../items/calendar-meetings';
import { seriesCalendarRules } from '../items/series-calendar-rules';
import { create, message } from '../items/testing/item-requests';
import { Notifications } from '../notifications/notifications';
import { derives } from '../wire/schema';
import table from '../wire/schema-table.json';
import { type Choosing, exampleOf, LEAST } from '../wire/testing/example-of';
import { exchangeOperations } from './exchange-operations';

/** Every request of the published schema. */
const OPERATIONS = Object.entries(table.elements)
  .filter(([name, type]) => name.startsWith('m:') && derives(type, 'm:BaseRequestType'))
  .map(([name]) => name);

/** What a calendar or mail program sends: these say yes to what is there, the rest say why not. */
const CARRIED_OUT = [
  ...['GetFolder', 'FindFolder', 'DeleteFolder', 'EmptyFolder'],
  ...['GetItem', 'CreateItem', 'DeleteItem', 'MoveItem', 'CopyItem', 'FindItem', 'MarkAllItemsAsRead'],
  ...['SyncFolderHierarchy', 'SyncFolderItems', 'CreateAttachment', 'ResolveNames'],
  ...['GetServerTimeZones', 'GetUserOofSettingsRequest', 'SetUserOofSettingsRequest'],
  ...['CreateUserConfiguration', 'GetServiceConfiguration', 'GetRoomLists', 'GetRooms', 'GetInboxRules'],
  'GetPasswordExpirationDate',
].map((name) => `m:${name}`);

/** Whose answers have no place for a refusal, which is a fault of the same code then. */
const REFUSED_BY_FAULT = [
  ...['GetPersona', 'GetSharingFolder', 'PerformReminderAction', 'FindMailboxStatisticsByKeywords'],
  ...['GetUMCallDataRecords', 'GetUMCallSummary', 'InitUMMailbox', 'ResetUMMailbox', 'ValidateUMPin', 'SaveUMPin'],
  ...['GetUMPin', 'GetClientIntent', 'GetUMSubscriberCallAnsweringData', 'GetUserAvailabilityRequest'],
].map((name) => `m:${name}`);

const running: Notifications[] = [];
afterEach(() => running.splice(0).forEach((one) => one.close()));

/** All there is, and one folder, item and subscription to be named. */
async function everything(): Promise<{
  readonly bench: ExchangeBench;
  readonly known: NonNullable<Choosing['known']>;
}> {
  const bench = new ExchangeBench({
    operations: (plain) => {
      const rules = { ...plain, calendar: seriesCalendarRules };
      const items = { ...rules, meetings: calendarMeetings(rules) };
      const clock = new ShiftableClock({ now: () => NOW });
      const post = (): Promise<null> => Promise.resolve(null);
      const notifications = new Notifications({ store: plain.store, clock, post });
      running.push(notifications);
      const book = new DirectoryBook(() => noJournal);
      return exchangeOperations({ items, book, zoneOf: () => 'UTC', notifications: notifications.operations });
    },
  }).withMailboxes();
  const item = idIn(await bench.ask(create(message('a'))));
  const folder = idIn(
    await bench.ask(
      '<m:CreateFolder><m:ParentFolderId><t:DistinguishedFolderId Id="inbox"/></m:ParentFolderId><m:Folders><t:Folder><t:DisplayName>Here</t:DisplayName></t:Folder></m:Folders></m:CreateFolder>',
    ),
    'FolderId',
  );
  const ids: Readonly<Record<string, string>> = {
    't:ItemId t:ItemIdType': item,
    'm:ParentItemId t:ItemIdType': item.replace('t:ItemId', 'm:ParentItemId'),
    't:FolderId t:FolderIdType': folder,
    't:EmailAddress xs:string': '<t:EmailAddress>ada@example.com</t:EmailAddress>',
    't:EmailAddress t:NonEmptyStringType': '<t:EmailAddress>ada@example.com</t:EmailAddress>',
    't:Address xs:string': '<t:Address>ada@example.com</t:Address>',
  };
  return { bench, known: (name, type) => ids[`${name} ${type}`] ?? null };
}

const NOT_OURS = ['ErrorInternalServerError', 'ErrorSchemaValidation', 'ErrorInvalidRequest'];

/** The codes of an answer; a bug of the simulator, or a request that it calls invalid, fails the test. */
function judged({ bugs }: ExchangeBench, reply: Reply): readonly string[] {
  const codes = codesOf(reply);
  expect(bugs).toEqual([]);
  expect(codes).not.toHaveLength(0);
  expect(codes.filter((code) => NOT_OURS.includes(code))).toEqual([]);
  return codes;
}

describe('an operation of the schema, sent with as little as it allows', () => {
  it('is one of those that the table holds', () => {
    expect(OPERATIONS).toHaveLength(124);
    expect([...CARRIED_OUT, ...REFUSED_BY_FAULT].filter((name) => !OPERATIONS.includes(name))).toEqual([]);
  });

  it.each(OPERATIONS)('%s is carried out or refused by a code', async (name) => {
    const { bench, known } = await everything();
    const reply = await bench.ask(exampleOf(name, { ...LEAST, known }));
    const codes = judged(bench, reply);
    expect(reply.status).toBe(REFUSED_BY_FAULT.includes(name) ? 500 : 200);
    if (CARRIED_OUT.includes(name)) expect(codes[0]).toBe('NoError');
  });
});

/** Shares of 1, the same for the same seed. */
function shares(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('whatever else the schema lets a client send', () => {
  it('is answered by a code as well', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...OPERATIONS), fc.nat(), async (name, seed) => {
        const { bench, known } = await everything();
        const next = shares(seed);
        const choosing: Choosing = {
          pick: (many) => Math.floor(next() * many),
          takesOptional: (depth) => next() < (depth < 3 ? 0.5 : 0.2),
          known: (tag, type) => (next() < 0.8 ? known(tag, type) : null),
        };
        judged(bench, await bench.ask(exampleOf(name, choosing)));
      }),
      { numRuns: 300 },
    );
  });
});

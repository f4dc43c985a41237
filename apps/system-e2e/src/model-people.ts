import { calendarCalendarList } from '@daybook/contracts';
import { BrowserlessPerson, Person, type Stack } from '@daybook/testing/stack';
import { openDatabase } from './database-copy';
import { deleteConnections, newMailbox, SERVICE } from './connected-person';
import { PersonHistory } from './model-history';

const idOf = (number: number) => `usr_${`${number}`.padStart(26, '0')}`;
const emailOf = (number: number) => `model${number}@example.com`;
let mailboxes = 0;

/**
 * More people than the demo account has: each has one calendar, so that histories go on side by side. No door adds people, so
 * they are copies of one in the database.
 * @returns takes them away again
 */
export async function addPeople(stack: Stack, count: number): Promise<() => Promise<void>> {
  const numbers = Array.from({ length: count }, (_, number) => number + 1);
  const client = await openDatabase(stack.addresses.mongodb);
  const people = client.db('daybook_auth').collection<{ _id: string; email: string }>('people');
  const ada = await people.findOne({ email: 'ada@example.com' });
  if (!ada) throw new Error('there are no demo people');
  await people.insertMany(numbers.map((number) => ({ ...ada, _id: idOf(number), email: emailOf(number) })));
  return async () => {
    await people.deleteMany({ _id: { $in: numbers.map(idOf) } });
    await client.close();
  };
}

/** Signs in the person of that number, with a new mailbox that Daybook may write to. */
export async function openHistory(stack: Stack, number: number): Promise<PersonHistory> {
  const person = await Person.signIn(stack.addresses.gateway, emailOf(number));
  const mailbox = await newMailbox(stack, `model-${(mailboxes += 1)}`);
  const { id, authorizeUrl } = await person.connect(SERVICE, 'readWrite');
  await new BrowserlessPerson().consent(authorizeUrl, { account: mailbox.email });
  await person.until(id, 'active', 60_000);
  const { items } = await person.get('/v1/calendars', calendarCalendarList.output);
  const calendarId = items.find(({ primary }) => primary)?.id ?? '';
  return new PersonHistory({ person, mailbox, connectionId: id, calendarId });
}

export async function closeHistory({ person }: { readonly person: Person }): Promise<void> {
  await deleteConnections(person);
}

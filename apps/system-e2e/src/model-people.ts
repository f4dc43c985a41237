import { calendarCalendarList } from '@daybook/contracts';
import { BrowserlessPerson, EwsMailbox, GraphMailbox, Person, Simulator, type Stack } from '@daybook/testing/stack';
import { openDatabase } from './database-copy';
import { connectByPassword, deleteConnections } from './connected-person';
import { ExchangeThere } from './model-exchange';
import { PersonHistory } from './model-history';
import { GoogleThere, OfficeThere, type MailboxThere } from './model-mailbox';

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

/** What a history begins with: a new mailbox, and a connection of the person to it that may write. */
interface Begun {
  readonly there: MailboxThere;
  readonly connectionId: string;
}

/** One third at Google, one at Microsoft, one at Exchange. */
async function connectNew(stack: Stack, person: Person, number: number): Promise<Begun> {
  const email = `model-${(mailboxes += 1)}@example.com`;
  if (number % 3 === 0) {
    const mailbox = await new EwsMailbox(stack.addresses, email).create();
    return { there: new ExchangeThere(mailbox), connectionId: await connectByPassword(person, mailbox) };
  }
  const google = number % 3 === 1;
  const there = google
    ? new GoogleThere(await new Simulator(stack.addresses, email).create())
    : new OfficeThere(await new GraphMailbox(stack.addresses, email).create());
  const { id, authorizeUrl } = await person.connect(google ? 'google' : 'office365', 'readWrite');
  await new BrowserlessPerson().consent(authorizeUrl, { account: email });
  return { there, connectionId: id };
}

/** One after the other: a password is costly to check, and of many at once the last would be past its deadline. */
export async function signInPeople(stack: Stack, count: number): Promise<readonly Person[]> {
  const people: Person[] = [];
  while (people.length < count) people.push(await Person.signIn(stack.addresses.gateway, emailOf(people.length + 1)));
  return people;
}

/** Gives the person of that number a new mailbox that Daybook may write to. */
export async function openHistory(stack: Stack, person: Person, number: number): Promise<PersonHistory> {
  const { there, connectionId: id } = await connectNew(stack, person, number);
  await person.until(id, 'active', 60_000);
  const { items } = await person.get('/v1/calendars', calendarCalendarList.output);
  const calendarId = items.find(({ primary }) => primary)?.id ?? '';
  return new PersonHistory({ person, there, connectionId: id, calendarId });
}

export async function closeHistory({ person }: { readonly person: Person }): Promise<void> {
  await deleteConnections(person);
}

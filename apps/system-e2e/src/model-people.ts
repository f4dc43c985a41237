import { calendarCalendarList } from '@daybook/contracts';
import { BrowserlessPerson, GraphMailbox, Person, Simulator, type Stack } from '@daybook/testing/stack';
import { openDatabase } from './database-copy';
import { deleteConnections } from './connected-person';
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

/** Every second one is at Microsoft. */
async function newMailboxThere(stack: Stack, number: number): Promise<{ there: MailboxThere; service: string }> {
  const email = `model-${(mailboxes += 1)}@example.com`;
  if (number % 2 === 1) {
    const mailbox = await new Simulator(stack.addresses, email).create();
    return { there: new GoogleThere(mailbox), service: 'google' };
  }
  const mailbox = await new GraphMailbox(stack.addresses, email).create();
  return { there: new OfficeThere(mailbox), service: 'office365' };
}

/** Signs in the person of that number, with a new mailbox that Daybook may write to. */
export async function openHistory(stack: Stack, number: number): Promise<PersonHistory> {
  const person = await Person.signIn(stack.addresses.gateway, emailOf(number));
  const { there, service } = await newMailboxThere(stack, number);
  const { id, authorizeUrl } = await person.connect(service, 'readWrite');
  await new BrowserlessPerson().consent(authorizeUrl, { account: there.mailbox.email });
  await person.until(id, 'active', 60_000);
  const { items } = await person.get('/v1/calendars', calendarCalendarList.output);
  const calendarId = items.find(({ primary }) => primary)?.id ?? '';
  return new PersonHistory({ person, there, connectionId: id, calendarId });
}

export async function closeHistory({ person }: { readonly person: Person }): Promise<void> {
  await deleteConnections(person);
}

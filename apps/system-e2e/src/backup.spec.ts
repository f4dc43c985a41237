import {
  eventually,
  faultsOfEvents,
  ourSide,
  Person,
  providersSide,
  readEvents,
  Stack,
  type ProcessName,
  type Simulator,
} from '@daybook/testing/stack';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectMailbox, deleteConnections, newMailbox } from './connected-person';
import { copyDatabases, restoreDatabases } from './database-copy';
import { dayAfterMonday, ownCalendar } from './own-calendar';

const EMAIL = 'admin@example.com';
const SERVICES: readonly ProcessName[] = ['gateway', 'calendar-svc', 'auth-svc', 'admin-svc'];

/** The steps of docs/runbooks/backup.md, with a copy by the driver in place of mongodump and mongorestore. */
describe('a backup restored into an empty home', () => {
  let original: Stack;
  let restored: Stack | undefined;
  let person: Person;
  let mailbox: Simulator;
  let folder: string;

  beforeAll(async () => {
    original = await Stack.shared();
    folder = await mkdtemp(join(tmpdir(), 'daybook-restored-'));
    person = await Person.signIn(original.addresses.gateway, EMAIL);
    mailbox = await newMailbox(original, 'backup');
    await mailbox.importIcs(ownCalendar());
    await mailbox.seed(200, 11);
    await connectMailbox(person, mailbox);
    await eventually(async () => expect(await ourSide(person)).toEqual(await providersSide(mailbox)));
  });
  afterAll(async () => {
    await deleteConnections(person);
    await restored?.end();
    await rm(folder, { recursive: true, force: true });
  });

  it('syncs on without doubles, under the same ids', async () => {
    const ids = (await person.meetings()).map(({ id }) => id).sort();
    const eventIds = (await readEvents(original.eventsReader, person.id)).map(({ messageId }) => messageId);
    const copy = await copyDatabases(original.addresses.mongodb);
    const key = (await readFile(join(original.home, 'master.key'), 'utf8')).trim();

    // The world goes on after the backup was taken.
    await mailbox.patch((await mailbox.find('Company offsite')).id, { summary: 'Company onsite' });
    await mailbox.remove((await mailbox.find('Call with New York')).id);
    await mailbox.insert({
      summary: 'Made after the backup',
      start: { dateTime: `${dayAfterMonday(2)}T18:00:00`, timeZone: 'Europe/Berlin' },
      end: { dateTime: `${dayAfterMonday(2)}T19:00:00`, timeZone: 'Europe/Berlin' },
    });

    const env = { MASTER_KEY: key, GOOGLE_BASE_URL: original.addresses.google, POLL_SECONDS: '5' };
    const fresh = await Stack.start(join(folder, 'home'), env);
    restored = fresh;
    for (const name of SERVICES) await fresh.stop(name);
    await restoreDatabases(fresh.addresses.mongodb, copy);
    await fresh.wipeBroker();
    for (const name of SERVICES) await fresh.start(name);
    await fresh.ready();

    const same = await Person.signIn(fresh.addresses.gateway, EMAIL);
    expect(same.id).toBe(person.id);
    await eventually(async () => expect(await ourSide(same)).toEqual(await providersSide(mailbox)), {
      timeoutMs: 40_000,
    });
    const after = new Set((await same.meetings()).map(({ id }) => id));
    const gone = ids.filter((id) => !after.has(id));
    expect(gone).toHaveLength(1);
    expect(after.size).toBe(ids.length);

    await eventually(async () => {
      const events = await readEvents(fresh.eventsReader, person.id);
      expect(faultsOfEvents(events)).toEqual([]);
      const known = new Set(events.map(({ messageId }) => messageId));
      expect(eventIds.filter((id) => !known.has(id))).toEqual([]);
      // What changed since the backup, and nothing else: one new, one changed, one gone.
      expect(known.size).toBe(eventIds.length + 3);
    });
  });

  it('keeps the connection alive with the restored key', async () => {
    const same = await Person.signIn(restored?.addresses.gateway ?? '', EMAIL);
    const [connection] = await same.connections();
    expect(connection).toMatchObject({ account: mailbox.email, state: 'active' });
  });
});

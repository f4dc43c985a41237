import { connectedSchema } from '@daybook/contracts';
import { BrowserlessPerson, eventually, type EwsMailbox, Person, Simulator, type Stack } from '@daybook/testing/stack';

/** As much as one request may ask for, around now. */
const DAY_MS = 86_400_000;
const EVER = {
  from: new Date(Date.now() - 80 * DAY_MS).toISOString(),
  to: new Date(Date.now() + 390 * DAY_MS).toISOString(),
};

/** The name by which the contract calls the service of the only simulator there is so far. */
export const SERVICE = 'google';

/** A mailbox of the test's own, so that spec files do not see each other's events. */
export function newMailbox(stack: Stack, name: string): Promise<Simulator> {
  return new Simulator(stack.addresses, `${name}@example.com`).create();
}

/** Connects the person with the mailbox through the provider's pages and waits until everything is there. */
export async function connectMailbox(person: Person, mailbox: Simulator): Promise<string> {
  const { id, authorizeUrl } = await person.connect(SERVICE);
  const landed = await new BrowserlessPerson().consent(authorizeUrl, { account: mailbox.email });
  if (!landed.url.includes('result=connected')) throw new Error(`the consent ended at ${landed.url}`);
  await person.until(id, 'active');
  return id;
}

/** Connects the person with a mailbox at Exchange by its address and its password; gives the connection's id. */
export async function connectByPassword(person: Person, { email, password }: EwsMailbox): Promise<string> {
  const permissions = { calendar: 'readWrite', contacts: 'none' };
  const json = { service: 'exchange', method: 'ews', permissions, ews: { email, password } };
  const order = { method: 'POST', json };
  return (await person.expecting(201, connectedSchema, '/v1/connections', order)).connection.id;
}

/** What a spec file leaves behind is nothing: also what was scheduled here, which outlives its calendar. */
export async function deleteConnections(person: Person): Promise<void> {
  for (const { id } of await person.connections()) await person.call(`/v1/connections/${id}`, { method: 'DELETE' });
  await eventually(
    async () => {
      const own = (await person.meetings(EVER)).filter(({ origin }) => origin === 'client');
      const heads = new Set(own.map(({ id, series }) => series?.id ?? id));
      for (const id of heads) await person.call(`/v1/meetings/${id}?scope=all`, { method: 'DELETE' });
      if (heads.size > 0) throw new Error(`${heads.size} meetings were still there`);
    },
    { timeoutMs: 60_000 },
  );
}

import type { Logger } from '@daybook/platform/logging';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { deploymentFacts, mongoPorts, openDatabase, openKeyring } from './auth-runtime';
import type { AuthSettings } from './config';
import { SystemClock } from './adapters/system/system-clock';
import { AddressTaken } from './ports/person-store';
import { AddPerson } from './use-cases/people/add-person';
import { InviteAdministrator } from './use-cases/people/invite-administrator';

const argumentsSchema = z.tuple([z.string().trim().min(1).max(200), z.email().max(320)]);

/** `account NAME --admin EMAIL`: makes another account and prints the one-time link of its first administrator. Gives the exit code. */
export async function runAccountCommand(
  args: readonly string[],
  settings: AuthSettings,
  { logger, say }: { logger: Logger; say: (line: string) => void },
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { admin: { type: 'string' } },
    allowPositionals: true,
  });
  const parsed = argumentsSchema.safeParse([positionals.join(' '), values.admin]);
  if (!parsed.success) {
    say('Usage: account NAME --admin EMAIL');
    return 2;
  }
  const [name, email] = parsed.data;
  const connection = await openDatabase(settings, logger);
  try {
    const clock = new SystemClock();
    const ports = mongoPorts(connection, { keyring: openKeyring(settings), clock, wakeRelay: () => undefined });
    const { publicUrl, defaultTimeZone } = deploymentFacts(settings);
    const addPerson = new AddPerson(ports.people, ports.announcer, clock, defaultTimeZone);
    const invite = new InviteAdministrator(ports.people, ports.invitations, addPerson, ports.work, clock, publicUrl);
    const link = await invite.forNewAccount(name, email);
    say(`Account "${name}" is made. Its administrator opens ${link} (works once, for 24 hours)`);
    return 0;
  } catch (error) {
    if (!(error instanceof AddressTaken)) throw error;
    say('Somebody signs in with this address already; addresses are unique in a deployment.');
    return 1;
  } finally {
    await connection.close();
  }
}

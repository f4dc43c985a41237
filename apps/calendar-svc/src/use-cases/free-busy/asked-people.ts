import { fail, type Caller } from '@daybook/contracts';
import { isOwnAddress } from '@daybook/domain';
import type { CalendarStore } from '../../ports/calendar-store';
import type { Colleagues } from '../../ports/colleagues';
import type { Viewer } from '../viewer';

/** Somebody whose time is asked for. */
export interface AskedPerson {
  readonly userId: string | null;
  /** Of theirs, in lower case, the first of which stands for them; of a colleague several. */
  readonly addresses: readonly [string, ...string[]];
  /** The caller: what is asked for is stored here. */
  readonly isMe: boolean;
}

export interface PeopleSurroundings {
  readonly store: CalendarStore;
  readonly colleagues: Colleagues;
}

/** Beside the sign-in: the accounts that somebody has connected. */
const MOST_ADDRESSES = 3;
/** What cannot be an id is not there. */
const ID = /^[\w.-]{1,100}$/;
const ADDRESS = /^[^\s@]+@[^\s@]+$/;

/**
 * Who is meant by ids and addresses, each person once. Somebody of another account is not there, like nobody.
 * @throws ProblemError `not_found`; `invalid_query` for what can be no address
 */
export async function askedPeople(
  caller: Caller,
  users: readonly string[],
  viewer: Viewer,
  around: PeopleSurroundings,
): Promise<readonly AskedPerson[]> {
  const { email } = await around.colleagues.person(caller);
  const own = [email, ...[...viewer.connections.values()].flatMap(({ addresses }) => addresses)];
  const people = new Map<string, AskedPerson>();
  for (const user of users) {
    const person = user.includes('@') ? byAddress(user, caller, own) : await byId(user, caller, email, around);
    const key = person.userId ?? person.addresses[0];
    if (!people.has(key)) people.set(key, person);
  }
  return [...people.values()];
}

function byAddress(user: string, caller: Caller, own: readonly string[]): AskedPerson {
  if (!ADDRESS.test(user)) {
    const detail = 'This is neither an id nor an address.';
    throw fail('invalid_query', undefined, { fields: [{ field: 'users', code: 'no_address', detail }] });
  }
  const isMe = isOwnAddress(user, own);
  return { userId: isMe ? caller.userId : null, addresses: [user.toLowerCase()], isMe };
}

async function byId(
  user: string,
  { userId, accountId }: Caller,
  ownAddress: string,
  { store, colleagues }: PeopleSurroundings,
): Promise<AskedPerson> {
  if (user === userId) return { userId, addresses: [ownAddress], isMe: true };
  const signIn = ID.test(user) ? await colleagues.addressOf(accountId, user) : null;
  if (signIn === null) throw fail('not_found');
  const connections = (await store.connectionsOfUser(user)).filter((connection) => connection.accountId === accountId);
  const linked = connections.flatMap(({ addresses }) => addresses).filter((address) => address !== signIn);
  return { userId: user, addresses: [signIn, ...[...new Set(linked)].slice(0, MOST_ADDRESSES - 1)], isMe: false };
}

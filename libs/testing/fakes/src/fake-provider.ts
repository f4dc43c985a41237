import type {
  CalendarPort,
  CalendarSession,
  Provider,
  ProviderAccess,
  ProviderDescription,
  RemoteIdForm,
} from '@daybook/provider-port';
import { FakeAuth } from './fake-auth';
import { FakeAvailability } from './fake-availability';
import { openFakeSession } from './fake-calendar-session';
import { FakeClock } from './fake-clock';
import { FakeFaults } from './fake-faults';
import { FakeMailbox } from './fake-mailbox';
import { FakeNotifications } from './fake-notifications';
import { FakeWatching } from './fake-watching';
import { openFakeWrites } from './fake-writes';

export interface FakeProviderOptions {
  readonly key?: string;
  readonly clock?: { now(): number };
  /** Items on a page; default 10. May be changed at any time through `pageSize`. */
  readonly pageSize?: number;
  /**
   * Whose word an item's id is: `ours` (the default) is made from the key of a create and known beforehand, `its` is the
   * provider's own. `nobodys`: calendars are only read.
   */
  readonly names?: 'ours' | 'its' | 'nobodys';
  /** Attendees are mailed whatever a write says. */
  readonly mailsAttendees?: 'always';
  /** The form of its remote ids, for others that know it. */
  readonly remoteIdForm?: RemoteIdForm;
  /** Its own remote ids by another provider's; absent where it knows none. May be filled at any time. */
  readonly translations?: ReadonlyMap<string, string>;
  /** The server that a person has named for their mailbox, by its address; absent: nobody names any. */
  readonly serverOf?: (address: string) => string;
}

/**
 * A provider in memory: no clock of its own, no chance, the same calls give the same answers. It passes the conformance
 * suite, so what holds on it holds on the real ones.
 */
export class FakeProvider implements Provider {
  readonly key: string;
  readonly describe: ProviderDescription = { label: 'Fake', pollEveryMs: 60_000 };
  readonly faults = new FakeFaults();
  readonly auth: FakeAuth;
  readonly notifications: FakeNotifications;
  readonly watching: FakeWatching;
  readonly calendar: CalendarPort;
  readonly availability: FakeAvailability;
  /** Requests of the calendar port so far, in order. */
  readonly requests: string[] = [];
  pageSize: number;
  /** What its server has shown, where somebody has named one. */
  certificateExpiresAt: number | null = null;
  readonly certificateExpiry = (): number | null => this.certificateExpiresAt;
  readonly serverOf?: (access: ProviderAccess) => string | null;
  private readonly names: 'ours' | 'its' | 'nobodys';
  private readonly translations: ReadonlyMap<string, string> | undefined;
  private readonly mailboxes = new Map<string, FakeMailbox>();

  constructor(options: FakeProviderOptions = {}) {
    const clock = options.clock ?? new FakeClock();
    this.key = options.key ?? 'fake';
    this.pageSize = options.pageSize ?? 10;
    this.names = options.names ?? 'ours';
    this.auth = new FakeAuth(clock);
    this.notifications = new FakeNotifications(clock, (token) => this.auth.holderOf(token));
    this.watching = new FakeWatching((token) => this.auth.holderOf(token));
    this.availability = new FakeAvailability({
      mailboxes: this.mailboxes,
      holderOf: (token) => this.auth.holderOf(token),
      faults: this.faults,
      note: (operation) => void this.requests.push(operation),
    });
    this.translations = options.translations;
    const { mailsAttendees, remoteIdForm, serverOf } = options;
    if (serverOf)
      this.serverOf = ({ token }) => (this.auth.isKnown(token) ? serverOf(this.auth.holderOf(token)) : null);
    this.calendar = {
      requestsAtOnce: 4,
      ...(mailsAttendees ? { mailsAttendees } : {}),
      ...(remoteIdForm ? { remoteIdForm } : {}),
      open: (access) => this.open(access),
    };
  }

  /** The mailbox of an address, made when it is asked for first. */
  mailbox(address: string): FakeMailbox {
    const known = this.mailboxes.get(address);
    if (known) return known;
    const made = new FakeMailbox(address, (calendarRemoteId) => {
      this.notifications.changed(address, calendarRemoteId);
      this.watching.changed(address, calendarRemoteId);
    });
    this.mailboxes.set(address, made);
    return made;
  }

  /** Access to a mailbox, good for an hour of the clock. */
  access(address: string): ProviderAccess {
    this.mailbox(address);
    return { token: this.auth.consent(address).accessToken };
  }

  private open({ token }: ProviderAccess): CalendarSession {
    const { faults, names, translations } = this;
    const note = (operation: string) => void this.requests.push(operation);
    const mailboxTo = (toDo: 'read' | 'write') => this.mailbox(this.auth.holderOf(token, toDo));
    const always = this.calendar.mailsAttendees === 'always';
    return openFakeSession({
      mailbox: () => mailboxTo('read'),
      ...(names === 'nobodys' ? {} : { writes: openFakeWrites({ mailboxTo, faults, note, names, always }) }),
      ...(translations === undefined ? {} : { translations }),
      faults,
      pageSize: () => this.pageSize,
      note,
    });
  }
}

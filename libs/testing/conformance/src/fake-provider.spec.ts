import { instantOf, type MeetingTime, type OriginalStart, resolveZone } from '@daybook/domain';
import { exception, cancelled, content, FakeProvider, series, single } from '@daybook/testing/fakes';
import type { ConformanceMailbox, ConformanceSubject, MovedTo, PlainEvent } from './conformance-subject';
import { describeCalendarConformance } from './describe-calendar-conformance';

const ADDRESS = 'ada@example.com';
const CALENDAR = 'primary';

const original = (time: MeetingTime): OriginalStart => ('date' in time ? time : { instant: instantOf(time) });

function mailboxOf(provider: FakeProvider): ConformanceMailbox {
  const mailbox = provider.mailbox(ADDRESS);
  const setBusy = (remoteId: string, busy: boolean): void => {
    const item = mailbox.items().find((one) => one.remoteId === remoteId);
    if (item && item.kind !== 'cancelled') mailbox.put({ ...item, content: { ...item.content, busy } });
  };
  let count = 0;
  const nextId = (): string => `item-${(count += 1)}`;
  const put = (remoteId: string, { title, start, end, lines }: PlainEvent): void => {
    const its = content(title, start, end);
    mailbox.put(lines ? series(remoteId, its, ...lines) : single(remoteId, its));
  };
  return {
    calendarRemoteId: CALENDAR,
    add: async (event) => {
      const remoteId = nextId();
      put(remoteId, event);
      return remoteId;
    },
    addWithForeignZone: async (title, civilStart, foreignZone) => {
      const timeZone = resolveZone(foreignZone).zone ?? 'UTC';
      put(nextId(), { title, start: { dateTime: civilStart, timeZone }, end: { dateTime: civilStart, timeZone } });
    },
    change: async (remoteId, to) => put(remoteId, { title: '', ...to }),
    remove: async (remoteId) => mailbox.remove(remoteId),
    moveOccurrence: async (seriesId, at, { title = '', start, end }: MovedTo) => {
      mailbox.put(exception(nextId(), seriesId, original(at), content(title, start, end)));
    },
    cancelOccurrence: async (seriesId, at) => {
      mailbox.put(cancelled(nextId(), seriesId, original(at)));
    },
    addCalendar: async (name) => mailbox.addCalendar({ remoteId: `id of ${name}`, name }).remoteId,
    adorn: async (remoteId) => setBusy(remoteId, false),
    setBusy: async (remoteId, isBusy) => setBusy(remoteId, isBusy),
    isAdorned: async (remoteId) => {
      const item = mailbox.items().find((one) => one.remoteId === remoteId);
      return item !== undefined && item.kind !== 'cancelled' && !item.content.busy;
    },
    mailed: async () => mailbox.mails.map(({ to }) => to),
    fault: (kind, times = Infinity) => provider.faults.add({ kind, times }),
    calm: () => provider.faults.clear(),
    withdraw: () => provider.auth.withdraw(ADDRESS),
  };
}

async function start(names: 'ours' | 'its'): Promise<ConformanceSubject> {
  const provider = new FakeProvider({ clock: { now: () => Date.now() }, names });
  return {
    provider,
    mailbox: mailboxOf(provider),
    address: ADDRESS,
    access: async () => provider.access(ADDRESS),
    accessToRead: async () => ({
      token: provider.auth.consent(ADDRESS, { calendar: 'read', contacts: 'none' }).accessToken,
    }),
    accessWithoutCalendar: async () => ({
      token: provider.auth.consent(ADDRESS, { calendar: 'none', contacts: 'none' }).accessToken,
    }),
    accessOfColleague: async () => provider.access('ben@example.com'),
    refreshToken: async () => provider.auth.consent(ADDRESS).refreshToken ?? '',
    nextHook: async () => {
      const call = provider.notifications.calls.shift();
      if (!call) throw new Error('no call came');
      return call;
    },
    close: async () => undefined,
  };
}

describeCalendarConformance({ name: 'The fake provider', start: () => start('ours') });
describeCalendarConformance({ name: 'The fake provider with names of its own', start: () => start('its') });

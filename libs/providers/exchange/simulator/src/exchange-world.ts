import type { Journal, Ledger, SimulatorClock } from '@daybook/simulator-kit';
import { calendarMeetings } from './items/calendar-meetings';
import type { ItemSurroundings } from './items/item-around';
import { seriesCalendarRules } from './items/series-calendar-rules';
import { MailboxStore } from './mailbox/mailbox-store';

export interface WorldAround {
  readonly journal: () => Journal;
  readonly ledger: Ledger;
  readonly clock: SimulatorClock;
}

/** All mailboxes with the rules they obey. */
export interface ExchangeWorld {
  readonly store: MailboxStore;
  /** What operations work with: who is mailed and what is served is noted in the ledger. */
  readonly items: ItemSurroundings;
  /** The same for what is simply there, such as demo items: nobody is told of it. */
  readonly given: ItemSurroundings;
}

export function exchangeWorld({ journal, ledger, clock }: WorldAround): ExchangeWorld {
  const store = new MailboxStore(journal);
  const posting = {
    store,
    calendar: seriesCalendarRules,
    sent: ({ from, to, subject }) => ledger.noteMail(from, { at: atNow(clock), to, subject }),
    served: (mailbox, rows) => ledger.noteServed(mailbox, clock.now(), rows),
  } satisfies Omit<ItemSurroundings, 'meetings'>;
  const silent = { ...posting, sent: () => undefined, served: () => undefined };
  return {
    store,
    items: { ...posting, meetings: calendarMeetings(posting) },
    given: { ...silent, meetings: calendarMeetings(silent) },
  };
}

export const atNow = (clock: SimulatorClock): string => new Date(clock.now()).toISOString();

import { noJournal } from '@daybook/simulator-kit';
import { ExchangeBench } from '../../http/testing/exchange-bench';
import { itemOperations } from '../../items/item-operations';
import { seriesCalendarRules } from '../../items/series-calendar-rules';
import { DirectoryBook } from '../directory-book';
import { directoryOperations } from '../directory-operations';

/** Two mailboxes with a directory, and calendars that know series. */
export function directoryBench(book = new DirectoryBook(() => noJournal)): ExchangeBench {
  const operations: ConstructorParameters<typeof ExchangeBench>[0] = {
    operations: (plain) => {
      const around = { ...plain, calendar: seriesCalendarRules, book, zoneOf: () => 'W. Europe Standard Time' };
      return { ...itemOperations(around), ...directoryOperations(around) };
    },
  };
  return new ExchangeBench(operations).withMailboxes();
}

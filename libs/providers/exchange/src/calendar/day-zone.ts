/**
 * Where the days of an item begin that says so nowhere: its ends are midnights of a zone that it does not name, or names in a way
 * nobody knows. What the mailbox is set to is asked for only then.
 */
import type { ZoneId } from '@daybook/domain';
import type { ForeignRecord } from '@daybook/provider-port';
import { DAY_ZONE, isMidnight, readDay, readInstant, zoneIn } from './ews-time';
import type { ItemDoor } from './item-door';
import { isAllDay } from './item-to-meeting';

/** The item, with the mailbox's zone beside it where its days begin in that one. @throws ProviderError */
export async function withDayZone({ zone: mailboxZone }: ItemDoor, item: ForeignRecord): Promise<ForeignRecord> {
  if (!isAllDay(item) || zoneIn(item, 'StartTimeZone') !== null) return item;
  const [from, to] = [readInstant(item['Start']), readInstant(item['End'])];
  if (from === null || to === null) return item;
  if (readDay(from, null) !== null && readDay(to, null) !== null) return item;
  const zone: ZoneId | null = await mailboxZone();
  const isIts = zone !== null && isMidnight(from, zone) && isMidnight(to, zone);
  return isIts ? { ...item, [DAY_ZONE]: zone } : item;
}

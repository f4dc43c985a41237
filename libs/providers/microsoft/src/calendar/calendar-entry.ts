import { sameAddress, type ZoneId } from '@daybook/domain';
import { asText, type ForeignRecord, isRecord, type RemoteCalendar } from '@daybook/provider-port';

const LONGEST = 512;

export const CALENDAR_FIELDS = 'id,name,hexColor,isDefaultCalendar,canEdit,owner';

/**
 * The calendars of a mailbox: its own and those that others share with it. Graph does not say which are shown, so those one
 * can write to are taken until the person chooses; holidays, birthdays and other people's calendars one may only look at wait
 * for that. `zone` is the mailbox's, the only one there is.
 */
export function readCalendars(entries: readonly unknown[], zone: ZoneId | null): readonly RemoteCalendar[] {
  const records = entries.filter(isRecord).filter((entry) => idOf(entry) !== '');
  const main = records.find((entry) => entry['isDefaultCalendar'] === true);
  const mine = main === undefined ? '' : ownerOf(main);
  return records.map((entry) => {
    const primary = entry === main;
    const writable = entry['canEdit'] === true;
    return {
      remoteId: idOf(entry),
      name: asText(entry['name'], LONGEST) || idOf(entry),
      colour: colourOf(entry['hexColor']),
      timeZone: zone,
      primary,
      writable,
      shown: primary || writable,
      owned: primary || (mine !== '' && sameAddress(ownerOf(entry), mine)),
    };
  });
}

function idOf(entry: ForeignRecord): string {
  return asText(entry['id'], 1024);
}

function ownerOf(entry: ForeignRecord): string {
  const { owner } = entry;
  return isRecord(owner) ? asText(owner['address'], 320) : '';
}

function colourOf(value: unknown): string | null {
  return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value) ? value : null;
}

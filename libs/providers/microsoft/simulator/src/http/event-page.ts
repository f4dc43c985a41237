import { escapeHtml, htmlPage } from '@daybook/simulator-kit';
import { textOf } from '../mailbox/body-text';
import { lookUp } from '../mailbox/find-item';
import { readRestId } from '../mailbox/item-ids';
import type { MailboxStore } from '../mailbox/mailbox-store';
import type { Item } from '../mailbox/occurrences';
import { rangeWords } from './recurrence-words';

/** The page behind an event's `webLink`; null when no mailbox has such an event. */
export function eventPage(world: MailboxStore, itemId: string): string | null {
  const name = readRestId(itemId);
  if (name === null) return null;
  for (const { calendars } of world.mailboxes.values()) {
    for (const { folder } of calendars) {
      const store = world.calendar(folder);
      const item = store === undefined ? null : lookUp(store, name);
      if (item !== null) return shown(item);
    }
  }
  return null;
}

function shown({ event, type, read }: Item): string {
  const { start, end, content } = read();
  const isPrivate = content.sensitivity === 'private' || content.sensitivity === 'confidential';
  const title = isPrivate ? 'Private event' : content.subject || '(No subject)';
  const series = event.record.recurrence;
  const repeats = type === 'seriesMaster' && series !== null ? [rangeWords(series)] : [];
  const said = isPrivate ? [] : [content.location.displayName, textOf(content.body), content.organizer.address];
  const lines = [`${start.dateTime} – ${end.dateTime} (${start.timeZone})`, ...repeats, ...said].filter(Boolean);
  const paragraphs = lines.map((line) => `<p style="white-space:pre-line">${escapeHtml(line)}</p>`).join('');
  return htmlPage(
    title,
    `<h1>${escapeHtml(title)}</h1>${paragraphs}<footer>A simulated Outlook calendar. Change it on the sandbox’s control page.</footer>`,
  );
}

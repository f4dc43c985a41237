import { escapeHtml, htmlPage } from '@daybook/simulator-kit';
import type { EventResource } from '../calendar/event-resource';
import type { World } from '../state/world';

/** The page behind an event's `htmlLink`; null when no calendar has such an event. */
export function eventPage(world: World, eid: string): string | null {
  const id = Buffer.from(eid, 'base64url').toString();
  for (const { email } of world.mailboxes.values()) {
    const event = world.calendar(email)?.get(id)?.read();
    if (event !== undefined && event.status !== 'cancelled') return shown(event);
  }
  return null;
}

function shown(event: EventResource): string {
  const isPrivate = event.visibility === 'private' || event.visibility === 'confidential';
  const title = isPrivate ? 'Private event' : (event.summary ?? '(No title)');
  const when = `${event.start?.date ?? event.start?.dateTime ?? ''} – ${event.end?.date ?? event.end?.dateTime ?? ''}`;
  const rule = (event.recurrence ?? []).map((line) => `<p><code>${escapeHtml(line)}</code></p>`).join('');
  const details = isPrivate
    ? ''
    : [event.location, event.description, event.organizer?.email]
        .flatMap((text) => (text === undefined ? [] : [`<p style="white-space:pre-line">${escapeHtml(text)}</p>`]))
        .join('');
  return htmlPage(
    title,
    `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(when)}</p>${rule}${details}<footer>A simulated Google Calendar. Change it on the sandbox’s control page.</footer>`,
  );
}

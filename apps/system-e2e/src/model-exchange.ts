import type { EwsEvent, EwsMailbox, Span } from '@daybook/testing/stack';
import { z } from 'zod';
import type { EventThere, MailboxThere, NewEvent } from './model-mailbox';

const DAYS = 4;
const inUtc = (at: Date) => ({ dateTime: at.toISOString().slice(0, 19), zone: 'UTC' });
const note = z.object({ meeting: z.string() });

/** A mailbox at Exchange in the words of the model. An occurrence there names its series by nothing but their common UID. */
export class ExchangeThere implements MailboxThere {
  constructor(readonly mailbox: EwsMailbox) {}

  put({ name, title, start, end, series }: NewEvent): Promise<unknown> {
    const range = `<t:StartDate>${start.toISOString().slice(0, 10)}</t:StartDate><t:NumberOfOccurrences>${DAYS}</t:NumberOfOccurrences>`;
    const recurrence =
      '<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence>' +
      `<t:NumberedRecurrence>${range}</t:NumberedRecurrence></t:Recurrence>`;
    const times = { start: inUtc(start), end: inUtc(end) };
    return this.mailbox.insert({ uid: name, subject: title, ...times, ...(series ? { recurrence } : {}) });
  }

  rename(id: string, title: string): Promise<unknown> {
    return this.mailbox.patch(id, { subject: title });
  }

  move(id: string, start: Date, end: Date): Promise<unknown> {
    return this.mailbox.patch(id, { start: inUtc(start), end: inUtc(end) });
  }

  remove(id: string): Promise<unknown> {
    return this.mailbox.remove(id);
  }

  async wholes(): Promise<EventThere[]> {
    return (await this.mailbox.list()).map((event) => eventThere(event, null));
  }

  async occurrences(span: Span): Promise<EventThere[]> {
    const idOf = new Map((await this.mailbox.list()).map(({ uid, id }) => [uid, id]));
    const events = await this.mailbox.view(span);
    return events.map((event) =>
      eventThere(event, event.originalStart === null ? null : (idOf.get(event.uid) ?? null)),
    );
  }
}

function eventThere(event: EwsEvent, series: string | null): EventThere {
  const { id, subject, start, uid, originalStart, page } = event;
  const marker = event.note === '' ? null : (note.safeParse(JSON.parse(event.note)).data?.meeting ?? null);
  return { id, title: subject, start, marker, name: uid, series, originalStart, page };
}

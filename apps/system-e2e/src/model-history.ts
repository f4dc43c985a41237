import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { meetingChangedSchema, meetingSchema, meetingWithdrawnSchema, type Meeting } from '@daybook/contracts';
import { comparable, eventually, type Person } from '@daybook/testing/stack';
import { ask, tryThere } from './model-asking';
import { isOf } from './model-events';
import { ahead, type EventThere, type MailboxThere } from './model-mailbox';
import { type Answer, OwedMeeting } from './model-owed';
import type { Step } from './model-steps';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const LINES = ['RRULE:FREQ=DAILY;COUNT=4'];
/** As far as lists are asked for. */
const SPAN = { from: new Date().toISOString(), to: new Date(Date.now() + 200 * DAY_MS).toISOString() };

interface Place {
  readonly person: Person;
  readonly there: MailboxThere;
  readonly connectionId: string;
  readonly calendarId: string;
}

/** One person with one mailbox, what happens to them one after the other, and what is owed for it. No title is used twice. */
export class PersonHistory {
  readonly owed: OwedMeeting[] = [];
  private number = 0;

  constructor(readonly place: Place) {}

  get person(): Person {
    return this.place.person;
  }

  get there(): MailboxThere {
    return this.place.there;
  }

  async take(step: Step): Promise<void> {
    switch (step.do) {
      case 'schedule':
        return this.schedule(step.series);
      case 'putThere':
        return this.putThere(step.series);
      case 'fault':
        return this.there.mailbox.addFault(step.kind, { times: step.times });
      case 'hints':
        return this.hint(step.times);
      case 'pause':
        return void (await sleep(step.ms));
      case 'renameOne':
      case 'cancelOne':
      case 'renameOneThere':
      case 'cancelOneThere':
        return this.changeOccurrence(step);
      default:
        return this.changeMeeting(step);
    }
  }

  /** Several at once, as a provider may send them: they carry nothing but that there is something to look at. */
  async hint(times = 1): Promise<void> {
    const path = `/v1/connections/${this.place.connectionId}/sync`;
    await Promise.all(Array.from({ length: times }, () => ask(this.person, path, { method: 'POST' })));
  }

  private async changeMeeting({ do: what, which }: Extract<Step, { which: number }>): Promise<void> {
    const meeting = this.chosen(this.owed, which);
    if (!meeting) return;
    switch (what) {
      case 'rename':
        return this.rename(meeting);
      case 'reschedule':
        return this.reschedule(meeting);
      case 'remove':
        return this.remove(meeting);
      case 'withdraw':
        return this.withdraw(meeting);
      default:
        return this.changeThere(meeting, what);
    }
  }

  private async schedule(series: boolean): Promise<void> {
    const title = this.newTitle();
    const { start, end } = this.newTimes();
    const { answer, json } = await this.asked('POST', '/v1/meetings', {
      ...{ topic: title, start: civil(start), end: civil(end), calendarId: this.place.calendarId },
      ...(series ? { recurrence: LINES } : {}),
    });
    const { data } = meetingSchema.safeParse(json);
    const id = data?.series?.id ?? data?.id ?? null;
    const made = { origin: 'here' as const, id, eventId: null, title, start: start.toISOString(), series };
    this.owed.push(new OwedMeeting(made, answer));
  }

  private async putThere(series: boolean): Promise<void> {
    const title = this.newTitle();
    const { start, end } = this.newTimes();
    const eventId = `theirs${this.number}`;
    const answer = await tryThere(() => this.there.put({ name: eventId, title, start, end, series }));
    const made = { origin: 'there' as const, id: null, eventId, title, start: start.toISOString(), series };
    this.owed.push(new OwedMeeting(made, answer));
  }

  private async rename(meeting: OwedMeeting): Promise<void> {
    const id = await this.idOf(meeting);
    if (id === null) return;
    const title = this.newTitle();
    const { answer } = await this.asked('PATCH', `/v1/meetings/${id}?scope=all`, { topic: title });
    meeting.renamed('here', title, answer);
  }

  /** As the policy is at first, another time makes another meeting and leaves the one that was. */
  private async reschedule(meeting: OwedMeeting): Promise<void> {
    const { id, series } = meeting.made;
    if (id === null || series) return;
    const { start, end } = this.newTimes();
    const change = { start: civil(start), end: civil(end) };
    const { answer, json } = await this.asked('PATCH', `/v1/meetings/${id}?scope=all`, change);
    const { data } = meetingChangedSchema.safeParse(json);
    if (answer === 'refused') return;
    const { id: made, title } = data?.separateEvent ?? { id: null, title: null };
    if (made === null) throw new Error(`another time of ${id} made no other meeting: ${JSON.stringify(json)}`);
    const separate = { origin: 'here' as const, id: made, eventId: null, title: title ?? '', series: false };
    this.owed.push(new OwedMeeting({ ...separate, start: start.toISOString() }, answer));
  }

  private async remove(meeting: OwedMeeting): Promise<void> {
    const id = await this.idOf(meeting);
    if (id === null) return;
    const { answer } = await ask(this.person, `/v1/meetings/${id}?scope=all`, { method: 'DELETE' });
    meeting.removed(answer);
  }

  private async withdraw(meeting: OwedMeeting): Promise<void> {
    const id = await this.idOf(meeting);
    if (id === null) return;
    const { answer, json } = await ask(this.person, `/v1/meetings/${id}/withdraw`, { method: 'POST' });
    const left = meetingWithdrawnSchema.safeParse(json).data?.meeting;
    meeting.withdrawn(answer, left === null || left?.pending?.operation === 'remove');
  }

  private async changeThere(meeting: OwedMeeting, what: string): Promise<void> {
    const event = (await this.events()).find((one) => isOf(meeting, one));
    if (!event) return;
    if (what === 'removeThere') return meeting.removed(await tryThere(() => this.there.remove(event.id)));
    if (what === 'renameThere') {
      const title = this.newTitle();
      return meeting.renamed('there', title, await tryThere(() => this.there.rename(event.id, title)));
    }
    if (meeting.made.series) return;
    const { start, end } = this.newTimes();
    meeting.start.there(start.toISOString(), await tryThere(() => this.there.move(event.id, start, end)));
  }

  private async changeOccurrence({ do: what, which, index }: Extract<Step, { index: number }>): Promise<void> {
    const series = this.owed.filter(({ made }) => made.series);
    const meeting = this.chosen(series, which);
    if (!meeting) return;
    if (what === 'renameOne' || what === 'cancelOne') return this.changeOneHere(meeting, what, index);
    const event = (await this.events()).find((one) => isOf(meeting, one));
    if (!event) return;
    const occurrences = await eventually(() => this.there.occurrences(ahead()));
    const one = occurrences.filter(({ series: of }) => of === event.id)[index];
    if (!one?.originalStart) return;
    const start = one.originalStart;
    if (what === 'cancelOneThere') return meeting.cancelledOne(start, await tryThere(() => this.there.remove(one.id)));
    const change = { side: 'there' as const, from: one.title, to: this.newTitle() };
    meeting.renamedOne(start, change, await tryThere(() => this.there.rename(one.id, change.to)));
  }

  private async changeOneHere(meeting: OwedMeeting, what: 'renameOne' | 'cancelOne', index: number): Promise<void> {
    const id = await this.idOf(meeting);
    const row = (await this.rows()).filter(({ series }) => series !== null && series.id === id)[index];
    if (!row?.originalStart) return;
    const start = comparable(row.originalStart);
    const path = `/v1/meetings/${row.id}?scope=this`;
    if (what === 'cancelOne') {
      const { answer } = await ask(this.person, path, { method: 'DELETE' });
      return meeting.cancelledOne(start, answer, row.id);
    }
    const change = { side: 'here' as const, from: row.title ?? '', to: this.newTitle() };
    const { answer } = await this.asked('PATCH', path, { topic: change.to });
    meeting.renamedOne(start, change, answer, row.id);
  }

  /** What was made at the provider is known here once it has been read. */
  private async idOf({ made, title }: OwedMeeting): Promise<string | null> {
    if (made.origin === 'here') return made.id;
    const row = (await this.rows()).find((one) => title.values.includes(one.title ?? ''));
    return row?.series?.id ?? row?.id ?? null;
  }

  private asked(method: 'POST' | 'PATCH', path: string, json: object): Promise<{ answer: Answer; json: unknown }> {
    return ask(this.person, path, { method, json, headers: { 'idempotency-key': randomUUID() } });
  }

  private rows(): Promise<Meeting[]> {
    return eventually(() => this.person.meetings(SPAN), { timeoutMs: 30_000 });
  }

  private events(): Promise<EventThere[]> {
    return eventually(() => this.there.wholes());
  }

  private chosen(meetings: readonly OwedMeeting[], which: number): OwedMeeting | undefined {
    const alive = meetings.filter(({ presence }) => presence !== 'gone');
    return alive[which % Math.max(alive.length, 1)];
  }

  private newTitle(): string {
    return `Title ${(this.number += 1)}`;
  }

  /** Noon on a day that nothing else has. */
  private newTimes(): { start: Date; end: Date } {
    this.number += 1;
    const start = Math.floor(Date.now() / DAY_MS + 5 + 3 * this.number) * DAY_MS + 12 * HOUR_MS;
    return { start: new Date(start), end: new Date(start + HOUR_MS) };
  }
}

function civil(at: Date): { dateTime: string; timeZone: string } {
  return { dateTime: at.toISOString().slice(0, 19), timeZone: 'UTC' };
}

import { meetingSchema, type Meeting } from '@daybook/contracts';
import { ourSide, providersSide, type Person } from '@daybook/testing/stack';
import { isOf } from './model-events';
import { ahead, type EventThere, type MailboxThere } from './model-mailbox';
import type { OwedMeeting, OwedOccurrence } from './model-owed';

interface BothSides {
  readonly person: Person;
  readonly there: MailboxThere;
  readonly owed: readonly OwedMeeting[];
}

interface Provider {
  readonly wholes: readonly EventThere[];
  /** Every occurrence, as the provider expands it. */
  readonly instances: readonly EventThere[];
}

/** What is wrong once it is quiet: the sides differ, something is there twice, or what was accepted is not in effect. */
export async function faultsOf({ person, there, owed }: BothSides): Promise<string[]> {
  const [theirs, ours] = await Promise.all([providersSide(there.mailbox), ourSide(person)]);
  const rows = await person.meetings();
  const wholes = await there.wholes();
  const provider = { wholes, instances: await there.occurrences(ahead()) };
  const markers = wholes.flatMap(({ marker }) => marker ?? []);
  const owing = await Promise.all(owed.map((meeting) => faultOf(meeting, provider, person)));
  return [
    ...missing(theirs, ours).map((row) => `only at the provider: ${row}`),
    ...missing(ours, theirs).map((row) => `not at the provider: ${row}`),
    ...rows.filter(({ pending }) => pending !== null).map(({ id, title }) => `${id} ${title} still waits`),
    ...markers.filter((marker, place) => markers.indexOf(marker) !== place).map((marker) => `${marker} is there twice`),
    ...owing.flat(),
  ];
}

/** Rows of one list that the other lacks, each as often as it is there. */
function missing(wanted: readonly string[], found: readonly string[]): string[] {
  const left = [...found];
  return wanted.filter((row) => {
    const place = left.indexOf(row);
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
}

async function faultOf(meeting: OwedMeeting, { wholes, instances }: Provider, person: Person): Promise<string[]> {
  const found = wholes.filter((event) => isOf(meeting, event));
  const shown = (id: string | null) => (id === null ? Promise.resolve(null) : shownOf(person, id));
  const name = `${meeting.made.id ?? meeting.made.eventId ?? 'no id'} (${meeting.made.title})`;
  const [event] = found;
  if (!event) {
    const excused = meeting.presence !== 'there' || (await shown(meeting.made.id))?.refused?.operation === 'create';
    return excused ? [] : [`${name} is not there`];
  }
  if (found.length > 1) return [`${name} is there ${found.length} times`];
  if (meeting.presence === 'gone') {
    const refused = (await shown(meeting.made.id))?.refused?.operation;
    return refused === 'remove' ? [] : [`${name} was removed and is there`];
  }
  const view = await shown(meeting.made.id ?? (await idHere(person, event)));
  const own = instances.filter((one) => one.series === event.id);
  const of = [
    meeting.title.faultOf(event.title, toldBy(view, 'title')),
    meeting.start.faultOf(event.start, toldBy(view, 'time')),
    ...(await Promise.all(
      [...meeting.occurrences].map(async ([start, touched]) =>
        occurrenceFault(start, touched, { own, view: await shown(touched.id) }),
      ),
    )),
  ];
  return of.flatMap((fault) => (fault === null ? [] : [`${name}: ${fault}`]));
}

function occurrenceFault(
  start: string,
  { title }: OwedOccurrence,
  { own, view }: { own: readonly EventThere[]; view: Meeting | null },
): string | null {
  const one = own.find(({ originalStart }) => originalStart === start);
  if (title) return one ? (title.faultOf(one.title, toldBy(view, 'title')) ?? null) : `${start} is not there`;
  return one && view?.refused?.operation !== 'remove' ? `${start} was cancelled and is there` : null;
}

/** Of a meeting that was made at the provider: its id here, by the page it leads to. */
async function idHere(person: Person, event: EventThere): Promise<string | null> {
  const row = (await person.meetings({ q: event.title })).find(({ editUrl }) => editUrl === event.page);
  return row?.series?.id ?? row?.id ?? null;
}

async function shownOf(person: Person, id: string): Promise<Meeting | null> {
  const { status, json } = await person.call(`/v1/meetings/${id}`);
  return status === 200 ? meetingSchema.parse(json) : null;
}

function toldBy(view: Meeting | null, field: 'title' | 'time'): (ours: string) => boolean {
  return (ours) =>
    view?.refused?.operation === 'update' ||
    (view?.overridden ?? []).some((one) => one.field === field && (field === 'time' || one.value === ours));
}

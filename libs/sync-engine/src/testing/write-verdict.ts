import { expand, instantOf, readSeries } from '@daybook/domain';
import type { MeetingDraft } from '@daybook/provider-port';
import { draftOfItem } from '../merge-meeting';
import { keyOf, type Told } from './fake-meeting-records';
import { valueOf } from './write-values';
import type { Accepted, WriteWorld } from './write-world';

const MONTH = 31 * 86_400_000;

/** What the provider has, and what people see here, in the same words. */
export function theirs(world: WriteWorld): string[] {
  const rows = world.mailbox.items().map((item): Row => {
    const occurrence = 'seriesRemoteId' in item ? { series: item.seriesRemoteId, key: keyOf(item) } : null;
    return { name: item.remoteId, occurrence, draft: draftOfItem(item) };
  });
  return linesOf(rows);
}

export function ours(world: WriteWorld): string[] {
  const rows = [...world.records.all.values()].map((record): Row => {
    const series = world.records.seriesRemoteId(record);
    const occurrence = record.occurrence ? { series: `${series}`, key: keyOf(record.occurrence) } : null;
    return { name: `${record.remoteId}`, occurrence, draft: record.intended };
  });
  return linesOf(rows);
}

interface Row {
  readonly name: string;
  readonly occurrence: { readonly series: string; readonly key: string } | null;
  readonly draft: MeetingDraft | null;
}

function linesOf(rows: readonly Row[]): string[] {
  const lines = rows.flatMap(({ name, occurrence, draft }) => {
    if (!occurrence) return [`${name}: ${textOf(draft)}`];
    const series = rows.find((other) => other.name === occurrence.series)?.draft;
    // Taken out of a series that comes by at other times since, it shows nowhere.
    if (!draft && !(series && comesBy(series, occurrence.key))) return [];
    return [`${occurrence.series} ${occurrence.key}: ${textOf(draft)}`];
  });
  return lines.sort();
}

function comesBy({ start, end, lines }: MeetingDraft, key: string): boolean {
  const reading = readSeries({ start, end, lines, exceptions: [] });
  if (!reading.ok) return false;
  const window = { from: instantOf(start), to: instantOf(start) + MONTH };
  return expand(reading.series, window, 100).occurrences.some((occurrence) => occurrence.key === key);
}

function textOf(draft: MeetingDraft | null): string {
  if (!draft) return 'cancelled';
  const { title, location, start, end, lines } = draft;
  return JSON.stringify([title, location, start, end, lines]);
}

/** Meetings of ours that the provider has more than once. */
export function doubled(world: WriteWorld): string[] {
  const ids = world.mailbox
    .items()
    .flatMap((item) =>
      item.kind === 'single' || item.kind === 'series' ? [item.marker?.meetingId ?? item.remoteId] : [],
    );
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}

/** Accepted writes that came into effect more than once, or never and without a word. */
export function amiss(world: WriteWorld): string[] {
  return world.accepted.flatMap((write) => {
    const times = Math.max(0, ...(world.effects.get(write.value)?.values() ?? []));
    const often = times > 1 + (world.restored.get(write.value) ?? 0);
    const never = times === 0 && !write.over && !world.records.told.some((told) => tellsOf(told, write));
    return often || never ? [`${write.id} ${write.field} ${write.value}: ${times} times`] : [];
  });
}

function tellsOf(told: Told, { id, field, value }: Accepted): boolean {
  if (told.id !== id || !told.ours || valueOf(field, told.ours) !== value) return false;
  return told.type !== 'overridden' || told.field === field;
}

/** Fields that are said to have been changed at the provider, where nobody changed them. */
export function invented(world: WriteWorld, from: number): string[] {
  return world.records.told.slice(from).flatMap((told) => {
    if (told.type !== 'overridden') return [];
    const names = [...(world.names.get(told.id) ?? [])];
    return names.some((name) => world.touched.has(`${name} ${told.field}`)) ? [] : [`${told.id} ${told.field}`];
  });
}

/** What was removed here and is there, and what was kept here and is not. */
export function undead(world: WriteWorld): string[] {
  const refused = (id: string) => world.records.told.some((told) => told.type === 'refused' && told.id === id);
  const there = new Set(world.mailbox.items().flatMap((item) => (item.kind === 'cancelled' ? [] : [item.remoteId])));
  const alive = [...world.removed].filter((id) => world.records.all.get(id)?.intended && !refused(id));
  const dead = [...world.kept].filter((remoteId) => !there.has(remoteId) && !world.removedThere.has(remoteId));
  return [...alive, ...dead];
}

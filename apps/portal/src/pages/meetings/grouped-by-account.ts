import type { Calendar } from '@daybook/contracts';

/** What a choice of calendars shows: one group for each account, where there are several. */
export function groupedByAccount(
  calendars: readonly Calendar[],
  nameOf: (calendar: Calendar) => string,
): { group: string; items: { value: string; label: string }[] }[] {
  const groups = new Map<string, Calendar[]>();
  for (const calendar of calendars)
    groups.set(calendar.connectionId, [...(groups.get(calendar.connectionId) ?? []), calendar]);
  return [...groups.values()].flatMap((own) =>
    own[0] ? [{ group: nameOf(own[0]), items: own.map(({ id, name }) => ({ value: id, label: name })) }] : [],
  );
}

import type { Calendar, Connection, Policy } from '@daybook/contracts';

export interface ConnectionChoice {
  readonly connection: Connection;
  readonly calendars: readonly Calendar[];
  readonly writes: boolean;
  /** An administrator has fixed that it does not write; nobody else can change that. */
  readonly locked: boolean;
}

type WritingPolicy = Pick<Policy, 'enabled' | 'permissions' | 'twoWaySync'>;

/** What may be asked of a connection holds, is wanted and is granted. */
const mayWrite = ({ permissions }: Connection) =>
  permissions.granted.calendar === 'readWrite' && permissions.wanted.calendar === 'readWrite';

/** Calendars that a person could write to by their role, by connection; those of others are no choice at all. */
export function calendarChoices(
  connections: readonly Connection[],
  calendars: readonly Calendar[],
  policy: WritingPolicy,
): ConnectionChoice[] {
  const { value, locked } = policy.permissions.calendar;
  const fixed = locked && value !== 'readWrite';
  return connections.flatMap((connection) => {
    const own = calendars.filter((calendar) => calendar.connectionId === connection.id && calendar.writable);
    if (own.length === 0 || connection.permissions.wanted.calendar === 'none') return [];
    const writes = policy.enabled && policy.twoWaySync && !fixed && mayWrite(connection);
    return [{ connection, calendars: own, writes, locked: fixed }];
  });
}

/** The calendar that a new meeting is for unless somebody says otherwise: a main one, else none. */
export function likelyCalendar(choices: readonly ConnectionChoice[]): string | null {
  const open = choices.filter(({ writes }) => writes).flatMap(({ calendars }) => calendars);
  return open.find(({ primary }) => primary)?.id ?? null;
}

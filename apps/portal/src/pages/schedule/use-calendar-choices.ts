import { useMemo } from 'react';
import { useConnections } from '../../api/connection-queries';
import { useCalendars } from '../../api/meeting-queries';
import { usePerson } from '../../shell/person-context';
import { calendarChoices } from './calendar-choices';

const NOTHING = { items: [], next: null };

/** The calendars to choose from. Where the integration is switched off there is none, and nothing is asked for in vain. */
export function useCalendarChoices() {
  const { me } = usePerson();
  const connections = useConnections();
  const calendars = useCalendars();
  const off = !me.policy.enabled;
  const ofConnections = off ? NOTHING : connections.data;
  const ofCalendars = off ? NOTHING : calendars.data;
  const choices = useMemo(
    () => ofConnections && ofCalendars && calendarChoices(ofConnections.items, ofCalendars.items, me.policy),
    [ofConnections, ofCalendars, me.policy],
  );
  return {
    choices,
    error: choices ? null : (connections.error ?? calendars.error),
    retry: () => void Promise.all([connections.refetch(), calendars.refetch()]),
  };
}

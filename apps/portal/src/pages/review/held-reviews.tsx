import { lazy, Suspense } from 'react';
import { useCalendars } from '../../api/meeting-queries';

/** Only few ever see one. */
const HeldReview = lazy(() => import('./held-review').then((module) => ({ default: module.HeldReview })));

/** The calendars from which a run would remove too much, of one connection or of all. Nothing when there are none. */
export function HeldReviews({ connectionId }: { connectionId?: string }) {
  const calendars = useCalendars();
  const held = (calendars.data?.items ?? []).filter(
    (calendar) =>
      calendar.review !== null &&
      calendar.selected &&
      (connectionId === undefined || calendar.connectionId === connectionId),
  );
  if (held.length === 0) return null;
  return (
    <Suspense fallback={null}>
      {held.map((calendar) => (
        <HeldReview key={calendar.id} calendar={calendar} />
      ))}
    </Suspense>
  );
}

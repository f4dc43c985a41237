import { lazy, Suspense } from 'react';
import { useCalendars } from '../../api/meeting-queries';

/** Only few ever see one. */
const HeldReview = lazy(() => import('./held-review').then((module) => ({ default: module.HeldReview })));
const UndoRemovals = lazy(() => import('./undo-removals').then((module) => ({ default: module.UndoRemovals })));

/** The calendars from which a run would remove too much, wherever they are connected. Nothing when there are none. */
export function HeldReviews() {
  return <Reviews undo={false} />;
}

/** Those of one connection, and what was let through and can be put back. */
export function ReviewsOfConnection({ connectionId }: { connectionId: string }) {
  return <Reviews undo connectionId={connectionId} />;
}

/** Whether one of its calendars shows a review by itself, which says more than the connection can. */
export function useHasReview(connectionId: string): boolean {
  const calendars = useCalendars();
  return (calendars.data?.items ?? []).some(
    (calendar) => calendar.selected && calendar.review !== null && calendar.connectionId === connectionId,
  );
}

function Reviews({ connectionId, undo }: { connectionId?: string; undo: boolean }) {
  const calendars = useCalendars();
  const shown = (calendars.data?.items ?? []).filter(
    (calendar) => calendar.selected && (connectionId === undefined || calendar.connectionId === connectionId),
  );
  const notes = shown.flatMap((calendar) => [
    ...(calendar.review ? [<HeldReview key={calendar.id} calendar={calendar} />] : []),
    ...(undo && calendar.undoable
      ? [<UndoRemovals key={`${calendar.id} undo`} calendar={calendar} undoable={calendar.undoable} />]
      : []),
  ]);
  return notes.length === 0 ? null : <Suspense fallback={null}>{notes}</Suspense>;
}

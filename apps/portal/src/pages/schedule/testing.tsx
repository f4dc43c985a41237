import { Route, Routes, useLocation } from 'react-router';
import type { Answer } from '../../api/testing';
import type { Language } from '../../i18n/i18n';
import { renderInPortal } from '../../testing/render-in-portal';
import { aCalendar, aConnection } from '../../testing/samples';
import { EditPage } from './edit-page';
import { SchedulePage } from './schedule-page';

const list = (...items: unknown[]) => Response.json({ items, next: null });

/** Where the form leads to. */
function Elsewhere() {
  const { pathname, search } = useLocation();
  return <p>at {`${pathname}${search}`}</p>;
}

/** The form's pages at an address, in front of a server with one connection and one calendar. */
export async function showPages(at: string, answers: Record<string, Answer> = {}, language: Language = 'en') {
  return renderInPortal(
    <Routes>
      <Route path="meetings/new" element={<SchedulePage />} />
      <Route path="meetings/:meetingId/edit" element={<EditPage />} />
      <Route path="*" element={<Elsewhere />} />
    </Routes>,
    {
      at,
      language,
      answers: {
        '/v1/connections': () => list(aConnection()),
        '/v1/calendars': () => list(aCalendar({ primary: true })),
        '/v1/services': () => list(),
        ...answers,
      },
    },
  );
}

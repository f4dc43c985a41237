import { daysBetween } from '@daybook/domain';
import type { ChangeContext, PlannedChange } from './change-context';
import { linesAt } from './plan-taken-out';
import { continuation, splitAt, wholeWish } from './plan-update';
import { intentionFor } from './draft-record';
import { dateIn, untilAt } from './until-at';
import { writableCalendar } from './write-doors';
import type { WriteSurroundings } from './write-surroundings';

/** A changed time: the old event stays as it is, and a separate one with the same number and link has the new time. */
export async function planSeparate<Tx>(change: ChangeContext, around: WriteSurroundings<Tx>): Promise<PlannedChange> {
  const { found, body, viewer, lies } = change;
  const wanted = body.calendarId;
  const calendar =
    wanted === undefined || wanted === lies._id
      ? lies
      : wanted === null
        ? await around.writer.ownCalendar({ userId: viewer.userId, accountId: viewer.accountId })
        : writableCalendar(wanted, viewer);
  const record = continuation({ ...change, lies: calendar }, separateWish(change), around);
  return {
    intentions: [intentionFor(record, calendar)],
    meetingId: found.row._id,
    waitsFor: record._id,
    separateId: record._id,
    wake: calendar.service === null ? [] : [calendar.connectionId],
  };
}

/** Guests have not answered to the new time. */
function separateWish(change: ChangeContext): ChangeContext['wish'] {
  const { scope, wish, body, target, base } = change;
  const attendees = wish.attendees
    .filter(({ response }) => response !== 'organizer')
    .map((attendee) => ({ ...attendee, response: 'needsAction' as const }));
  if (scope === 'this') return { ...wish, attendees, lines: [] };
  if (scope === 'all') return { ...wholeWish(change), attendees };
  const split = splitAt(change);
  const moved = { from: target.present.content.start, to: wish.start };
  const days = daysBetween(dateIn(base.content.start), dateIn(wish.start));
  const lines = body.recurrence === undefined && split ? untilAt(split.after, { ...moved, days }) : wish.lines;
  return { ...wish, attendees, lines: linesAt(lines, moved) };
}

import type { ChangeMeetingBody, ScheduleMeetingBody } from '@daybook/contracts';
import { repeatLines, timesToSend, type Draft } from './draft';

/** `POST /v1/meetings`: fields that say nothing are left out. */
export function scheduleBody(draft: Draft): ScheduleMeetingBody {
  const recurrence = repeatLines(draft);
  const description = draft.description.trim();
  return {
    kind: draft.kind,
    topic: draft.topic.trim(),
    ...timesToSend(draft),
    timeZone: draft.zone,
    ...(recurrence.length > 0 ? { recurrence } : {}),
    calendarId: draft.calendarId,
    ...(draft.attendees.length > 0 ? { attendees: [...draft.attendees], notify: draft.notify } : {}),
    ...(draft.visibility === 'default' ? {} : { visibility: draft.visibility }),
    ...(description ? { description } : {}),
  };
}

export const timeFields = ['allDay', 'date', 'time', 'minutes', 'days', 'zone'] as const;

/** Whether both say the same time, in what that kind of time consists of. */
export function sameTime(before: Draft, after: Draft): boolean {
  if (before.allDay || after.allDay)
    return before.allDay === after.allDay && before.date === after.date && before.days === after.days;
  return (['date', 'time', 'minutes', 'zone'] as const).every((name) => Object.is(before[name], after[name]));
}

/** `PATCH /v1/meetings/{id}`: only what is different, so that nothing else is written over. */
export function changeBody(before: Draft, after: Draft): ChangeMeetingBody {
  const body: ChangeMeetingBody = {};
  if (after.topic.trim() !== before.topic.trim()) body.topic = after.topic.trim();
  if (!sameTime(before, after)) Object.assign(body, timesToSend(after));
  const recurrence = repeatLines(after);
  if (recurrence.join('\n') !== repeatLines(before).join('\n'))
    body.recurrence = recurrence.length > 0 ? recurrence : null;
  if (after.calendarId !== before.calendarId) body.calendarId = after.calendarId;
  if (JSON.stringify(after.attendees) !== JSON.stringify(before.attendees)) body.attendees = [...after.attendees];
  if (after.visibility !== before.visibility) body.visibility = after.visibility;
  if (after.description.trim() !== before.description.trim()) body.description = after.description.trim();
  if (Object.keys(body).length > 0 && after.notify) body.notify = true;
  return body;
}

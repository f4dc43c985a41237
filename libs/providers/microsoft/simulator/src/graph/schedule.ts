import { toCivil } from '@daybook/domain';
import type { Answer } from '@daybook/simulator-kit';
import { z } from 'zod';
import { timeBody } from '../mailbox/event-body';
import type { ShowAs, ZonedTime } from '../mailbox/event-record';
import type { Mailbox } from '../mailbox/mailbox';
import type { InstantWindow, Item } from '../mailbox/occurrences';
import { instantOf, readTime, withFraction, zoneOrUtc } from '../mailbox/zoned-times';
import { listAnswer } from './answers';
import type { Call, Method } from './call';
import { parametersOf } from './event-bodies';
import { viewOf } from './event-listing';
import { refusals } from './graph-error';

const MOST_SCHEDULES = 20;
const LONGEST = 62 * 86_400_000;
const MINUTE = 60_000;
const orderBody = z.strictObject({
  schedules: z.array(z.string()).min(1),
  startTime: timeBody,
  endTime: timeBody,
  availabilityViewInterval: z.number().int().min(5).max(1440).nullish(),
});
/** Digits of `availabilityView`; the heavier one wins where events overlap. */
const DIGITS: Record<ShowAs, number> = { free: 0, unknown: 0, tentative: 1, busy: 2, oof: 3, workingElsewhere: 4 };
const WEIGHTS = [0, 4, 1, 2, 3];

export const scheduleMethods: readonly Method[] = [
  { verb: 'POST', path: 'getSchedule', on: 'calendar', need: 'read', options: [], body: true, run: getSchedule },
];

/** `getSchedule`: when people of the same tenant are taken. Who is not there has an error in their row. */
function getSchedule(call: Call): Answer {
  const order = parametersOf(orderBody, call.body, 'getSchedule');
  if (order.schedules.length > MOST_SCHEDULES) {
    throw refusals.invalidParameter(`At most ${MOST_SCHEDULES} schedules can be asked for at once.`);
  }
  const window = { from: instantOf(readTime(order.startTime)), to: instantOf(readTime(order.endTime)) };
  if (window.to <= window.from) throw refusals.invalidParameter('The requested time window ends before it starts.');
  if (window.to - window.from > LONGEST)
    throw refusals.invalidParameter('The requested time duration exceeds the allowed limit of 62 days.');
  const interval = (order.availabilityViewInterval ?? 30) * MINUTE;
  if (window.to - window.from < interval)
    throw refusals.invalidParameter('The requested time duration is shorter than the interval.');
  const items = order.schedules.map((address) => JSON.stringify(scheduleOf(call, address, window, interval)));
  return listAnswer(call, { set: 'Collection(microsoft.graph.scheduleInformation)', items });
}

function scheduleOf(call: Call, scheduleId: string, window: InstantWindow, interval: number): Record<string, unknown> {
  const { world } = call.setting;
  const box = world.find(scheduleId);
  if (box === undefined || box.tenantId !== call.principal.tenantId) {
    const message = `The address '${scheduleId}' cannot be resolved.`;
    return {
      scheduleId,
      availabilityView: '',
      scheduleItems: [],
      error: { message, responseCode: 'ErrorMailRecipientNotFound' },
    };
  }
  const taken = viewOf(world.defaultCalendar(box), window).filter((item) => DIGITS[item.read().content.showAs] > 0);
  return {
    scheduleId,
    availabilityView: viewText(taken, window, interval),
    scheduleItems: taken.map((item) => scheduleItem(call, box, item)),
    workingHours: box.settings.workingHours,
  };
}

/** Others' private events show only that they are there. */
function scheduleItem(call: Call, box: Mailbox, item: Item): Record<string, unknown> {
  const { content } = item.read();
  const isPrivate = ['private', 'confidential'].includes(content.sensitivity);
  const shown = !isPrivate || box.email === call.principal.email;
  return {
    isPrivate,
    status: content.showAs,
    ...(shown ? { subject: content.subject, location: content.location.displayName } : {}),
    start: timeAt(item.startsAt, call.preferences.zone),
    end: timeAt(item.endsAt, call.preferences.zone),
  };
}

/** Being taken is about moments: the day of an all-day event is that of its owner, whoever asks from wherever. */
function timeAt(instant: number, zone: string | null): ZonedTime {
  const timeZone = zone ?? 'UTC';
  return { dateTime: withFraction(toCivil(instant, zoneOrUtc(timeZone))), timeZone };
}

function viewText(taken: readonly Item[], { from, to }: InstantWindow, interval: number): string {
  let text = '';
  for (let at = from; at < to; at += interval) {
    const here = taken.filter(({ startsAt, endsAt }) => startsAt < at + interval && endsAt > at);
    const digits = here.map((item) => DIGITS[item.read().content.showAs]);
    text += digits.reduce((most, digit) => (WEIGHTS.indexOf(digit) > WEIGHTS.indexOf(most) ? digit : most), 0);
  }
  return text;
}

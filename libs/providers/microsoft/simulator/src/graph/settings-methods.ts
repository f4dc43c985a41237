import type { Answer } from '@daybook/simulator-kit';
import { z } from 'zod';
import type { MailboxSettings } from '../mailbox/mailbox';
import { zoneOf } from '../mailbox/zoned-times';
import { contextOf, setOf, textAnswer } from './answers';
import type { Call, Method } from './call';
import { readBody } from './event-bodies';
import { refusals } from './graph-error';

const PATH = 'mailboxSettings';

/** Zone, language, working hours and the like of a mailbox. */
export const settingsMethods: readonly Method[] = [
  { verb: 'GET', path: PATH, on: 'mailbox', need: 'settingsRead', options: ['select'], run: settings },
  {
    verb: 'PATCH',
    path: PATH,
    on: 'mailbox',
    need: 'settingsWrite',
    options: [],
    body: true,
    writes: true,
    run: patchSettings,
  },
  { verb: 'GET', path: `${PATH}/*`, on: 'mailbox', need: 'settingsRead', options: [], run: oneSetting },
];

/** The settings as served. */
export const settingsResource = (settings: MailboxSettings): Record<string, unknown> => ({
  ...settings,
  userPurpose: 'user',
});

function settings(call: Call): Answer {
  const whole = settingsResource(call.box.settings);
  const shown =
    call.options.select === null
      ? whole
      : Object.fromEntries(call.options.select.map((name) => [name, member(whole, name)]));
  return textAnswer(
    200,
    JSON.stringify({ '@odata.context': contextOf(call, setOf(call, 'mailboxSettings')), ...shown }),
  );
}

function oneSetting(call: Call): Answer {
  const name = call.parts[0] ?? '';
  const value = member(settingsResource(call.box.settings), name);
  const context = { '@odata.context': contextOf(call, setOf(call, `mailboxSettings/${name}`)) };
  const isObject = typeof value === 'object' && value !== null;
  return textAnswer(200, JSON.stringify(isObject ? { ...context, ...value } : { ...context, value }));
}

function member(whole: Record<string, unknown>, name: string): unknown {
  if (!(name in whole))
    throw refusals.badRequest(`Could not find a property named '${name}' on type 'microsoft.graph.mailboxSettings'.`);
  return whole[name];
}

const time = z.string().regex(/^\d\d:\d\d(:\d\d(\.\d+)?)?$/);
const zoneBody = z.object({ name: z.string() });
const settingsBody = z.strictObject({
  timeZone: z.string().optional(),
  dateFormat: z.string().optional(),
  timeFormat: z.string().optional(),
  language: z.strictObject({ locale: z.string().optional(), displayName: z.string().optional() }).optional(),
  workingHours: z
    .strictObject({
      daysOfWeek: z.array(z.string()).optional(),
      startTime: time.optional(),
      endTime: time.optional(),
      timeZone: zoneBody.optional(),
    })
    .optional(),
  automaticRepliesSetting: z.record(z.string(), z.unknown()).optional(),
  delegateMeetingMessageDeliveryOptions: z.string().optional(),
});

function patchSettings(call: Call): Answer {
  const { '@odata.context': _context, ...body } = objectOf(call.body);
  const sent = readBody(settingsBody, body, 'mailboxSettings');
  const before = call.box.settings;
  if (sent.timeZone !== undefined) zoneOf(sent.timeZone);
  const next: MailboxSettings = {
    timeZone: sent.timeZone ?? before.timeZone,
    dateFormat: sent.dateFormat ?? before.dateFormat,
    timeFormat: sent.timeFormat ?? before.timeFormat,
    language: { ...before.language, ...given(sent.language) },
    workingHours: { ...before.workingHours, ...given(sent.workingHours) },
    automaticRepliesSetting: { ...before.automaticRepliesSetting, ...sent.automaticRepliesSetting },
    delegateMeetingMessageDeliveryOptions:
      sent.delegateMeetingMessageDeliveryOptions ?? before.delegateMeetingMessageDeliveryOptions,
  };
  call.setting.world.mailboxes.set(call.box.email, { ...call.box, settings: next });
  call.setting.writer.note(call.writing('updateMailboxSettings'), call.box.oid);
  const context = contextOf(call, setOf(call, 'mailboxSettings'));
  return textAnswer(200, JSON.stringify({ '@odata.context': context, ...settingsResource(next) }));
}

function given<T extends object>(value: T | undefined): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return JSON.parse(JSON.stringify(value ?? {}));
}

function objectOf(body: unknown): Record<string, unknown> {
  if (typeof body !== 'object' || body === null) throw refusals.unreadableBody('An object is expected.');
  return { ...body };
}

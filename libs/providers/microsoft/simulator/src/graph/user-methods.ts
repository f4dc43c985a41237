import type { Answer } from '@daybook/simulator-kit';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Category, Mailbox } from '../mailbox/mailbox';
import { emptyAnswer, entityAnswer, listAnswer, setOf } from './answers';
import type { Call, Method } from './call';
import { readBody } from './event-bodies';
import { refusals } from './graph-error';
import { settingsResource } from './settings-methods';

const CATEGORIES = 'outlook/masterCategories';

/** People and their categories. */
export const userMethods: readonly Method[] = [
  { verb: 'GET', path: '', on: 'mailbox', need: 'user', options: ['select'], run: user },
  { verb: 'GET', path: CATEGORIES, on: 'mailbox', need: 'settingsRead', options: ['select', 'top'], run: categories },
  {
    verb: 'POST',
    path: CATEGORIES,
    on: 'mailbox',
    need: 'settingsWrite',
    options: [],
    body: true,
    writes: true,
    run: addCategory,
  },
  {
    verb: 'DELETE',
    path: `${CATEGORIES}/*`,
    on: 'mailbox',
    need: 'settingsWrite',
    options: [],
    writes: true,
    run: removeCategory,
  },
];

const USER_DEFAULTS = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
];
const USER_MEMBERS = new Set([
  ...USER_DEFAULTS,
  'accountEnabled',
  'mailNickname',
  'proxyAddresses',
  'otherMails',
  'userType',
  'mailboxSettings',
  'usageLocation',
]);

/** A person as the directory shows them. */
export function userResource(box: Mailbox): Record<string, unknown> {
  const [givenName = '', ...rest] = box.name.split(' ');
  return {
    businessPhones: [],
    displayName: box.name,
    givenName,
    jobTitle: null,
    mail: box.email,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: box.settings.language.locale,
    surname: rest.join(' '),
    userPrincipalName: box.email,
    id: box.oid,
    accountEnabled: true,
    mailNickname: box.email.split('@')[0],
    proxyAddresses: [`SMTP:${box.email}`],
    otherMails: [],
    userType: 'Member',
    usageLocation: null,
  };
}

/** The members a query asks for; some come only when they are named. @throws GraphError 400 */
export function cutUser(whole: Record<string, unknown>, select: readonly string[] | null): Record<string, unknown> {
  const names = select ?? USER_DEFAULTS;
  const unknown = names.find((name) => !USER_MEMBERS.has(name));
  if (unknown !== undefined) {
    throw refusals.badRequest(`Could not find a property named '${unknown}' on type 'microsoft.graph.user'.`);
  }
  return Object.fromEntries([...names.map((name) => [name, whole[name] ?? null]), ['id', whole['id']]]);
}

function user(call: Call): Answer {
  const whole = { ...userResource(call.box), mailboxSettings: settingsResource(call.box.settings) };
  return entityAnswer(call, 200, 'users', cutUser(whole, call.options.select));
}

const categoryBody = z.strictObject({
  displayName: z.string().min(1),
  color: z
    .string()
    .regex(/^(none|preset([0-9]|1[0-9]|2[0-4]))$/i)
    .optional(),
  id: z.unknown().optional(),
});

function categories(call: Call): Answer {
  const items = call.box.categories.map((one) => JSON.stringify(one));
  return listAnswer(call, { set: setOf(call, 'outlook/masterCategories'), items });
}

function addCategory(call: Call): Answer {
  const { displayName, color = 'none' } = readBody(categoryBody, call.body, 'outlookCategory');
  const { box, setting } = call;
  if (box.categories.some((one) => one.displayName === displayName)) throw refusals.categoryExists();
  const category: Category = { id: randomUUID(), displayName, color: color.toLowerCase() };
  setting.world.mailboxes.set(box.email, { ...box, categories: [...box.categories, category] });
  setting.writer.note(call.writing('createCategory'), category.id);
  return entityAnswer(call, 201, setOf(call, 'outlook/masterCategories'), { ...category });
}

function removeCategory(call: Call): Answer {
  const { box, setting } = call;
  const left = box.categories.filter(({ id }) => id !== call.parts[0]);
  if (left.length === box.categories.length) throw refusals.itemNotFound();
  setting.world.mailboxes.set(box.email, { ...box, categories: left });
  setting.writer.note(call.writing('deleteCategory'), call.parts[0] ?? '');
  return emptyAnswer(204);
}

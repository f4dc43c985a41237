import { createHash } from 'node:crypto';
import { calendarIdOf } from '../mailbox/item-ids';
import type { Call, Place } from './call';

/** Tenant of personal accounts; there is no Teams there. */
const CONSUMERS = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** Members of a calendar, for `$select`. */
export const CALENDAR_MEMBERS = new Set([
  'id',
  'name',
  'color',
  'hexColor',
  'isDefaultCalendar',
  'changeKey',
  'canShare',
  'canViewPrivateItems',
  'canEdit',
  'allowedOnlineMeetingProviders',
  'defaultOnlineMeetingProvider',
  'isTallyingResponses',
  'isRemovable',
  'owner',
  'calendarGroupId',
]);

/** A calendar as Graph shows it in somebody's list. */
export function calendarResource(
  { box, setting, version }: Call,
  { store, entry, canWrite, manner }: Place,
): Record<string, unknown> & { id: string } {
  const { facts } = store;
  const owner = setting.world.find(facts.owner);
  const own = facts.owner === box.email;
  const isDefault = own && facts.isDefault;
  const personal = owner?.tenantId === CONSUMERS;
  return {
    id: calendarIdOf(entry.key),
    name: own ? facts.name : (owner?.name ?? facts.name),
    color: entry.color,
    hexColor: entry.hexColor,
    isDefaultCalendar: isDefault,
    changeKey: changeKeyOf(facts, entry),
    canShare: own,
    canViewPrivateItems: manner.sight === 'full',
    canEdit: canWrite,
    allowedOnlineMeetingProviders: personal ? [] : ['teamsForBusiness'],
    defaultOnlineMeetingProvider: personal ? 'unknown' : 'teamsForBusiness',
    isTallyingResponses: own,
    isRemovable: !isDefault,
    owner: { name: owner?.name ?? facts.owner, address: facts.owner },
    ...(version === 'beta'
      ? { calendarGroupId: calendarIdOf(entry.group), isShared: false, isSharedWithMe: !own }
      : {}),
  };
}

const changeKeyOf = (...facts: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(facts)).digest('base64').slice(0, 24);

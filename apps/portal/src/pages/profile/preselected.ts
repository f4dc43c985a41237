import type { Permission, Permissions, Service } from '@daybook/contracts';

const permissions: readonly string[] = ['none', 'read', 'readWrite'] satisfies Permission[];

const isPermission = (value: string | null | undefined): value is Permission => permissions.includes(value ?? '');

/** What is asked for: the choice in the address, unless locked or not offered; a part that is not offered is `none`. */
export function preselected(service: Service, chosen: { get(name: string): string | null | undefined }): Permissions {
  const one = (part: keyof Permissions): Permission => {
    const offer = service.permissions.find((item) => item.part === part);
    if (!offer) return 'none';
    const wanted = chosen.get(part);
    return !offer.locked && isPermission(wanted) && offer.choices.includes(wanted) ? wanted : offer.value;
  };
  return { calendar: one('calendar'), contacts: one('contacts') };
}

export function allNone({ calendar, contacts }: Permissions): boolean {
  return calendar === 'none' && contacts === 'none';
}

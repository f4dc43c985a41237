import type { PartPermissions } from '@daybook/provider-port';

/** A password opens the whole mailbox; what we may do with it is what the person chose, in words of ours. */
export function scopesOf(permissions: PartPermissions): readonly string[] {
  return (['calendar', 'contacts'] as const)
    .filter((part) => permissions[part] !== 'none')
    .map((part) => `${part}.${permissions[part]}`);
}

export function permissionsOf(scopes: readonly string[]): PartPermissions {
  const granted = (part: string) =>
    (['readWrite', 'read'] as const).find((permission) => scopes.includes(`${part}.${permission}`)) ?? 'none';
  return { calendar: granted('calendar'), contacts: granted('contacts') };
}

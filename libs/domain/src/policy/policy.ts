/** What an account or group allows, and what comes of it together with wishes and grants. */

/** Ordered: none < read < readWrite. */
export type Permission = 'none' | 'read' | 'readWrite';

const ORDER: readonly Permission[] = ['none', 'read', 'readWrite'];

export interface PermissionPolicy {
  /** Binding when `locked`, else only the preselection. */
  readonly value: Permission;
  readonly locked: boolean;
}

export interface Policy {
  readonly enabled: boolean;
  readonly service: {
    readonly default: string | null;
    readonly enforced: string | null;
    readonly allowed: readonly string[];
  };
  readonly permissions: { readonly calendar: PermissionPolicy; readonly contacts: PermissionPolicy };
  readonly twoWaySync: boolean;
  readonly reschedule: 'separate' | 'update';
  readonly minimumDesktopVersion: string;
  readonly exchange: { readonly allowedHosts: readonly string[]; readonly allowUntrustedCertificates: boolean };
}

/** The least of the given permissions; `readWrite` when none is given. */
export function leastOf(...permissions: readonly Permission[]): Permission {
  const least = Math.min(ORDER.length - 1, ...permissions.map((permission) => ORDER.indexOf(permission)));
  return ORDER[least] ?? 'none';
}

/** What may really be done: the least of what is wanted, what the provider granted and what the policy locks. */
export function effectivePermission(wanted: Permission, granted: Permission, policy: PermissionPolicy): Permission {
  return policy.locked ? leastOf(wanted, granted, policy.value) : leastOf(wanted, granted);
}

/** Whether the provider granted less than was wanted. */
export function missingPermission(wanted: Permission, granted: Permission): boolean {
  return leastOf(wanted, granted) !== wanted;
}

/**
 * The policy of an account nobody has touched: everything on, nothing locked.
 * @param services names of all services the deployment has, from the contracts
 */
export function openPolicy(services: readonly string[]): Policy {
  return {
    enabled: true,
    service: { default: null, enforced: null, allowed: [...services] },
    permissions: {
      calendar: { value: 'readWrite', locked: false },
      contacts: { value: 'readWrite', locked: false },
    },
    twoWaySync: true,
    reschedule: 'separate',
    minimumDesktopVersion: '5.2.1',
    exchange: { allowedHosts: [], allowUntrustedCertificates: false },
  };
}

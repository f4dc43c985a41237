import { type Caller, type Permission, type Policy, type Service } from '@daybook/contracts';
import type { Catalog, ServiceOffer } from '@daybook/providers/catalog';
import { PolicyCopies } from '../../ports/policy-copies';

/** What may be connected here and how; what may not says why. */
export class ListServices {
  constructor(
    private readonly catalog: Catalog,
    private readonly policies: PolicyCopies,
  ) {}

  async run(caller: Caller): Promise<Service[]> {
    const policy = await this.policies.get(caller.accountId);
    return this.catalog.services().map((offer) => toService(offer, policy));
  }
}

function toService(offer: ServiceOffer, policy: Policy): Service {
  const reason = offer.reason ?? refusal(offer, policy);
  return {
    service: offer.service,
    label: offer.label,
    methods: offer.methods.map((method) => ({
      ...method,
      fields: method.fields.map(({ options, ...field }) => ({ ...field, ...(options && { options: [...options] }) })),
    })),
    permissions: offer.permissions.map(({ part, choices }) => {
      const { value, locked } = policy.permissions[part];
      return { part, choices: [...choices], value: nearest(value, choices), locked };
    }),
    offered: reason === null,
    ...(reason && { reason }),
  };
}

function refusal({ service }: ServiceOffer, policy: Policy): { code: string; detail: string } | null {
  if (!policy.enabled) {
    return { code: 'integration_disabled', detail: 'An administrator has switched off the integration.' };
  }
  const { allowed, enforced } = policy.service;
  if (!allowed.includes(service) || (enforced !== null && enforced !== service)) {
    return { code: 'service_not_allowed', detail: 'An administrator does not allow this service.' };
  }
  return null;
}

function nearest(value: Permission, choices: readonly Permission[]): Permission {
  return choices.includes(value) ? value : (choices.at(-1) ?? 'none');
}

import type { Connection, ConnectionMethod } from '@daybook/contracts';

const byForm: Record<ConnectionMethod, boolean> = { oauth2: false, ews: true };

/** A person signs in to it with a form of ours, and there is no page of the provider's to go to. */
export function signsInByForm({ method }: Pick<Connection, 'method'>): boolean {
  return byForm[method];
}

export const formPath = ({ id }: Connection) => `/profile/integration/${encodeURIComponent(id)}/reconnect`;

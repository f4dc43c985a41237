import type { Connection } from '@daybook/contracts';

/** The last step of connecting, where what was granted is seen. */
export function resultPath({ id, permissions }: Connection): string {
  const result = permissions.missing.length > 0 ? 'partial' : 'connected';
  return `/profile/integration?result=${result}&connection=${encodeURIComponent(id)}`;
}

import type { Connection, ConnectionMethod } from '@daybook/contracts';
import { useServices } from '../../api/people-queries';

/** The way that its service recommends, where the connection goes another one; null where there is none. */
export function useBetterMethod({ service, method }: Connection): ConnectionMethod | null {
  const offered = useServices().data?.items.find((item) => item.service === service)?.methods ?? [];
  const better = offered.find((item) => item.recommended)?.method;
  return better === undefined || better === method ? null : better;
}

import { createContext, useContext, useSyncExternalStore } from 'react';
import type { LiveState } from './live-stream';
import type { PortalServices } from './portal-services';
import type { SessionStatus } from '../session/session';

export const PortalContext = createContext<PortalServices | null>(null);

export function usePortal(): PortalServices {
  const services = useContext(PortalContext);
  if (!services) throw new Error('The portal context is missing.');
  return services;
}

export function useSessionStatus(): SessionStatus {
  const { session } = usePortal();
  return useSyncExternalStore(session.subscribe, session.status);
}

export function useLiveState(): LiveState {
  const { live } = usePortal();
  return useSyncExternalStore(live.subscribe, live.state);
}

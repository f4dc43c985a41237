import { createContext, useContext } from 'react';

export const AnnounceContext = createContext<(message: string) => void>(() => {});

/** Tells people who hear the page what has changed on it. */
export function useAnnounce(): (message: string) => void {
  return useContext(AnnounceContext);
}

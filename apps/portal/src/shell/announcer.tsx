import { VisuallyHidden } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { AnnounceContext } from './announce-context';

/** One polite live region for the whole portal: screen readers hear of changes, the screen stays quiet. */
export function Announcer({ children }: { children: ReactNode }) {
  const [message, setMessage] = useState('');
  return (
    <AnnounceContext.Provider value={setMessage}>
      {children}
      <VisuallyHidden role="status" aria-live="polite">
        {message}
      </VisuallyHidden>
    </AnnounceContext.Provider>
  );
}

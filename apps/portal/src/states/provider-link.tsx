import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../shell/icon';

/** Out to a page of the provider's, in a tab of its own. Only web addresses become links, whatever was synced. */
export function ProviderLink({ url, children }: { url: string; children: ReactNode }) {
  if (!isWebAddress(url)) return null;
  return (
    <Anchor href={url} target="_blank" rel="noopener noreferrer" underline="always">
      {children}
      <span style={{ display: 'inline-block', marginInlineStart: 4, verticalAlign: -2 }}>
        <Icon name="out" size={14} />
      </span>
    </Anchor>
  );
}

export function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

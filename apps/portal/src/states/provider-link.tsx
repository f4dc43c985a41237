import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../shell/icon';
import classes from './provider-link.module.css';

/** Out to a page of the provider's, in a tab of its own. Only web addresses become links, whatever was synced. */
export function ProviderLink({ url, children }: { url: string; children: ReactNode }) {
  if (!isWebAddress(url)) return null;
  return (
    <Anchor href={url} target="_blank" rel="noopener noreferrer" underline="always" className={classes.link}>
      <span>{children}</span>
      <span className={classes.sign}>
        <Icon name="out" size={14} />
      </span>
    </Anchor>
  );
}

export function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

import { Stack, UnstyledButton } from '@mantine/core';
import { useDisclosure, useId } from '@mantine/hooks';
import { useEffect, useRef, type ReactNode } from 'react';
import { Icon } from '../shell/icon';
import classes from './disclosure.module.css';

/** One line that opens what is behind it, and brings that into sight. */
export function Disclosure({ label, children }: { label: string; children: ReactNode }) {
  const [open, { toggle }] = useDisclosure(false);
  const id = useId();
  return (
    <div className={classes.root}>
      <UnstyledButton
        className={classes.control}
        aria-expanded={open}
        aria-controls={id}
        onClick={toggle}
        data-open={open || undefined}
      >
        <Icon name="forward" size={14} />
        {label}
      </UnstyledButton>
      <div id={id}>{open && <Opened>{children}</Opened>}</div>
    </div>
  );
}

function Opened({ children }: { children: ReactNode }) {
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => content.current?.scrollIntoView({ block: 'nearest' }), []);
  return (
    <Stack ref={content} gap={8} pt={8} pl={20}>
      {children}
    </Stack>
  );
}

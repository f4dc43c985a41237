import { Stack, UnstyledButton } from '@mantine/core';
import { useId, useUncontrolled } from '@mantine/hooks';
import { useEffect, useRef, type ReactNode } from 'react';
import { Icon } from '../shell/icon';
import classes from './disclosure.module.css';

interface DisclosureProps {
  readonly label: string;
  readonly children: ReactNode;
  /** With `onToggle`: whoever draws it says whether it is open. */
  readonly open?: boolean;
  readonly onToggle?: (open: boolean) => void;
}

/** One line that opens what is behind it, and brings that into sight. */
export function Disclosure({ label, children, open: given, onToggle }: DisclosureProps) {
  const [open, setOpen] = useUncontrolled({ value: given, defaultValue: false, onChange: onToggle });
  const id = useId();
  return (
    <div className={classes.root}>
      <UnstyledButton
        className={classes.control}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
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
  useEffect(() => {
    if (content.current) reveal(content.current);
  }, []);
  return (
    <Stack ref={content} gap={8} pt={8} pl={20}>
      {children}
    </Stack>
  );
}

const GAP = 16;

/** In a pane that scrolls by itself only that is moved, as far as the beginning stays in sight; the page behind it stays. */
function reveal(content: HTMLElement): void {
  const pane = content.closest<HTMLElement>('[data-pane]');
  if (!pane) return content.scrollIntoView({ block: 'nearest' });
  const [inner, outer] = [content.getBoundingClientRect(), pane.getBoundingClientRect()];
  const [below, above] = [inner.bottom + GAP - outer.bottom, inner.top - GAP - outer.top];
  if (below > 0) pane.scrollTop += Math.min(below, above);
}

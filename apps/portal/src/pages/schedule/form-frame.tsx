import { Button, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from '../../i18n/use-translation';
import { Link, type To } from 'react-router';
import { toTop } from './to-top';
import classes from './schedule-form.module.css';

interface FrameProps {
  readonly children: ReactNode;
  /** Null while something else has to be decided first. */
  readonly submit: string | null;
  readonly pending: boolean;
  readonly back: To;
  readonly problem: ReactNode;
  /** Asks before what is entered is lost. */
  readonly guard: ReactNode;
  readonly onSubmit: () => void;
}

/** The form around the fields. It opens at its first field. */
export function FormFrame({ children, submit, pending, back, problem, guard, onSubmit }: FrameProps) {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    toTop();
    form.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus({ preventScroll: true });
  }, []);
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (submit !== null) onSubmit();
      }}
    >
      {guard}
      <Stack gap="lg">
        {children}
        {problem}
        <div className={classes.actions}>
          {submit !== null && (
            <Button type="submit" loading={pending}>
              {submit}
            </Button>
          )}
          <Button variant="default" component={Link} to={back}>
            {t('app.cancel')}
          </Button>
          <StillSending pending={pending} />
        </div>
      </Stack>
    </form>
  );
}

const SLOW_MS = 1_000;

/** A provider may take seconds to answer; what happens if it does not is said as soon as one notices. */
function StillSending({ pending }: { pending: boolean }) {
  const { t } = useTranslation();
  const [slow] = useDebouncedValue(pending, SLOW_MS);
  return (
    <Text role="status" c="dimmed" className={classes.sending}>
      {pending && slow && t('schedule.sending')}
    </Text>
  );
}

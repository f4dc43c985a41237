import { Button, Stack } from '@mantine/core';
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
  readonly onSubmit: () => void;
}

/** The form around the fields. It opens at its first field. */
export function FormFrame({ children, submit, pending, back, problem, onSubmit }: FrameProps) {
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
        </div>
      </Stack>
    </form>
  );
}

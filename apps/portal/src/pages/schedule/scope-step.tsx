import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from '../../i18n/use-translation';
import { Link, useSearchParams } from 'react-router';
import type { Meeting, Scope } from '@daybook/contracts';
import { ScopeChoice } from '../meetings/scope-choice';
import classes from './schedule-form.module.css';

/** Of one of a series: how much of it is meant. The answer goes into the address, so that *back* leads here. */
export function ScopeStep({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const [scope, setScope] = useState<Scope>('this');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const next = new URLSearchParams(search);
        next.set('scope', scope);
        setSearch(next);
      }}
    >
      <Stack gap="lg">
        <ScopeChoice label={t('scope.title')} value={scope} onChange={setScope} />
        <div className={classes.actions}>
          <Button type="submit">{t('scope.next')}</Button>
          <Button variant="default" component={Link} to={`/meetings/${encodeURIComponent(meeting.id)}`}>
            {t('app.cancel')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

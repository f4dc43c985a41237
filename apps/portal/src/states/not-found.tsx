import { Button } from '@mantine/core';
import { useTranslation } from '../i18n/use-translation';
import { Link } from 'react-router';
import { Empty } from './empty';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Empty
      icon="search"
      order={1}
      title={t('app.notFoundTitle')}
      text={t('app.notFoundText')}
      action={
        <Button component={Link} to="/meetings" variant="default">
          {t('app.toMeetings')}
        </Button>
      }
    />
  );
}

import { Skeleton, VisuallyHidden } from '@mantine/core';
import { useTranslation } from '../i18n/use-translation';
import classes from '../shell/shell.module.css';

/** The shape of the portal before anything is known: header, places, rows. */
export function FirstLoad() {
  const { t } = useTranslation();
  return (
    <div className={classes.page} aria-busy="true">
      <div className={classes.header}>
        <Skeleton height={24} width={112} />
        <span className={classes.spacer} />
        <Skeleton height={24} width={160} />
      </div>
      <div className={classes.nav} />
      <main className={classes.main}>
        <div className={classes.content}>
          <VisuallyHidden role="status">{t('app.loading')}</VisuallyHidden>
          <RowSkeletons />
        </div>
      </main>
    </div>
  );
}

/** Rows in the shape of the list that is coming. */
export function RowSkeletons({ count = 6 }: { count?: number }) {
  return (
    <div aria-hidden="true">
      <Skeleton height={20} width={160} mb={16} />
      {Array.from({ length: count }, (_, index) => (
        <div key={index} style={{ display: 'flex', gap: 16, padding: '12px 0' }}>
          <Skeleton height={20} width={48} />
          <Skeleton height={20} width={`${60 - (index % 3) * 12}%`} />
        </div>
      ))}
    </div>
  );
}

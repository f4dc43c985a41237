import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n/use-translation';
import { Icon, type IconName } from '../../shell/icon';
import type { FindingWords } from './finding-words';
import classes from './findings.module.css';

export type FindingState = 'passed' | 'noted' | 'failed' | 'skipped' | 'running' | 'waiting';

const icons: Partial<Record<FindingState, IconName>> = {
  passed: 'check',
  noted: 'warn',
  failed: 'warn',
  skipped: 'info',
};

/** A quiet list of what is tried, one row each. */
export function Findings({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <ol className={classes.list} aria-label={label}>
      {children}
    </ol>
  );
}

interface RowProps {
  readonly name: string;
  /** Where it is said in another way than of checks. */
  readonly outcome?: string;
  readonly state: FindingState;
  readonly children?: ReactNode;
}

/** What is tried, its outcome by sign and by word, and below that what was found. */
export function FindingRow({ name, outcome, state, children }: RowProps) {
  const { t } = useTranslation();
  const icon = icons[state];
  return (
    <li className={classes.row} data-state={state}>
      <span className={classes.mark} aria-hidden="true">
        {icon ? <Icon name={icon} size={16} /> : state === 'running' && <Loader size={14} />}
      </span>
      <span className={classes.name}>{name}</span>
      <span className={classes.outcome}>{outcome ?? t(`diagnosis.outcome.${state}`)}</span>
      {children}
    </li>
  );
}

/** What was found, at which host where that is not always the same, and what helps where there is something. */
export function Finding({ found, helps, host }: FindingWords & { host?: string }) {
  const { t } = useTranslation();
  return (
    <div className={classes.finding}>
      <div>
        {host && <span className={classes.host}>{host} · </span>}
        {found}
      </div>
      {helps !== undefined && (
        <div>
          <strong>{t('diagnosis.fix')}</strong> {helps}
        </div>
      )}
    </div>
  );
}

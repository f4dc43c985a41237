import { ActionIcon, Button, Loader, Text, Title } from '@mantine/core';
import type { DiagnosisCheck, DiagnosisItem } from '@daybook/contracts';
import { diagnosisChecks } from '../../api/diagnosis-reader';
import type { DiagnosisOnShow } from '../../api/use-diagnosis';
import { useTranslation } from '../../i18n/use-translation';
import { Icon, type IconName } from '../../shell/icon';
import { ProblemBox } from '../../states/problem-box';
import classes from './connection-check.module.css';

const idOf = (connectionId: string) => `check-${connectionId}`;

interface CheckProps {
  readonly connectionId: string;
  readonly diagnosis: DiagnosisOnShow;
}

/** Starts the check, and starts it again. It stays in place while one runs, so that nobody's focus is lost. */
export function CheckButton({ connectionId, diagnosis }: CheckProps) {
  const { t } = useTranslation();
  const running = diagnosis.phase === 'running';
  const open = diagnosis.phase !== 'closed';
  return (
    <Button
      variant="default"
      aria-expanded={open}
      aria-controls={open ? idOf(connectionId) : undefined}
      aria-disabled={running || undefined}
      onClick={() => {
        if (!running) diagnosis.start();
      }}
    >
      {t(open && !running ? 'diagnosis.again' : 'diagnosis.start')}
    </Button>
  );
}

/** The running list: every check from the beginning, each with its outcome as it comes, and what helps where it failed. */
export function ConnectionCheck({ connectionId, diagnosis }: CheckProps) {
  const { t } = useTranslation();
  const { phase, items, error, close } = diagnosis;
  if (phase === 'closed') return null;
  const id = idOf(connectionId);
  const found = new Map(items.map((item) => [item.check, item]));
  const current = phase === 'running' ? diagnosisChecks.find((check) => !found.has(check)) : undefined;
  return (
    <section id={id} className={classes.root} aria-labelledby={`${id}-title`}>
      <div className={classes.head}>
        <Title order={4} size="h3" id={`${id}-title`}>
          {t('diagnosis.title')}
        </Title>
        <ActionIcon variant="subtle" color="gray" aria-label={t('diagnosis.close')} onClick={close}>
          <Icon name="close" />
        </ActionIcon>
      </div>
      <Text c="dimmed">{t('diagnosis.lead')}</Text>
      <Text role="status" fw={600}>
        <Summary items={items} current={current} failed={error !== null} />
      </Text>
      {error !== null && <ProblemBox error={error} />}
      <ol className={classes.list}>
        {diagnosisChecks.map((check) => (
          <CheckRow key={check} check={check} item={found.get(check)} current={check === current} />
        ))}
      </ol>
    </section>
  );
}

function Summary(props: { items: readonly DiagnosisItem[]; current: DiagnosisCheck | undefined; failed: boolean }) {
  const { t } = useTranslation();
  const { items, current, failed } = props;
  if (current) return t('diagnosis.running', { check: t(`diagnosis.check.${current}.name`) });
  const failures = items.filter(({ outcome }) => outcome === 'failed').length;
  if (failures > 0) return t('diagnosis.failures', { count: failures });
  if (failed) return null;
  return t(items.some(({ outcome }) => outcome === 'skipped') ? 'diagnosis.allWellSkipped' : 'diagnosis.allWell');
}

const icons: Record<DiagnosisItem['outcome'], IconName> = { passed: 'check', failed: 'warn', skipped: 'info' };

function CheckRow({
  check,
  item,
  current,
}: {
  check: DiagnosisCheck;
  item: DiagnosisItem | undefined;
  current: boolean;
}) {
  const { t } = useTranslation();
  const state = item?.outcome ?? (current ? 'running' : 'waiting');
  return (
    <li className={classes.row} data-state={state}>
      <span className={classes.mark} aria-hidden="true">
        {item ? <Icon name={icons[item.outcome]} size={16} /> : current && <Loader size={14} />}
      </span>
      <span className={classes.name}>{t(`diagnosis.check.${check}.name`)}</span>
      <span className={classes.outcome}>{t(`diagnosis.outcome.${state}`)}</span>
      {item && <Finding item={item} />}
    </li>
  );
}

/** In the person's language by check and code; what this page has no words for keeps the server's. */
function Finding({ item }: { item: DiagnosisItem }) {
  const { t, i18n } = useTranslation();
  const { check, code, detail, fix } = item;
  const say = (key: string, otherwise: string | undefined) => (i18n.exists(key) ? t(key) : otherwise);
  const helps = fix === undefined ? undefined : say(`diagnosis.helps.${code}`, fix);
  return (
    <div className={classes.finding}>
      <div>{say(code === undefined ? `diagnosis.check.${check}.passed` : `diagnosis.found.${code}`, detail)}</div>
      {helps !== undefined && (
        <div>
          <strong>{t('diagnosis.fix')}</strong> {helps}
        </div>
      )}
    </div>
  );
}

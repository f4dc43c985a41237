import { ActionIcon, Button, Text, Title } from '@mantine/core';
import type { ConnectionMethod, DiagnosisCheck, DiagnosisItem } from '@daybook/contracts';
import { diagnosisChecks } from '../../api/diagnosis-reader';
import type { DiagnosisOnShow } from '../../api/use-diagnosis';
import { useTranslation } from '../../i18n/use-translation';
import { Icon } from '../../shell/icon';
import { ProblemBox } from '../../states/problem-box';
import { stateOf, useFindingWords } from './finding-words';
import { Finding, FindingRow, Findings } from './findings';
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
export function ConnectionCheck({ connectionId, method, diagnosis }: CheckProps & { method: ConnectionMethod }) {
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
      <Findings>
        {diagnosisChecks.map((check) => (
          <CheckRow key={check} check={check} item={found.get(check)} current={check === current} method={method} />
        ))}
      </Findings>
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
  if (items.some((item) => stateOf(item) === 'noted')) return t('diagnosis.allWellNoted');
  return t(items.some(({ outcome }) => outcome === 'skipped') ? 'diagnosis.allWellSkipped' : 'diagnosis.allWell');
}

interface RowProps {
  readonly check: DiagnosisCheck;
  readonly item: DiagnosisItem | undefined;
  readonly current: boolean;
  readonly method: ConnectionMethod;
}

function CheckRow({ check, item, current, method }: RowProps) {
  const { t } = useTranslation();
  const words = useFindingWords(method);
  return (
    <FindingRow
      name={t(`diagnosis.check.${check}.name`)}
      state={item ? stateOf(item) : current ? 'running' : 'waiting'}
    >
      {item && <Finding {...words(item, `diagnosis.check.${check}.passed`)} />}
    </FindingRow>
  );
}

import { Text } from '@mantine/core';
import type { SignInItem } from '@daybook/contracts';
import type { SignInState } from '../../../api/use-sign-in';
import { useTranslation } from '../../../i18n/use-translation';
import { Finding, FindingRow, Findings } from '../findings';
import { stateOf, useFindingWords } from '../finding-words';

/** Each step as it is made (places that nobody had to ask are not shown), with what helps under the one that failed; its line is read out as it changes. */
export function SignInSteps({ signIn: { phase, items } }: { signIn: SignInState }) {
  const { t } = useTranslation();
  const words = useFindingWords('ews');
  const outcomeOf = (item: SignInItem) =>
    item.outcome === 'skipped' ? t('ews.skippedStep') : t(`diagnosis.outcome.${stateOf(item)}`);
  const made = items.filter(({ code }) => code !== 'not_needed');
  const running = phase === 'running';
  const last = made.at(-1);
  const progress = last
    ? t('ews.progress', { step: t(`ews.step.${last.step}.name`), outcome: outcomeOf(last) })
    : t('ews.running');
  return (
    <div>
      <Text role="status" c="dimmed">
        {running && progress}
      </Text>
      {(running || made.length > 0) && (
        <Findings label={t('ews.steps')}>
          {made.map((item, index) => (
            <FindingRow
              key={`${index} ${item.step}`}
              name={t(`ews.step.${item.step}.name`)}
              state={stateOf(item)}
              outcome={outcomeOf(item)}
            >
              <Finding host={item.host} {...words(item, `ews.step.${item.step}.passed`)} />
            </FindingRow>
          ))}
          {running && <FindingRow name={t('ews.next')} state="running" />}
        </Findings>
      )}
    </div>
  );
}

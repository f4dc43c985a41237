import { Anchor, Text } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { Link } from 'react-router';
import type { Meeting, ReasonCode } from '@daybook/contracts';
import { Disclosure } from '../../states/disclosure';
import { ProviderLink } from '../../states/provider-link';
import { useOpenWords } from './meeting-words';
import classes from './detail.module.css';

type Candidate = Meeting['join']['candidates'][number];

/** *Why?*: the field and rule that made the Join button, or why there is none, and every link that was looked at. */
export function WhyJoin({ meeting, brand }: { meeting: Meeting; brand: string }) {
  const { t } = useTranslation();
  const { candidates } = meeting.join;
  return (
    <Disclosure label={t('detail.why')}>
      <Text>{useBecause(meeting, brand)}</Text>
      {candidates.length > 0 && (
        <>
          <Text c="dimmed">{t('detail.candidates')}</Text>
          <ul className={classes.candidates}>
            {candidates.map((candidate, index) => (
              <CandidateItem key={`${candidate.url} ${index}`} candidate={candidate} />
            ))}
          </ul>
        </>
      )}
    </Disclosure>
  );
}

function useBecause({ join }: Meeting, brand: string): string {
  const { t } = useTranslation();
  const field = useFieldName();
  if (join.recognised && join.because)
    return t('detail.chosen', { field: field(join.because.field), rule: join.because.rule });
  if (join.provider) {
    const where = join.because?.field ?? join.candidates.find((item) => item.provider === join.provider)?.field ?? '';
    return t('detail.otherVendor', { provider: join.provider, field: field(where), brand });
  }
  return join.candidates.length > 0 ? t('detail.notChosen', { brand }) : t('detail.noneFound');
}

function CandidateItem({ candidate }: { candidate: Candidate }) {
  const { t, i18n } = useTranslation();
  const field = useFieldName();
  const { lost } = candidate;
  const known = lost === null || i18n.exists(`lost.${lost}`);
  const reason = lost === null ? t('detail.candidateChosen') : known && t(`lost.${lost}`);
  return (
    <li>
      <code className={classes.url}>{candidate.url}</code>
      <div className={classes.dim}>
        {[field(candidate.field), candidate.provider, reason].filter(Boolean).join(' · ')}
      </div>
    </li>
  );
}

/** *Why can't I…*: each action the item does not allow, with its reason. Actions that are allowed are elsewhere. */
export function WhyNot({ meeting, brand }: { meeting: Meeting; brand: string }) {
  const { t, i18n } = useTranslation();
  const openWords = useOpenWords();
  const { actions } = meeting;
  const refused = [
    { key: 'detail.whyNotJoin', reason: actions.join ? undefined : actions.reasons.join },
    { key: 'detail.whyNotEdit', reason: actions.edit ? undefined : actions.reasons.edit },
    { key: 'detail.whyNotDelete', reason: actions.delete ? undefined : actions.reasons.delete },
  ].filter((action): action is { key: string; reason: ReasonCode } => action.reason !== undefined);
  if (refused.length === 0) return null;
  const words = (code: ReasonCode) => t(i18n.exists(`reason.${code}`) ? `reason.${code}` : 'reason.other', { brand });
  return (
    <Disclosure label={t('detail.whyNot')}>
      <dl className={classes.reasons}>
        {refused.map(({ key, reason }) => (
          <div key={key}>
            <dt>… {t(key)}</dt>
            <dd className={classes.dim}>{words(reason)}</dd>
          </div>
        ))}
      </dl>
      {refused.some(({ reason }) => reason === 'permission_missing') && (
        <div>
          <Anchor component={Link} to="/profile/integration" underline="always">
            {t('meetings.toIntegration')}
          </Anchor>
        </div>
      )}
      {meeting.editUrl && (!actions.edit || !actions.delete) && (
        <div>
          <ProviderLink url={meeting.editUrl}>{openWords(meeting)}</ProviderLink>
        </div>
      )}
    </Disclosure>
  );
}

function useFieldName(): (field: string) => string {
  const { t, i18n } = useTranslation();
  return (field) => (i18n.exists(`field.${field}`) ? t(`field.${field}`) : field);
}

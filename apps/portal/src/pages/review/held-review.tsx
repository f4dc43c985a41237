import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Calendar } from '@daybook/contracts';
import { hasCode } from '../../api/api-problem';
import { useReview, type ReviewAnswer } from '../../api/review-queries';
import { useTranslation } from '../../i18n/use-translation';
import { Icon } from '../../shell/icon';
import { usePerson } from '../../shell/person-context';
import { Disclosure } from '../../states/disclosure';
import { ProblemBox } from '../../states/problem-box';
import { ConfirmAnswer } from './confirm-answer';
import { VanishingItems } from './vanishing-items';
import classes from './review.module.css';

/** One held run: how much would vanish, what it is, and the two answers to it. */
export function HeldReview({ calendar }: { calendar: Calendar }) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const review = useReview(calendar.id);
  const [asked, setAsked] = useState<ReviewAnswer | null>(null);
  const [first] = review.data?.pages ?? [];
  const shown = first ?? calendar.review;
  if (!shown || hasCode(review.error, 'not_found')) return null;
  const counts = { removing: formats.number(shown.removing), existing: formats.number(shown.existing) };
  const title = t('review.title', { calendar: calendar.name });
  return (
    <Alert
      role="group"
      color="yellow"
      variant="light"
      icon={<Icon name="warn" />}
      className={classes.note}
      title={title}
    >
      <Stack gap="sm">
        <Text>{t('review.text', counts)}</Text>
        <Text c="dimmed">{t('connection.since', { time: formats.moment(Date.parse(shown.since)) })}</Text>
        {review.error && <ProblemBox error={review.error} onRetry={() => void review.refetch()} />}
        {first && (
          <Disclosure label={t('review.list')}>
            <VanishingItems review={review} label={t('review.list')} />
          </Disclosure>
        )}
        {first && <Answers calendar={calendar} review={first} onAsk={setAsked} />}
      </Stack>
      {asked && <ConfirmAnswer {...{ calendar, asked, ...counts }} onClose={() => setAsked(null)} />}
    </Alert>
  );
}

interface AnswersProps {
  readonly calendar: Calendar;
  readonly review: { readonly version: string; readonly applied: boolean };
  readonly onAsk: (asked: ReviewAnswer) => void;
}

/** What is asked for is what was on show when it was asked: a set that changes meanwhile is refused as another one. */
function Answers({ calendar, review, onAsk }: AnswersProps) {
  const { t } = useTranslation();
  const { version } = review;
  if (review.applied) return <Text role="status">{t('review.applied')}</Text>;
  return (
    <Group gap="xs" role="group" aria-label={t('review.actions', { calendar: calendar.name })}>
      <Button variant="default" onClick={() => onAsk({ action: 'resync', version })}>
        {t('review.keep')}
      </Button>
      <Button variant="default" c="var(--mantine-color-error)" onClick={() => onAsk({ action: 'apply', version })}>
        {t('review.apply')}
      </Button>
    </Group>
  );
}

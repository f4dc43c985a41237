import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Meeting } from '@daybook/contracts';
import { useServiceLabel } from '../../api/people-queries';
import { useTranslation } from '../../i18n/use-translation';
import { Icon } from '../../shell/icon';

interface QuestionProps {
  readonly calendar: Meeting['calendar'];
  /** Who would get mail, as they are named here. */
  readonly people: readonly string[];
  /** What is done with mail. */
  readonly yes: string;
  readonly pending: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

const NAMED = 3;

/** Where a provider cannot write without sending mail, nothing is written before a person has said so. */
export function MailQuestion({ calendar, people, yes, pending, onYes, onNo }: QuestionProps) {
  const { t } = useTranslation();
  const labelOf = useServiceLabel();
  const named = usePeople(people);
  const service = calendar ? labelOf(calendar.service) : t('mail.theService');
  const question = useRef<HTMLDivElement>(null);
  useEffect(() => question.current?.focus(), []);
  return (
    <Alert
      ref={question}
      tabIndex={-1}
      role="alert"
      color="yellow"
      variant="light"
      icon={<Icon name="warn" />}
      title={t('mail.title', { service })}
      style={{ outline: 'none' }}
    >
      <Stack gap="xs" align="flex-start">
        <Text>{t('mail.text', { service, people: named })}</Text>
        <Group gap="xs">
          <Button size="xs" loading={pending} onClick={onYes}>
            {yes}
          </Button>
          <Button size="xs" variant="default" onClick={onNo}>
            {t('mail.no')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

/** `Ben, Cleo, Grace and 4 others`. */
function usePeople(people: readonly string[]): string {
  const { t, i18n } = useTranslation();
  if (people.length === 0) return t('mail.everybody');
  const more = people.length - NAMED;
  const shown = more > 1 ? people.slice(0, NAMED) : people;
  const list = more > 1 ? [...shown, t('mail.others', { count: more })] : shown;
  return new Intl.ListFormat(i18n.language).format(list);
}

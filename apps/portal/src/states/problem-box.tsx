import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from '../i18n/use-translation';
import { toProblem } from '../api/api-problem';
import { Icon } from '../shell/icon';
import { Disclosure } from './disclosure';
import { useServerFaultWords } from './fault-words';
import { ProviderLink } from './provider-link';

interface ProblemBoxProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
  /** What else can be done about it. */
  readonly action?: ReactNode;
}

/** What went wrong, what to do, a retry where one helps, and behind *Details* what support needs. */
export function ProblemBox({ error, onRetry, action }: ProblemBoxProps) {
  const { t } = useTranslation();
  const problem = toProblem(error);
  const words = useProblemWords(problem.code, problem.detail);
  const faultWords = useServerFaultWords();
  return (
    <Alert role="alert" color="red" variant="light" icon={<Icon name="warn" />} title={words.title}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{words.text}</Text>
        {problem.fields.length > 0 && (
          <ul style={{ margin: 0, paddingInlineStart: 20 }}>
            {problem.fields.map((fault) => (
              <li key={`${fault.field} ${fault.detail}`}>
                {fault.field}: {faultWords(fault)}
              </li>
            ))}
          </ul>
        )}
        {problem.editUrl && <ProviderLink url={problem.editUrl}>{t('detail.openProvider')}</ProviderLink>}
        <Group gap="sm">
          {action}
          {onRetry && (
            <Button size="xs" variant="default" onClick={onRetry}>
              {t('app.retry')}
            </Button>
          )}
        </Group>
        <Disclosure label={t('app.details')}>
          <Text size="xs">
            {t('app.code')}: <Code>{problem.code}</Code>
          </Text>
          {problem.correlationId !== '' && (
            <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
              {t('app.reference')}: <Code>{problem.correlationId}</Code>
            </Text>
          )}
          {problem.detail !== '' && <Text size="xs">{problem.detail}</Text>}
        </Disclosure>
      </Stack>
    </Alert>
  );
}

/** The words of a problem code in the person's language; a code without words keeps the server's sentence. */
export function useProblemWords(code: string, detail: string): { title: string; text: string } {
  const { t, i18n } = useTranslation();
  if (i18n.exists(`problem.${code}.title`))
    return { title: t(`problem.${code}.title`), text: t(`problem.${code}.text`) };
  return { title: t('problem.internal_error.title'), text: detail || t('problem.internal_error.text') };
}

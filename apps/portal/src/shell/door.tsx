import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from '../i18n/use-translation';
import { AppearanceSwitch } from './appearance-switch';
import { LanguageSwitch } from './language-switch';

/** The frame of the pages before signing in. */
export function Door({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Stack mih="100dvh" align="center" justify="center" p="md" gap="md">
      <Group component="header" gap={8}>
        <img src="/icon.svg" alt="" width={32} height={32} />
        <Text component="span" fw={600} fz={20}>
          {t('app.name')}
        </Text>
      </Group>
      <Paper component="main" withBorder p="lg" w="100%" maw={400}>
        <Stack gap="md">
          <div>
            <Title order={1}>{title}</Title>
            <Text c="dimmed" mt={4}>
              {lead}
            </Text>
          </div>
          {children}
        </Stack>
      </Paper>
      <Group component="footer" gap="xs">
        <LanguageSwitch keep={false} />
        <AppearanceSwitch />
      </Group>
    </Stack>
  );
}

import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon, type IconName } from '../shell/icon';

/** What would be here, and the one button that gets it there. */
export function Empty(props: { icon: IconName; title: string; text: string; action?: ReactNode; order?: 1 | 2 | 3 }) {
  return (
    <Stack align="center" gap="xs" py={48} px="md" ta="center">
      <Text component="span" c="dimmed">
        <Icon name={props.icon} size={36} />
      </Text>
      <Title order={props.order ?? 2} size="h2">
        {props.title}
      </Title>
      <Text c="dimmed" maw={440}>
        {props.text}
      </Text>
      {props.action && <div style={{ marginTop: 8 }}>{props.action}</div>}
    </Stack>
  );
}

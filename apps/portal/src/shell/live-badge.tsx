import { Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from '../i18n/use-translation';
import { useConnections } from '../api/connection-queries';
import { useServiceLabel } from '../api/people-queries';
import { useLiveState } from '../api/portal-context';
import { isDelayed, useFreshnessSentence } from '../states/freshness-note';
import classes from './shell.module.css';

/** The dot in the header: whether what one sees is live, and behind it when each service was last heard. */
export function LiveBadge() {
  const { t } = useTranslation();
  const live = useLiveState();
  const connections = useConnections();
  const labelOf = useServiceLabel();
  const sentence = useFreshnessSentence();
  const parts = (connections.data?.items ?? []).flatMap((connection) =>
    [connection.calendar, connection.contacts].flatMap((part) =>
      part.freshness.sources.map((source) => ({
        source,
        stale: isDelayed(part),
        label: labelOf(connection.service),
      })),
    ),
  );
  const stale = live === 'live' && parts.some((part) => part.stale);
  const state = stale ? 'stale' : live;
  const text = stale
    ? t('live.staleText')
    : live === 'live'
      ? t('live.liveText')
      : live === 'offline'
        ? t('live.offlineText')
        : t('live.connectingText');
  return (
    <Popover width={300} position="bottom-end" withArrow>
      <Popover.Target>
        <UnstyledButton className={classes.live} data-state={state}>
          <span className={classes.dot} aria-hidden="true" />
          {t(`live.${state}`)}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <Text size="sm">{text}</Text>
          {parts.map(({ source, label }) => (
            <Text size="sm" c="dimmed" key={`${source.connectionId} ${source.part}`}>
              {sentence(source, label)}
            </Text>
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { Icon } from '../../shell/icon';
import type { Draft } from './draft';
import { differences } from './merge';
import { useDraftSummary } from './draft-summary';

interface ConflictProps {
  readonly base: Draft;
  readonly mine: Draft;
  readonly present: Draft;
  readonly onGoOn: () => void;
  readonly onDiscard: () => void;
}

/** Somebody was faster: what they changed, what of it would be replaced, and the way on. */
export function ConflictNote({ base, mine, present, onGoOn, onDiscard }: ConflictProps) {
  const { t, i18n } = useTranslation();
  const summary = useDraftSummary();
  const theirs = differences(base, present);
  const entered = differences(base, mine);
  const both = theirs.filter((part) => entered.includes(part) && differences(mine, present).includes(part));
  const list = (names: readonly string[]) =>
    new Intl.ListFormat(i18n.language).format(names.map((name) => t(`schedule.part.${name}`)));
  return (
    <Alert role="alert" color="yellow" variant="light" icon={<Icon name="warn" />} title={t('schedule.conflictTitle')}>
      <Stack gap="xs" align="flex-start">
        <Text>{theirs.length > 0 ? t('schedule.conflictText') : t('schedule.conflictUnclear')}</Text>
        <ul style={{ margin: 0, paddingInlineStart: 20 }}>
          {theirs.map((part) => (
            <li key={part}>
              {t(`schedule.part.${part}`)}: {summary(part, base)} → {summary(part, present)}
            </li>
          ))}
        </ul>
        {both.length > 0 && <Text>{t('schedule.conflictBoth', { parts: list(both) })}</Text>}
        <Group gap="xs">
          <Button size="xs" onClick={onGoOn}>
            {t('schedule.goOn')}
          </Button>
          <Button size="xs" variant="default" onClick={onDiscard}>
            {t('schedule.discard')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

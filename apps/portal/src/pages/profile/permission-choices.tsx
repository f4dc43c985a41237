import { Group, Radio, Stack, Text } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import type { Permission, Permissions, Service } from '@daybook/contracts';
import { Icon } from '../../shell/icon';
import classes from './profile.module.css';

interface ChoicesProps {
  readonly service: Service;
  readonly permissions: Permissions;
  readonly onChoose: (part: keyof Permissions, value: Permission) => void;
}

/** For each part the service offers: none, read, read and write, each with what it lets happen. */
export function PermissionChoices({ service, permissions, onChoose }: ChoicesProps) {
  const { t } = useTranslation();
  return service.permissions.map(({ part, choices, locked }) => (
    <fieldset key={part} className={classes.permission}>
      <legend>{t(`connection.${part}`)}</legend>
      {locked && (
        <Group gap={6} mt={4} c="dimmed">
          <Icon name="lock" size={14} />
          <Text>{t('permission.locked')}</Text>
        </Group>
      )}
      <Radio.Group
        aria-label={t(`connection.${part}`)}
        value={permissions[part]}
        onChange={(value) => {
          const next = choices.find((choice) => choice === value);
          if (next) onChoose(part, next);
        }}
      >
        <Stack gap="xs" mt="xs">
          {choices.map((choice) => (
            <Radio.Card
              key={choice}
              value={choice}
              className={classes.choice}
              disabled={locked}
              data-disabled={locked || undefined}
            >
              <Group gap="sm" wrap="nowrap" align="flex-start">
                <Radio.Indicator disabled={locked} />
                <div>
                  <Text fw={500}>{t(`permission.${choice}`)}</Text>
                  <Text c="dimmed">{t(`permission.sentence.${part}.${choice}`)}</Text>
                </div>
              </Group>
            </Radio.Card>
          ))}
        </Stack>
      </Radio.Group>
    </fieldset>
  ));
}

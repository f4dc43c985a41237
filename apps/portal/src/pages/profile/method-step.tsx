import { Button, Group, Radio, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { useSearchParams } from 'react-router';
import type { Service } from '@daybook/contracts';
import { Icon } from '../../shell/icon';
import { ProblemBox } from '../../states/problem-box';
import { useMethodWords } from './method-words';
import { atStep, hasForm, methodIn, type Method } from './place-in-flow';
import { useLeave } from './use-leave';
import classes from './profile.module.css';

/** How to authorise, where a service offers more than one way: the recommended one first, others with what speaks against them. */
export function MethodStep({ service }: { service: Service }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const leave = useLeave(service);
  const chosen = methodIn(service, search);
  const sorted = [...service.methods].sort((a, b) => Number(b.recommended) - Number(a.recommended));
  const byForm = chosen !== undefined && hasForm(chosen);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (byForm) setSearch(atStep(search, 'form'));
        else if (chosen) leave.go(chosen.method);
      }}
    >
      <Stack gap="lg">
        <Radio.Group
          label={<Title order={2}>{t('ews.chooseMethod')}</Title>}
          value={chosen?.method ?? ''}
          onChange={(method) => setSearch({ ...Object.fromEntries(search), method }, { replace: true })}
        >
          <Stack gap="xs" mt="xs">
            {sorted.map((method) => (
              <MethodChoice key={method.method} service={service} method={method} />
            ))}
          </Stack>
        </Radio.Group>
        {!byForm && <Text c="dimmed">{t('flow.leaving', { service: service.label })}</Text>}
        {leave.error && <ProblemBox error={leave.error} />}
        <Group gap="xs">
          <Button type="submit" loading={leave.leaving}>
            {t('flow.next')}
          </Button>
          <Button variant="default" onClick={() => setSearch(atStep(search, 'permissions'))}>
            {t('app.back')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function MethodChoice({ service, method }: { service: Service; method: Method }) {
  const { t, i18n } = useTranslation();
  const words = useMethodWords();
  const warning = `${method.method}.warning.${service.service}`;
  return (
    <Radio.Card value={method.method} className={classes.choice}>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Radio.Indicator />
        <div>
          <Text fw={500}>{words(method)}</Text>
          {i18n.exists(`${warning}.text`) && (
            <Group gap={6} wrap="nowrap" align="flex-start" c="dimmed" mt={2}>
              <Icon name="warn" />
              <Text>
                {t(`${warning}.text`)} {t(`${warning}.choose`)}
              </Text>
            </Group>
          )}
        </div>
      </Group>
    </Radio.Card>
  );
}

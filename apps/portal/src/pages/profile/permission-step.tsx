import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { useSearchParams } from 'react-router';
import type { Permission, Permissions, Service } from '@daybook/contracts';
import { ProblemBox } from '../../states/problem-box';
import { PermissionChoices } from './permission-choices';
import { atStep, hasForm, onlyMethod } from './place-in-flow';
import { allNone, preselected } from './preselected';
import { useLeave } from './use-leave';

/** What may be done, for each part; after it comes the way to authorise, where there is only one that one. */
export function PermissionStep({ service }: { service: Service }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const leave = useLeave(service);
  const permissions = preselected(service, search);
  const method = onlyMethod(service);
  const leaves = method !== undefined && !hasForm(method);
  const choose = (part: keyof Permissions, value: Permission) =>
    setSearch({ ...Object.fromEntries(search), [part]: value }, { replace: true });
  const next = () => (leaves ? leave.go(method.method) : setSearch(atStep(search, method ? 'form' : 'method')));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        next();
      }}
    >
      <Stack gap="lg">
        <Title order={2}>{t('flow.choosePermissions')}</Title>
        <PermissionChoices service={service} permissions={permissions} onChoose={choose} />
        {leaves && <Text c="dimmed">{t('flow.leaving', { service: service.label })}</Text>}
        {leave.error && <ProblemBox error={leave.error} />}
        {allNone(permissions) && <Text role="status">{t('permission.nothing')}</Text>}
        <Group gap="xs">
          <Button type="submit" loading={leave.leaving} disabled={allNone(permissions)}>
            {t('flow.next')}
          </Button>
          <Button variant="default" onClick={() => setSearch(atStep(search, 'service'))}>
            {t('app.back')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

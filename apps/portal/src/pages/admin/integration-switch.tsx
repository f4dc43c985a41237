import { Button, Group, Modal, Skeleton, Stack, Switch, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from '../../i18n/use-translation';
import type { Policy } from '@daybook/contracts';
import { usePolicy, useSavePolicy } from '../../api/admin-queries';
import { hasCode } from '../../api/api-problem';
import { usePerson } from '../../shell/person-context';
import { ProblemBox } from '../../states/problem-box';

/** On or off for the whole account; off asks once. A policy changed elsewhere meanwhile is shown, not overwritten. */
export function IntegrationSwitch() {
  const { t } = useTranslation();
  const policy = usePolicy();
  return (
    <Stack gap="xs" component="section" aria-labelledby="admin-integration">
      <Title order={2} id="admin-integration">
        {t('admin.integration')}
      </Title>
      <Text c="dimmed">{t('admin.integrationText')}</Text>
      {policy.data ? (
        <PolicySwitch policy={policy.data} />
      ) : policy.error ? (
        <ProblemBox error={policy.error} onRetry={() => void policy.refetch()} />
      ) : (
        <Skeleton height={24} width={280} />
      )}
    </Stack>
  );
}

function PolicySwitch({ policy }: { policy: Policy }) {
  const { t } = useTranslation();
  const { me } = usePerson();
  const save = useSavePolicy();
  const [asking, { open, close }] = useDisclosure(false);
  const account = me.account.name;
  const change = (enabled: boolean) => {
    close();
    save.mutate({ ...policy, enabled });
  };
  return (
    <>
      <Switch
        size="md"
        checked={policy.enabled}
        disabled={save.isPending}
        label={t(policy.enabled ? 'admin.integrationOn' : 'admin.integrationOff', { account })}
        onChange={(event) => (event.currentTarget.checked ? change(true) : open())}
      />
      <Text role="status" c="dimmed">
        {save.isSuccess && t(save.data.enabled ? 'admin.switchedOn' : 'admin.switchedOff')}
        {hasCode(save.error, 'version_conflict') && t('admin.conflict')}
      </Text>
      {save.error && !hasCode(save.error, 'version_conflict') && <ProblemBox error={save.error} />}
      <Modal
        opened={asking}
        onClose={close}
        title={t('admin.offTitle')}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <Stack gap="md">
          <Text>{t('admin.offText', { account })}</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close} data-autofocus>
              {t('app.cancel')}
            </Button>
            <Button color="red.9" onClick={() => change(false)}>
              {t('admin.offConfirm')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

import { Button, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from '../../i18n/use-translation';
import type { ApiKey } from '@daybook/contracts';
import { useApiKeys, useDeleteApiKey } from '../../api/admin-queries';
import { usePerson } from '../../shell/person-context';
import { Empty } from '../../states/empty';
import { RowSkeletons } from '../../states/first-load';
import { ProblemBox } from '../../states/problem-box';
import { NewApiKey } from './new-api-key';
import classes from './admin.module.css';

/** The keys of other services: list, make, delete. */
export function ApiKeysSection() {
  const { t } = useTranslation();
  const list = useApiKeys();
  const [making, { open, close }] = useDisclosure(false);
  const create = (
    <Button variant="default" onClick={open}>
      {t('admin.newKey')}
    </Button>
  );
  return (
    <Stack gap="xs" component="section" aria-labelledby="admin-keys">
      <Group justify="space-between" gap="xs">
        <Title order={2} id="admin-keys">
          {t('admin.keys')}
        </Title>
        {list.data && list.data.items.length > 0 && create}
      </Group>
      <Text c="dimmed">{t('admin.keysText')}</Text>
      {!list.data ? (
        list.error ? (
          <ProblemBox error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <RowSkeletons count={2} />
        )
      ) : list.data.items.length === 0 ? (
        <Empty icon="key" title={t('admin.keysEmptyTitle')} text={t('admin.keysEmptyText')} action={create} order={3} />
      ) : (
        <ul className={classes.keys}>
          {list.data.items.map((key) => (
            <KeyItem key={key.id} item={key} />
          ))}
        </ul>
      )}
      {making && <NewApiKey onClose={close} />}
    </Stack>
  );
}

function KeyItem({ item }: { item: ApiKey }) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const [asking, setAsking] = useState(false);
  const remove = useDeleteApiKey();
  const moment = (text: string) => formats.moment(Date.parse(text));
  return (
    <li className={classes.key}>
      <div className={classes.keyName}>
        <Text fw={500}>{item.name}</Text>
        <Text c="dimmed">
          <code>{item.hint}…</code> · {item.scopes.map((scope) => t(`admin.scopes.${scope}`)).join(', ')}
        </Text>
      </div>
      <Text c="dimmed" className={classes.keyDates}>
        {t('admin.keyCreated')} {moment(item.createdAt)}
        <br />
        {t('admin.keyUsed')} {item.lastUsedAt ? moment(item.lastUsedAt) : t('admin.neverUsed')}
      </Text>
      <Button
        variant="subtle"
        color="red"
        c="var(--mantine-color-error)"
        aria-label={t('admin.deleteKeyNamed', { name: item.name })}
        onClick={() => setAsking(true)}
      >
        {t('admin.deleteKey')}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('admin.deleteKeyTitle', { name: item.name })}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <Stack gap="md">
          <Text>{t('admin.deleteKeyText')}</Text>
          {remove.error && <ProblemBox error={remove.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
              {t('app.cancel')}
            </Button>
            <Button color="red.9" loading={remove.isPending} onClick={() => remove.mutate(item.id)}>
              {t('admin.deleteKey')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </li>
  );
}

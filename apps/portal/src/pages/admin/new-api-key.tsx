import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from '../../i18n/use-translation';
import type { ApiKeyScope } from '@daybook/contracts';
import { useCreateApiKey } from '../../api/admin-queries';
import { CopyText } from '../../states/copy-text';
import { ProblemBox } from '../../states/problem-box';

/** What a key can be good for today. */
const scopes: readonly ApiKeyScope[] = ['meetings:read'];

/** Makes a key and shows it once: this window closes only by its button, not by a click beside it. */
export function NewApiKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const create = useCreateApiKey();
  const made = create.data;
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={!made}
      closeOnEscape={!made}
      withCloseButton={!made}
      title={made ? t('admin.keyTitle', { name: made.name }) : t('admin.newKey')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {made ? (
        <Stack gap="md">
          <Text>{t('admin.keyOnce')}</Text>
          <CopyText text={made.key} label={t('app.copy')} />
          <Group justify="flex-end">
            <Button onClick={onClose}>{t('admin.keyDone')}</Button>
          </Group>
        </Stack>
      ) : (
        <KeyForm create={create} onClose={onClose} />
      )}
    </Modal>
  );
}

function KeyForm({ create, onClose }: { create: ReturnType<typeof useCreateApiKey>; onClose: () => void }) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { name: '' },
    validate: { name: (value) => (value.trim() === '' ? t('admin.needKeyName') : null) },
  });
  return (
    <form noValidate onSubmit={form.onSubmit(({ name }) => create.mutate({ name: name.trim(), scopes }))}>
      <Stack gap="md">
        <TextInput
          label={t('admin.keyName')}
          description={t('admin.keyNameHint')}
          maxLength={100}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Text>
          {t('admin.scope')}: {scopes.map((scope) => t(`admin.scopes.${scope}`)).join(', ')}
        </Text>
        {create.error && <ProblemBox error={create.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('admin.createKey')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

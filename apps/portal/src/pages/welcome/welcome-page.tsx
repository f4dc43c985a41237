import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from '../../i18n/use-translation';
import { Navigate, useSearchParams } from 'react-router';
import { usePortal, useSessionStatus } from '../../api/portal-context';
import { Door } from '../../shell/door';
import { ProblemBox } from '../../states/problem-box';

/** `/welcome?token=…`: the one-time link of the first administrator. */
export function WelcomePage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const status = useSessionStatus();
  const token = search.get('token') ?? '';
  if (status === 'signed-in') return <Navigate to="/profile/integration" replace />;
  return (
    <Door title={t('welcome.title')} lead={t('welcome.lead')}>
      {token === '' ? <Alert color="yellow">{t('welcome.noToken')}</Alert> : <WelcomeForm token={token} />}
    </Door>
  );
}

function WelcomeForm({ token }: { token: string }) {
  const { t } = useTranslation();
  const { session } = usePortal();
  const form = useForm({
    initialValues: { accountName: '', name: '', email: '', password: '' },
    validate: {
      accountName: (value) => (value.trim() === '' ? t('welcome.needAccount') : null),
      name: (value) => (value.trim() === '' ? t('welcome.needName') : null),
      email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : t('signIn.needEmail')),
      password: (value) => (value.length < 10 ? t('welcome.passwordHint') : null),
    },
  });
  const become = useMutation({
    mutationFn: (values: typeof form.values) =>
      session.becomeFirstAdministrator({
        token,
        email: values.email.trim(),
        name: values.name.trim(),
        password: values.password,
        accountName: values.accountName.trim(),
      }),
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => become.mutate(values))}>
      <Stack gap="md">
        {become.error && <ProblemBox error={become.error} />}
        <TextInput
          label={t('welcome.accountName')}
          autoComplete="organization"
          {...form.getInputProps('accountName')}
        />
        <TextInput label={t('welcome.name')} autoComplete="name" {...form.getInputProps('name')} />
        <TextInput label={t('welcome.email')} type="email" autoComplete="username" {...form.getInputProps('email')} />
        <PasswordInput
          label={t('welcome.password')}
          description={t('welcome.passwordHint')}
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={become.isPending}>
          {t('welcome.submit')}
        </Button>
      </Stack>
    </form>
  );
}

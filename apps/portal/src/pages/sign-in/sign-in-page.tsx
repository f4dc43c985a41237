import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from '../../i18n/use-translation';
import { Navigate, useSearchParams } from 'react-router';
import { usePortal, useSessionStatus } from '../../api/portal-context';
import { Door } from '../../shell/door';
import { ProblemBox } from '../../states/problem-box';
import { safeTarget } from './safe-target';

export function SignInPage() {
  const { t } = useTranslation();
  const { session } = usePortal();
  const status = useSessionStatus();
  const [search] = useSearchParams();
  const target = safeTarget(search.get('to'));
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.trim() === '' ? t('signIn.needEmail') : null),
      password: (value) => (value === '' ? t('signIn.needPassword') : null),
    },
  });
  const signIn = useMutation({
    mutationFn: ({ email, password }: typeof form.values) => session.signIn(email.trim(), password),
    onError: () => form.setFieldValue('password', ''),
  });
  if (status === 'signed-in') return <Navigate to={target} replace />;
  return (
    <Door title={t('signIn.title')} lead={t('signIn.lead')}>
      {search.has('to') && !signIn.error && <Alert color="indigo">{t('signIn.comesTo')}</Alert>}
      {signIn.error && <ProblemBox error={signIn.error} />}
      <form noValidate onSubmit={form.onSubmit((values) => signIn.mutate(values))}>
        <Stack gap="md">
          <TextInput
            label={t('signIn.email')}
            type="email"
            autoComplete="username"
            data-autofocus
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('signIn.password')}
            autoComplete="current-password"
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={signIn.isPending}>
            {t('signIn.submit')}
          </Button>
        </Stack>
      </form>
    </Door>
  );
}

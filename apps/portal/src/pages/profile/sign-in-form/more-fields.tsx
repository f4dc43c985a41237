import { Alert, Button, FileButton, Stack, Switch, Textarea } from '@mantine/core';
import { useTranslation } from '../../../i18n/use-translation';
import { Icon } from '../../../shell/icon';
import { usePerson } from '../../../shell/person-context';
import { useFaultSentence } from './fault-sentence';
import { AUTHORITIES, SKIP } from './form-values';
import type { SignInFormState } from './use-sign-in-form';
import classes from './sign-in-form.module.css';

/** What a server with a certificate of its own kind needs. Checks are skipped only where an administrator allows it. */
export function MoreFields({ form }: { form: SignInFormState }) {
  const { t } = useTranslation();
  const { me } = usePerson();
  const sentence = useFaultSentence();
  const skips = form.values.skipCertificateChecks;
  const fault = sentence(form.faults[AUTHORITIES]);
  return (
    <Stack gap="md">
      <Textarea
        label={t('ews.authorities')}
        description={t('ews.authoritiesHint')}
        error={fault}
        aria-invalid={fault !== undefined}
        wrapperProps={{ 'data-field': AUTHORITIES }}
        classNames={{ input: classes.pem }}
        rows={4}
        spellCheck={false}
        autoComplete="off"
        value={form.values.texts[AUTHORITIES] ?? ''}
        onChange={(event) => form.enter(AUTHORITIES, event.currentTarget.value)}
      />
      <div>
        <FileButton accept=".pem,.crt,.cer" onChange={(file) => void enterFile(file, form)}>
          {(props) => (
            <Button variant="default" size="xs" {...props}>
              {t('ews.authoritiesFile')}
            </Button>
          )}
        </FileButton>
      </div>
      {/* One that is set stays to be seen, so that it can be ended. */}
      {(me.policy.exchange.allowUntrustedCertificates || skips) && (
        <Stack gap="xs">
          <Switch
            label={t('ews.skip')}
            aria-describedby={`${SKIP}-warning`}
            error={sentence(form.faults[SKIP])}
            wrapperProps={{ 'data-field': SKIP }}
            checked={skips}
            onChange={(event) => form.skip(event.currentTarget.checked)}
          />
          <Alert id={`${SKIP}-warning`} role="note" color="red" variant="light" icon={<Icon name="warn" />}>
            {t('ews.skipHint')}
          </Alert>
        </Stack>
      )}
    </Stack>
  );
}

/** Authorities are small; of anything larger no more is read than what shows that it is too large. */
const READ_BYTES = 100_000;

async function enterFile(file: File | null, form: SignInFormState): Promise<void> {
  if (file) form.enter(AUTHORITIES, await file.slice(0, READ_BYTES).text());
}

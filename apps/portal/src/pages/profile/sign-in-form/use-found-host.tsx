import { Button } from '@mantine/core';
import { useTranslation } from '../../../i18n/use-translation';
import type { SignInFormState } from './use-sign-in-form';

interface FoundProps {
  /** With its port where that is not the usual one. */
  readonly host: string;
  readonly form: SignInFormState;
}

/** Enters a server that was found without proof. Nothing is sent: whoever knows it as theirs sees it in its field and sends the form again. */
export function UseFoundHost({ host, form }: FoundProps) {
  const { t } = useTranslation();
  const url = `https://${host}/EWS/Exchange.asmx`;
  if (form.values.texts.url === url) return null;
  return (
    <Button
      size="xs"
      variant="default"
      onClick={({ currentTarget }) => {
        form.enter('url', url);
        currentTarget.form?.querySelector<HTMLElement>('[data-field=url] input')?.focus();
      }}
    >
      {t('ews.enterHost', { host })}
    </Button>
  );
}

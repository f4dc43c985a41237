import { PasswordInput, Select, TextInput } from '@mantine/core';
import type { ServiceName } from '@daybook/contracts';
import { useTranslation } from '../../../i18n/use-translation';
import { usePerson } from '../../../shell/person-context';
import { useFaultSentence } from './fault-sentence';
import type { FormField } from './form-values';
import type { SignInFormState } from './use-sign-in-form';

interface FieldProps {
  readonly field: FormField;
  readonly service: ServiceName;
  readonly form: SignInFormState;
}

/** One field as the service describes it, with the words this page has for it. */
export function FormFieldInput(props: FieldProps) {
  const { field, service, form } = props;
  const { t, i18n } = useTranslation();
  const words = useCommonProps(props);
  const text = form.values.texts[field.name] ?? '';
  const enter = (next: string) => form.enter(field.name, next);
  if (field.type === 'select') {
    const data = (field.options ?? []).map((value) => {
      const label = `ews.version.${value}`;
      return { value, label: i18n.exists(label) ? t(label) : value };
    });
    return (
      <Select {...words} data={data} value={text} allowDeselect={false} onChange={(value) => enter(value ?? '')} />
    );
  }
  if (field.type === 'password')
    return (
      <PasswordInput
        {...words}
        // Of another place than this page: a browser must not offer the password of Daybook itself.
        autoComplete={`section-${service} current-password`}
        visibilityToggleFocusable
        visibilityToggleButtonProps={{ 'aria-label': t('ews.showPassword') }}
        value={text}
        onChange={(event) => enter(event.currentTarget.value)}
      />
    );
  return (
    <TextInput
      {...words}
      {...kinds[field.name === 'url' ? 'url' : field.type](service)}
      value={text}
      onChange={(event) => enter(event.currentTarget.value)}
    />
  );
}

const plain = { autoCapitalize: 'none', autoCorrect: 'off', spellCheck: false };

/** An address may also be only the name of a server, so no browser may complain about it. */
const kinds = {
  text: (service: string) => ({ ...plain, autoComplete: `section-${service} username` }),
  email: (service: string) => ({ ...plain, type: 'email', autoComplete: `section-${service} email` }),
  url: () => ({ ...plain, inputMode: 'url' as const, autoComplete: 'off' }),
};

function useCommonProps({ field, service, form }: FieldProps) {
  const { t, i18n } = useTranslation();
  const { name, required } = field;
  const error = useFaultSentence()(form.faults[name]);
  const key = `ews.label.${service}.${name}`;
  const label = i18n.exists(key) ? t(key) : field.label;
  const hint = useHint(field);
  return {
    label: required || field.type === 'select' ? label : t('ews.optional', { label }),
    ...(hint === '' ? {} : { description: hint }),
    error,
    'aria-invalid': error !== undefined,
    required,
    withAsterisk: false,
    wrapperProps: { 'data-field': name },
  };
}

function useHint({ name, required, default: usual }: FormField): string {
  const { t, i18n } = useTranslation();
  const { allowedHosts } = usePerson().me.policy.exchange;
  const prefilled = usual !== undefined || (name === 'url' && required);
  const own =
    !prefilled && (!required || name === 'username') && i18n.exists(`ews.hint.${name}`) ? t(`ews.hint.${name}`) : '';
  const allowed =
    name === 'url' && allowedHosts.length > 0 ? t('ews.hint.allowed', { hosts: allowedHosts.join(', ') }) : '';
  return [own, allowed].filter(Boolean).join(' ');
}

import { Button, Group, Stack } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { ServiceName } from '@daybook/contracts';
import { useTranslation } from '../../../i18n/use-translation';
import { Disclosure } from '../../../states/disclosure';
import { ProblemBox } from '../../../states/problem-box';
import { FormFieldInput } from './form-field';
import { AUTHORITIES, SKIP } from './form-values';
import { MoreFields } from './more-fields';
import { SignInSteps } from './sign-in-steps';
import { UseFoundHost } from './use-found-host';
import { useSignInForm, type SignInFormSettings, type SignInFormState } from './use-sign-in-form';
import classes from './sign-in-form.module.css';

interface FormProps extends SignInFormSettings {
  readonly service: ServiceName;
  readonly submit: string;
  /** Where all but the password stays as it is, it is behind one line. */
  readonly folded?: boolean;
  /** What else can be done when signing in fails, by the code of the step that decided. */
  readonly otherwise?: (code: string | undefined) => ReactNode;
  /** The way back. It is told that what is entered may be forgotten. */
  readonly back: (forget: () => void) => ReactNode;
}

/** The form of a service that takes a password, and the steps of the sign-in as they are made. */
export function SignInForm({ service, submit, folded, otherwise, back, ...settings }: FormProps) {
  const form = useSignInForm(settings);
  const root = useFocusOnFault(form);
  const { signIn } = form;
  const failed = signIn.items.findLast(({ outcome }) => outcome === 'failed');
  const visible = settings.fields.filter(({ name }) => !folded || name === 'password');
  const others = settings.fields.filter((field) => !visible.includes(field));
  const one = (field: SignInFormSettings['fields'][number]) => (
    <FormFieldInput key={field.name} field={field} service={service} form={form} />
  );
  const useFound = failed?.code === 'host_unconfirmed' && failed.host !== undefined && (
    <UseFoundHost host={failed.host} form={form} />
  );
  return (
    <form
      ref={root}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      <Stack gap="lg">
        <div className={classes.fields}>
          {visible.map(one)}
          <Rest form={form} folded={others.length > 0}>
            {others.length > 0 && others.map(one)}
          </Rest>
        </div>
        <Group gap="xs">
          <Button type="submit" loading={signIn.phase === 'running' || signIn.phase === 'done'}>
            {submit}
          </Button>
          {back(form.forget)}
        </Group>
        {signIn.error !== null && <ProblemBox error={signIn.error} action={useFound || otherwise?.(failed?.code)} />}
        <SignInSteps signIn={signIn} />
      </Stack>
    </form>
  );
}

/** What few need: opened by whoever wants it, and by a fault in it. */
function Rest({ form, folded, children }: { form: SignInFormState; folded: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  const wrong = Object.keys(form.faults);
  const inside = folded ? wrong.some((name) => name !== 'password') : wrong.some((name) => BEHIND_MORE.includes(name));
  const [open, setOpen] = useState(false);
  const [answered, setAnswered] = useState(form.refusals);
  if (answered !== form.refusals) {
    setAnswered(form.refusals);
    if (inside) setOpen(true);
  }
  return (
    <Disclosure label={t(folded ? 'ews.changeServer' : 'ews.more')} open={open} onToggle={setOpen}>
      <Stack gap="md">
        {children}
        <MoreFields form={form} />
      </Stack>
    </Disclosure>
  );
}

const BEHIND_MORE = [AUTHORITIES, SKIP];

/** Leads whoever was refused to the first field that is to blame, or back to the button. */
function useFocusOnFault({ faults, refusals }: SignInFormState) {
  const root = useRef<HTMLFormElement>(null);
  const shown = useRef(0);
  useEffect(() => {
    if (shown.current === refusals) return;
    shown.current = refusals;
    const fields = [...(root.current?.querySelectorAll<HTMLElement>('[data-field]') ?? [])];
    const wrong = fields.find(({ dataset }) => dataset.field !== undefined && dataset.field in faults);
    const target = wrong?.querySelector<HTMLElement>('input, textarea');
    (target ?? root.current?.querySelector<HTMLElement>('button[type=submit]'))?.focus();
  }, [faults, refusals]);
  return root;
}

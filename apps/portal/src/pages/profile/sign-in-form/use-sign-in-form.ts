import { useState } from 'react';
import type { SignInItem } from '@daybook/contracts';
import { toProblem } from '../../../api/api-problem';
import type { Connected } from '../../../api/connection-queries';
import type { SignInCall } from '../../../api/sign-in-reader';
import { useSignIn, type SignInOnShow } from '../../../api/use-sign-in';
import { checkForm, faultOfSteps, faultsOfFields, type FormFaults } from './form-faults';
import { AUTHORITIES, SKIP, type FormField, type FormValues } from './form-values';
import { forgetForm, keepForm, keptForm } from './kept-form';

export interface SignInFormSettings {
  readonly fields: readonly FormField[];
  readonly start: FormValues;
  /** Under which name what is entered is kept for a reload. */
  readonly place: string;
  readonly callOf: (values: FormValues) => SignInCall;
  readonly onDone: (connected: Connected) => void;
}

export interface SignInFormState {
  readonly values: FormValues;
  readonly faults: FormFaults;
  readonly signIn: SignInOnShow;
  readonly enter: (name: string, text: string) => void;
  readonly skip: (skipCertificateChecks: boolean) => void;
  readonly submit: () => void;
  readonly forget: () => void;
  /** Counts refusals, so that each leads to its field anew. */
  readonly refusals: number;
}

/** What is entered, what is wrong with it, and the sign-in that it leads to. */
export function useSignInForm({ fields, start, place, callOf, onDone }: SignInFormSettings): SignInFormState {
  const [values, setValues] = useState(() => keptForm(place, start));
  const [faults, setFaults] = useState<FormFaults>({});
  const [refusals, setRefusals] = useState(0);
  const signIn = useSignIn();

  const complain = (found: FormFaults) => {
    setFaults(found);
    setRefusals((count) => count + 1);
  };
  const become = (next: FormValues, name: string) => {
    setValues(next);
    keepForm(place, next);
    setFaults(({ [name]: _mended, ...rest }) => rest);
  };
  const enter = (name: string, text: string) => become({ ...values, texts: { ...values.texts, [name]: text } }, name);
  const refuse = (error: unknown, items: readonly SignInItem[]) => {
    const names = [...fields.map(({ name }) => name), AUTHORITIES, SKIP];
    const found = { ...faultOfSteps(items), ...faultsOfFields(toProblem(error).fields, names) };
    complain(found);
    // What was refused is not to be sent again by mistake.
    if ('password' in found) setValues((now) => ({ ...now, texts: { ...now.texts, password: '' } }));
  };
  const succeed = (connected: Connected) => {
    forgetForm(place);
    onDone(connected);
  };

  return {
    values,
    faults,
    signIn,
    refusals,
    enter,
    skip: (skipCertificateChecks) => become({ ...values, skipCertificateChecks }, SKIP),
    forget: () => forgetForm(place),
    submit: () => {
      if (signIn.phase === 'running') return;
      const found = checkForm(fields, values);
      if (Object.keys(found).length > 0) return complain(found);
      setFaults({});
      signIn.start(callOf(values), { onDone: succeed, onFailed: refuse });
    },
  };
}

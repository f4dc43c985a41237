import type { AuthResult, FormSignIn, FormSignInOutcome, SignInForm, SignInStepResult } from '@daybook/provider-port';
import type { ConformanceSubject } from './conformance-subject';
import { calendarsOf, expectRefusal } from './listing';

const PERMISSIONS = { calendar: 'readWrite', contacts: 'none' } as const;
const RULES = { allowedHosts: [], allowUntrustedCertificates: false };

/** Signing in with a form of ours, where there is one. */
export function formCases(subject: () => ConformanceSubject): void {
  const typed = (): { readonly port: FormSignIn; readonly form: SignInForm } | null => {
    const { provider, form } = subject();
    return provider.auth.form && form ? { port: provider.auth.form, form } : null;
  };

  it('gives working access for what a person types, told step by step', async () => {
    const at = typed();
    if (!at) return;
    const steps: SignInStepResult[] = [];
    const tell = (step: SignInStepResult) => void steps.push(step);
    const { tokens, identity } = granted(
      await at.port.signIn(at.form, { permissions: PERMISSIONS, rules: RULES, tell }),
    );
    expect(subject().provider.auth.grantedBy(tokens.scopes)).toEqual(PERMISSIONS);
    expect(await calendarsOf(subject(), { token: tokens.accessToken })).not.toEqual([]);
    expect(tokens.refreshToken).toBe(tokens.accessToken);
    expect(identity.subject).not.toBe('');
    expect(steps.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual(
      expect.arrayContaining(['address passed', 'sign_in passed', 'mailbox passed']),
    );
  });

  it('tells a password that is refused from everything else, and shows it to nobody', async () => {
    const at = typed();
    if (!at) return;
    const tell = jest.fn();
    const form = { ...at.form, password: 'wrong-canary' };
    const outcome = await at.port.signIn(form, { permissions: PERMISSIONS, rules: RULES, tell });
    expect(outcome).toMatchObject({ type: 'failed', at: { step: 'sign_in', code: 'password_refused' } });
    expect(JSON.stringify([outcome, tell.mock.calls])).not.toContain('wrong-canary');
  });

  it('never tries a password again that was refused', async () => {
    const { provider } = subject();
    if (!typed()) return;
    const token = await subject().refreshToken();
    subject().mailbox.withdraw();
    await expectRefusal(calendarsOf(subject(), { token }), 'ConsentRevoked');
    await expectRefusal(provider.auth.refresh(token), 'ConsentRevoked');
  });
}

function granted(outcome: FormSignInOutcome): AuthResult {
  if (outcome.type === 'granted') return outcome.result;
  throw new Error(`refused at ${outcome.at.step}: ${outcome.at.code}`);
}

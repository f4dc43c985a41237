import type {
  CertificateNote,
  SignInFailureCode,
  SignInSkipCode,
  SignInStep,
  SignInStepResult,
} from '@daybook/provider-port';

export type FailedStep = SignInStepResult & { readonly outcome: 'failed' };

/** Ends a sign-in at the step that decided; it was told already. */
export class SignInFailure extends Error {
  constructor(readonly at: FailedStep) {
    super(`${at.step} ${at.code}`);
    this.name = 'SignInFailure';
  }
}

/** Tells each step as it is done. */
export class SignInSteps {
  constructor(private readonly tell: (result: SignInStepResult) => void) {}

  passed(step: SignInStep, at: URL | null, note: CertificateNote = {}): void {
    this.tell({ step, host: hostIn(at), outcome: 'passed', ...note });
  }

  skipped(step: SignInStep, at: URL | null, code: SignInSkipCode): void {
    this.tell({ step, host: hostIn(at), outcome: 'skipped', code });
  }

  /** @throws SignInFailure always */
  fail(
    step: SignInStep,
    at: URL | null,
    code: SignInFailureCode,
    note: Pick<CertificateNote, 'expiresAt'> = {},
  ): never {
    const result = { step, host: hostIn(at), outcome: 'failed', code, ...note } as const;
    this.tell(result);
    throw new SignInFailure(result);
  }
}

/** With the port where it is not the usual one. */
const hostIn = (url: URL | null): string | null => url?.host ?? null;

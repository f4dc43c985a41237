import type { ProviderHttp, ProviderHttpTrust, ServerRules } from '@daybook/provider-port';
import type { FormAccount } from './form-account';
import type { SignInSteps } from './sign-in-steps';
import type { TimeLeft } from './time-left';

/** One sign-in while it goes on: what each part of it works with. */
export interface SignInAttempt {
  readonly http: ProviderHttp;
  readonly account: FormAccount;
  /** For every server of it: a house has one authority for all. */
  readonly trust?: ProviderHttpTrust;
  readonly rules: ServerRules;
  readonly steps: SignInSteps;
  readonly time: TimeLeft;
}

import type { Clock, ProviderHttp, ProviderHttpTrust, ServerRules } from '@daybook/provider-port';
import type { FormAccount } from './form-account';
import type { RedirectsLeft } from './redirects-left';
import type { SignInSteps } from './sign-in-steps';
import type { TimeLeft } from './time-left';

/** One sign-in while it goes on: what each part of it works with. */
export interface SignInAttempt {
  readonly http: ProviderHttp;
  readonly clock: Clock;
  readonly account: FormAccount;
  /** For every server of it: a house has one authority for all. */
  readonly trust?: ProviderHttpTrust;
  readonly rules: ServerRules;
  readonly steps: SignInSteps;
  /** Of all that it is sent on by. */
  readonly redirects: RedirectsLeft;
  readonly time: TimeLeft;
}

import {
  fail,
  ProblemError,
  type Caller,
  type Permissions,
  type Policy,
  type ServiceName,
  type SignInItem,
} from '@daybook/contracts';
import type { Logger } from '@daybook/platform/logging';
import type { FormSignIn, FormSignInOutcome, SignInForm } from '@daybook/provider-port';
import { LivePush } from '../../ports/announcer';
import { Clock } from '../../ports/clock';
import { SignInAttempts } from '../../ports/sign-in-attempts';
import { blameFor, signInItem } from './sign-in-words';

const WINDOW_MS = 10 * 60_000;
/** Servers lock an account after some wrong passwords, by whichever of its names it was called and through whichever service. */
const REFUSALS = 5;
/** A failing form tells what is behind an address: that is not to be tried out for a whole network. */
const FAILURES_PER_PERSON = 60;
/** Each holds connections and may last 40 s. */
const AT_ONCE = 8;

export interface FormRequest {
  readonly caller: Caller;
  readonly service: ServiceName;
  readonly form: SignInForm;
  readonly signIn: FormSignIn;
  readonly permissions: Permissions;
  readonly policy: Policy;
  /** Each step is also pushed under this name as soon as it is there. */
  readonly tellAs?: string | undefined;
}

export type SignedIn = Extract<FormSignInOutcome, { readonly type: 'granted' }>;

/**
 * Signs in with what a person typed. Throws `sign_in_failed` with every step, `rate_limited` after too many failures, and
 * `service_unavailable` while too many are under way in this process.
 */
export class SignInWithForm {
  private running = 0;

  constructor(
    private readonly attempts: SignInAttempts,
    private readonly push: LivePush,
    private readonly logger: Logger,
    private readonly clock: Clock,
  ) {}

  async run(request: FormRequest): Promise<SignedIn> {
    if (this.running >= AT_ONCE) throw fail('service_unavailable', undefined, { retryAfter: 5 });
    this.running += 1;
    try {
      return await this.counted(request);
    } finally {
      this.running -= 1;
    }
  }

  /** Tries are counted before they are made, so that those sent at once all count; what turns out not to be one is taken back. */
  private async counted(request: FormRequest): Promise<SignedIn> {
    const { caller, service, form } = request;
    const person = `form:${caller.userId}`;
    const account = `${person}:${(form.username ?? form.email ?? '').toLowerCase()}`;
    const refusals = [`${person}/${service}`, account];
    await this.admit([person], FAILURES_PER_PERSON);
    await this.admit(refusals, REFUSALS);
    try {
      const result = await this.signIn(request);
      await this.takeBack([person, ...refusals]);
      return result;
    } catch (error) {
      if (!isRefusal(error)) await this.takeBack(refusals);
      throw error;
    }
  }

  /** Counts with all of these keys, or, where one is full, with none. */
  private async admit(keys: readonly string[], most: number): Promise<void> {
    const now = this.clock.now();
    const verdicts = await Promise.all(keys.map((key) => this.attempts.count(key, WINDOW_MS, now)));
    const full = verdicts.filter(({ count }) => count > most).map(({ windowEndsAt }) => windowEndsAt.getTime());
    if (full.length === 0) return;
    await this.takeBack(keys);
    const retryAfter = Math.max(1, Math.ceil((Math.max(...full) - now.getTime()) / 1000));
    throw fail('rate_limited', 'Too many sign-ins have failed. Wait a little and try again.', { retryAfter });
  }

  private async takeBack(keys: readonly string[]): Promise<void> {
    await Promise.all(keys.map((key) => this.attempts.takeBack(key)));
  }

  private async signIn({ signIn, form, permissions, policy, tellAs, caller }: FormRequest): Promise<SignedIn> {
    const steps: SignInItem[] = [];
    const tell = (item: SignInItem): void => {
      steps.push(item);
      if (tellAs !== undefined) this.push.signInStep(tellAs, item);
    };
    const options = { permissions, rules: policy.exchange, tell: (result: StepResult) => tell(signInItem(result)) };
    const outcome = await signIn.signIn(form, options).catch(unexpected);
    if (outcome.type === 'granted') return outcome;
    const { code } = outcome.at;
    this.logger.info('a sign-in with a form failed', { userId: caller.userId, code });
    throw fail('sign_in_failed', signInItem(outcome.at).detail, { blame: blameFor(code), steps });
  }
}

/** Whether a server has seen a wrong password. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof ProblemError && (error.problem.steps?.some(({ code }) => code === 'password_refused') ?? false)
  );
}

type StepResult = Parameters<Parameters<FormSignIn['signIn']>[1]['tell']>[0];

/** A bug; whatever it says may quote what was typed, so only its name goes on to the log. */
function unexpected(error: unknown): never {
  if (error instanceof ProblemError) throw error;
  throw new Error(`a sign-in with a form broke off: ${error instanceof Error ? error.name : typeof error}`);
}

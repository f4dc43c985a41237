import type { FormSignIn, FormSignInOptions, FormSignInOutcome, SignInForm } from '@daybook/provider-port';
import { findServices } from '../autodiscover/find-services';
import { readPlaces, type Places } from '../autodiscover/places';
import type { ExchangeProviderOptions } from '../exchange.provider';
import { accessIn, writeAccess } from '../transport/access-text';
import { accountOf, loginName } from './form-account';
import { trustOf } from './form-trust';
import { identityOf } from './mailbox-identity';
import { type Candidates, reachServer } from './reach-server';
import { RedirectsLeft } from './redirects-left';
import { scopesOf } from './scopes';
import { isAllowedHost } from './server-rules';
import type { SignInAttempt } from './sign-in-attempt';
import { signInAtServer } from './sign-in-at-server';
import { SignInFailure, SignInSteps } from './sign-in-steps';
import { TimeLeft } from './time-left';
import { isOnlyHost, typedServer } from './typed-server';

type Surroundings = Pick<
  ExchangeProviderOptions,
  'http' | 'clock' | 'log' | 'findServers' | 'autodiscoverHosts' | 'listedHosts'
>;

const WHOLE_MS = 40_000;
/** A password has no end of its own; this is the last day that every store of dates can hold. */
const FOR_EVER = Date.UTC(9999, 11, 31);

/** @throws TypeError when one of `autodiscoverHosts` is none */
export function createExchangeForm(surroundings: Surroundings): FormSignIn {
  const places = readPlaces(surroundings.autodiscoverHosts);
  return {
    async signIn(form, options) {
      const steps = new SignInSteps(options.tell);
      try {
        return { type: 'granted', ...(await granted(form, options, { ...surroundings, places, steps })) };
      } catch (error) {
        if (!(error instanceof SignInFailure)) throw error;
        return { type: 'failed', at: error.at };
      }
    },
    objection(refreshToken, rules) {
      const access = accessIn(refreshToken);
      if (access === null) return null;
      if (!isAllowedHost(new URL(access.url), rules)) return 'host_not_allowed';
      return access.trust?.skipChecks === true && !rules.allowUntrustedCertificates ? 'untrusted_not_allowed' : null;
    },
    visible(refreshToken) {
      const access = accessIn(refreshToken);
      if (access === null) return { url: '', username: '', version: '', certificateChecksSkipped: false };
      const { url, version, trust } = access;
      return {
        url,
        username: loginName(access),
        version,
        certificateChecksSkipped: trust?.skipChecks === true,
        ...(trust?.authorities ? { certificateAuthorities: trust.authorities.join('\n') } : {}),
      };
    },
  };
}

type Granted = Omit<Extract<FormSignInOutcome, { readonly type: 'granted' }>, 'type'>;

interface Around extends Surroundings {
  readonly places: Places;
  readonly steps: SignInSteps;
}

/** @throws SignInFailure */
async function granted(form: SignInForm, { permissions, rules }: FormSignInOptions, around: Around): Promise<Granted> {
  const { http, clock, steps } = around;
  const told = trustOf(form, rules);
  if ('refused' in told) return steps.fail('tls', null, told.refused);
  const time = new TimeLeft(clock, WHOLE_MS);
  const account = accountOf(form);
  if (account.user === '') return steps.fail('sign_in', null, 'password_refused');
  const redirects = new RedirectsLeft();
  const attempt: SignInAttempt = { http, clock, account, rules, steps, redirects, time, ...told };
  const { url, certificateExpiresAt } = await reachServer(attempt, await candidates(form, attempt, around));
  const wanted = { url, version: form.version, calendar: permissions.calendar !== 'none' };
  const mailbox = await signInAtServer(attempt, wanted);
  const identity = await identityOf(attempt, mailbox);
  const { token } = writeAccess(mailbox.access);
  const tokens = { accessToken: token, refreshToken: token, expiresAt: FOR_EVER, scopes: scopesOf(permissions) };
  return { result: { tokens, identity }, ...(certificateExpiresAt === undefined ? {} : { certificateExpiresAt }) };
}

async function candidates({ url }: SignInForm, attempt: SignInAttempt, around: Around): Promise<Candidates> {
  const typed = url === undefined ? null : typedServer(url);
  if (typed === 'unreadable') return attempt.steps.fail('address', null, 'address_not_found');
  if (typed !== null) return { urls: [typed], isOnlyHost: url !== undefined && isOnlyHost(url) };
  const { listedHosts = [] } = around;
  return { ...(await findServices(attempt, { ...around, listedHosts })), isOnlyHost: false };
}

/**
 * Finds the web services by the address of a mailbox, place after place. Every host is judged by the administrator's rules before
 * it is asked anything, and by the guard of the http client before a connection is made.
 * Source: learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-generate-a-list-of-autodiscover-endpoints.
 */
import type { Clock, FindServers, SignInFailureCode, SignInStep } from '@daybook/provider-port';
import { domainOf } from '../auth/form-account';
import { isAllowedHost } from '../auth/server-rules';
import type { SignInAttempt } from '../auth/sign-in-attempt';
import { TimeLeft } from '../auth/time-left';
import { askPlace } from './ask-place';
import type { Asking } from './asking';
import type { Finding } from './finding';
import { anyHost, type HostJudge, knownHosts } from './known-hosts';
import { PLACES_IN_ORDER } from './places-in-order';
import type { Places } from './places';

export interface FindSurroundings {
  readonly clock: Clock;
  readonly findServers: FindServers;
  readonly places: Places;
  /** Hosts that the operator has named. */
  readonly listedHosts: readonly string[];
}

export interface FoundServices {
  /** The best first. */
  readonly urls: readonly URL[];
  /** Which hosts may be shown the password, by the way these were found. */
  readonly isKnown: HostJudge;
}

const WHOLE_MS = 24_000;

/** @throws SignInFailure at `address`, or at `sign_in` where the password was refused */
export async function findServices(attempt: SignInAttempt, around: FindSurroundings): Promise<FoundServices> {
  const { account, steps } = attempt;
  if (account.email === null) return steps.fail('address', null, 'not_found_by_address');
  const search = new Search(attempt, around);
  return (await search.byAddress(account.email)) ?? steps.fail('address', search.stoppedAt, search.why);
}

interface Asked {
  readonly origin: URL;
  readonly email: string;
  readonly isKnown: HostJudge;
}

/** One search, which other addresses and places may lead on. */
class Search {
  /** Why nothing was found, where that is known better. */
  why: SignInFailureCode = 'not_found_by_address';
  stoppedAt: URL | null = null;
  private isFound = false;
  private readonly time: TimeLeft;

  constructor(
    private readonly attempt: SignInAttempt,
    private readonly around: FindSurroundings,
  ) {
    this.time = new TimeLeft(around.clock, WHOLE_MS);
  }

  /** From a host that was named forgeably, no host is gone on to that is not known. */
  async byAddress(email: string, isKnown = anyHost): Promise<FoundServices | null> {
    const { steps, rules } = this.attempt;
    const domain = domainOf(email);
    if (domain === null) return null;
    for (const [index, { step, isForgeable, origins }] of PLACES_IN_ORDER.entries()) {
      const found = await origins(domain, {
        ...this.around,
        asking: this.asking(email),
        mayAsk: (url) => this.mayAsk(url),
      });
      if (found === null) continue;
      if (found.length === 0) steps.skipped(step, null, 'not_there');
      const isFirst = isForgeable && isKnown === anyHost;
      const judge = isFirst ? knownHosts(domain, { rules, listedHosts: this.around.listedHosts }) : isKnown;
      for (const origin of found) {
        const services = await this.at(step, { origin, email, isKnown: judge });
        if (services === null) continue;
        this.tellRest(index + 1);
        return services;
      }
    }
    return null;
  }

  /** What one place and those it leads to say. */
  private async at(step: SignInStep, { isKnown, ...first }: Asked): Promise<FoundServices | null> {
    const { steps } = this.attempt;
    let { origin, email } = first;
    for (;;) {
      const finding = await this.asked({ origin, email, isKnown });
      if (finding.type === 'refused') return steps.fail('sign_in', origin, 'password_refused');
      const isLed = finding.type === 'address' || finding.type === 'place';
      if (finding.type !== 'services' && !isLed) {
        steps.skipped(step, origin, finding.type === 'unconfirmed' ? 'host_unconfirmed' : 'not_there');
        return null;
      }
      steps.passed(step, origin);
      if (finding.type === 'services') return { urls: finding.urls, isKnown };
      if (!this.mayGoOn(origin)) return null;
      if (finding.type === 'address') return this.byAddress(finding.email, isKnown);
      [origin, email] = [finding.origin, finding.email ?? email];
    }
  }

  /** Once, of the search that found them: those that led to it have nothing to tell any more. */
  private tellRest(from: number): void {
    const rest = this.isFound ? [] : PLACES_IN_ORDER.slice(from);
    for (const { step } of rest) this.attempt.steps.skipped(step, null, 'not_needed');
    this.isFound = true;
  }

  private async asked({ origin, email, isKnown }: Asked): Promise<Finding> {
    if (!this.mayAsk(origin)) return { type: 'silent' };
    if (isKnown(origin)) return askPlace(this.asking(email), origin);
    this.stopFor('host_unconfirmed', origin);
    return { type: 'unconfirmed' };
  }

  private asking(email: string): Asking {
    const { http, account, trust } = this.attempt;
    return { http, account, email, time: this.time, ...(trust ? { trust } : {}) };
  }

  private mayAsk(origin: URL): boolean {
    const isAllowed = isAllowedHost(origin, this.attempt.rules);
    if (!isAllowed) this.stopFor('host_not_allowed', origin);
    return isAllowed;
  }

  private mayGoOn(origin: URL): boolean {
    if (this.attempt.redirects.take()) return true;
    [this.why, this.stoppedAt] = ['too_many_redirects', origin];
    return false;
  }

  /** The first reason is told. */
  private stopFor(why: SignInFailureCode, origin: URL): void {
    if (this.why === 'not_found_by_address') [this.why, this.stoppedAt] = [why, origin];
  }
}

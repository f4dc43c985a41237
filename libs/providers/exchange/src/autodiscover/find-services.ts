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
import { PLACES_IN_ORDER } from './places-in-order';
import type { Places } from './places';

export interface FindSurroundings {
  readonly clock: Clock;
  readonly findServers: FindServers;
  readonly places: Places;
}

const WHOLE_MS = 24_000;
const MOST_REDIRECTS = 10;

/** The best first. @throws SignInFailure at `address`, or at `sign_in` where the password was refused */
export async function findServices(attempt: SignInAttempt, around: FindSurroundings): Promise<readonly URL[]> {
  const { account, steps } = attempt;
  if (account.email === null) return steps.fail('address', null, 'not_found_by_address');
  const search = new Search(attempt, around);
  return (await search.byAddress(account.email)) ?? steps.fail('address', search.stoppedAt, search.why);
}

/** One search, which other addresses and places may lead on; it ends at the tenth of them. */
class Search {
  /** Why nothing was found, where that is known better. */
  why: SignInFailureCode = 'not_found_by_address';
  stoppedAt: URL | null = null;
  private redirects = 0;
  private isFound = false;
  private readonly time: TimeLeft;

  constructor(
    private readonly attempt: SignInAttempt,
    private readonly around: FindSurroundings,
  ) {
    this.time = new TimeLeft(around.clock, WHOLE_MS);
  }

  async byAddress(email: string): Promise<readonly URL[] | null> {
    const { steps } = this.attempt;
    const domain = domainOf(email);
    if (domain === null) return null;
    for (const [index, { step, origins }] of PLACES_IN_ORDER.entries()) {
      const found = await origins(domain, {
        ...this.around,
        asking: this.asking(email),
        mayAsk: (url) => this.mayAsk(url),
      });
      if (found === null) continue;
      if (found.length === 0) steps.skipped(step, null, 'not_there');
      for (const origin of found) {
        const urls = await this.at(step, origin, email);
        if (urls === null) continue;
        this.tellRest(index + 1);
        return urls;
      }
    }
    return null;
  }

  /** What one place and those it leads to say. */
  private async at(step: SignInStep, first: URL, mailbox: string): Promise<readonly URL[] | null> {
    const { steps } = this.attempt;
    let [origin, email] = [first, mailbox];
    for (;;) {
      const finding = await this.asked(origin, email);
      if (finding.type === 'refused') return steps.fail('sign_in', origin, 'password_refused');
      const isLed = finding.type === 'address' || finding.type === 'place';
      if (finding.type !== 'services' && !isLed) {
        steps.skipped(step, origin, 'not_there');
        return null;
      }
      steps.passed(step, origin);
      if (finding.type === 'services') return finding.urls;
      if (!this.mayGoOn(origin)) return null;
      if (finding.type === 'address') return this.byAddress(finding.email);
      [origin, email] = [finding.origin, finding.email ?? email];
    }
  }

  /** Once, of the search that found them: those that led to it have nothing to tell any more. */
  private tellRest(from: number): void {
    const rest = this.isFound ? [] : PLACES_IN_ORDER.slice(from);
    for (const { step } of rest) this.attempt.steps.skipped(step, null, 'not_needed');
    this.isFound = true;
  }

  private async asked(origin: URL, email: string): Promise<Finding> {
    return this.mayAsk(origin) ? askPlace(this.asking(email), origin) : { type: 'silent' };
  }

  private asking(email: string): Asking {
    const { http, account, trust } = this.attempt;
    return { http, account, email, time: this.time, ...(trust ? { trust } : {}) };
  }

  private mayAsk(origin: URL): boolean {
    const isAllowed = isAllowedHost(origin, this.attempt.rules);
    if (!isAllowed && this.why === 'not_found_by_address') [this.why, this.stoppedAt] = ['host_not_allowed', origin];
    return isAllowed;
  }

  private mayGoOn(origin: URL): boolean {
    this.redirects += 1;
    if (this.redirects <= MOST_REDIRECTS) return true;
    [this.why, this.stoppedAt] = ['too_many_redirects', origin];
    return false;
  }
}

import {
  emptyAnswer,
  pageAnswer,
  type Answer,
  type Faults,
  type Incoming,
  type SimulatorClock,
} from '@daybook/simulator-kit';
import type { AccountBook } from '../auth/account-book';
import type { SignInGate } from '../auth/sign-in-gate';
import {
  answerAutodiscover,
  AUTODISCOVER_HEADERS,
  autodiscoverKind,
  type AutodiscoverKind,
} from '../autodiscover/autodiscover';
import { mailboxDirectory } from '../autodiscover/mailbox-directory';
import type { ExchangeWorld } from '../exchange-world';
import { autodiscoverServer } from '../server-names';
import type { SettingsBook } from '../server-settings';
import type { SoapDoor } from '../soap/soap-door';
import { exchangeDoor, isExchangePath, type Identified } from './exchange-door';
import { frontEndFault } from './front-end-faults';
import { homePage, missingPage } from './home-page';
import { itemPage } from './item-page';

export interface AroundTheWeb {
  readonly soap: SoapDoor;
  readonly settings: SettingsBook;
  readonly clock: SimulatorClock;
  readonly faults: Faults;
  readonly gate: SignInGate;
  readonly accounts: AccountBook;
  readonly world: ExchangeWorld;
}

const OWA_PATH = /^\/owa\/?$/i;

/** Every address of the server: web services, Autodiscover, and pages for people. */
export class WebSide {
  private readonly ews: (incoming: Incoming) => Promise<Answer>;

  constructor(private readonly around: AroundTheWeb) {
    this.ews = exchangeDoor(around.soap, (incoming) => this.identify(incoming, { isEws: true }));
  }

  async answer(incoming: Incoming): Promise<Answer> {
    const { path, method } = incoming;
    if (isExchangePath(path)) return this.ews(incoming);
    const kind = autodiscoverKind(path);
    if (kind !== null) return this.autodiscover(kind, incoming);
    if (method !== 'GET' && method !== 'HEAD') return pageAnswer(405, missingPage(), { allow: 'GET, HEAD' });
    if (path === '/') return pageAnswer(200, homePage());
    if (path === '/favicon.ico') return emptyAnswer(204);
    const page = OWA_PATH.test(path) ? itemPage(this.around.world.given, idIn(incoming), this.now) : null;
    return page === null ? pageAnswer(404, missingPage()) : pageAnswer(200, page);
  }

  private async autodiscover(kind: AutodiscoverKind, incoming: Incoming): Promise<Answer> {
    const { world, accounts, settings, clock } = this.around;
    if (kind !== 'json') {
      const who = await this.identify(incoming, { isEws: false });
      if ('answer' in who) return { ...who.answer, headers: { ...AUTODISCOVER_HEADERS, ...who.answer.headers } };
    }
    return answerAutodiscover(kind, incoming, {
      directory: mailboxDirectory({ store: world.store, accounts }, incoming.origin),
      server: autodiscoverServer(settings.current, accounts.domains[0]),
      clock,
    });
  }

  private async identify(incoming: Incoming, how: { readonly isEws: boolean }): Promise<Identified> {
    const who = this.around.gate.signIn(incoming, incoming.connection);
    if (who.kind === 'refused') return { answer: who.answer };
    const answer = await frontEndFault(this.around.faults, who.email, how);
    return answer === null ? { email: who.email } : { answer };
  }

  private get now(): number {
    return this.around.clock.now();
  }
}

/** The id of an item in the query of a link to it, whatever the case of its name. */
const idIn = ({ query }: Incoming): string => [...query].find(([name]) => name.toLowerCase() === 'itemid')?.[1] ?? '';

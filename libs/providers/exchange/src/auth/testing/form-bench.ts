import {
  type FormSignInOutcome,
  type ProviderHttp,
  type ServerRules,
  type SignInForm,
  type SignInStepResult,
} from '@daybook/provider-port';
import { FakeLog } from '@daybook/testing/fakes';
import { createExchangeForm } from '../exchange-form';

export const RULES: ServerRules = { allowedHosts: [], allowUntrustedCertificates: false };

interface Bench {
  readonly http: ProviderHttp;
  readonly now?: () => number;
  readonly autodiscoverHosts?: readonly string[];
  readonly listedHosts?: readonly string[];
  readonly records?: readonly {
    readonly host: string;
    readonly port: number;
    readonly priority: number;
    readonly weight: number;
  }[];
}

export interface SignedIn {
  readonly outcome: FormSignInOutcome;
  /** `step host outcome code`, as they were told. */
  readonly steps: readonly string[];
  readonly told: readonly SignInStepResult[];
  readonly log: FakeLog;
}

/** Somebody who signs in with a form, and what they are told meanwhile. */
export class FormBench {
  readonly log = new FakeLog();
  readonly names: string[] = [];
  readonly subject;

  constructor({ http, now = () => 0, autodiscoverHosts = [], listedHosts = [], records = [] }: Bench) {
    const srv = async (name: string) => {
      this.names.push(name);
      return records;
    };
    this.subject = createExchangeForm({
      ...{ http, log: this.log, clock: { now } },
      ...{ findServers: { srv }, autodiscoverHosts, listedHosts },
    });
  }

  async signIn(form: SignInForm, rules: Partial<ServerRules> = {}): Promise<SignedIn> {
    const told: SignInStepResult[] = [];
    const outcome = await this.subject.signIn(form, {
      permissions: { calendar: 'readWrite', contacts: 'none' },
      rules: { ...RULES, ...rules },
      tell: (step) => void told.push(step),
    });
    return { outcome, steps: told.map(lineOf), told, log: this.log };
  }
}

const lineOf = (result: SignInStepResult): string =>
  [result.step, result.host ?? '-', result.outcome, ...(result.code === undefined ? [] : [result.code])].join(' ');

/** What decided: `step code`, or `granted`. */
export const endOf = ({ outcome }: SignedIn): string =>
  outcome.type === 'granted' ? 'granted' : `${outcome.at.step} ${outcome.at.code}`;

import { randomBytes } from 'node:crypto';
import type { SimulatorClock } from '@daybook/simulator-kit';
import type { Accounts } from '../account';
import { readAuthenticate } from './authenticate-message';
import { challengeMessage, type NtlmNames } from './challenge-message';
import type { ExtendedProtection } from './channel-binding';
import { judgeAnswer, type Asked } from './judge-answer';
import { messageType } from './message';

/** Stands for one TCP connection: the same object for all requests on it. */
export type ConnectionKey = object;

export type NtlmStep =
  | { readonly kind: 'challenge'; readonly message: Buffer }
  | { readonly kind: 'signedIn'; readonly email: string }
  /** `email` of the mailbox whose password was wrong; otherwise null. */
  | { readonly kind: 'refused'; readonly wrongPasswordOf: string | null };

type ConnectionState =
  | { readonly kind: 'asked'; readonly asked: Asked; readonly at: number }
  | { readonly kind: 'signedIn'; readonly email: string };

export interface HandshakeSetting {
  readonly names: NtlmNames;
  readonly protection?: ExtendedProtection | undefined;
}

const REFUSED: NtlmStep = { kind: 'refused', wrongPasswordOf: null };
const FLAGS_OFFSET = 12;
const SMALLEST_NEGOTIATE = 16;
/** Milliseconds between challenge and answer; a client answers at once. */
const ANSWER_WITHIN = 60_000;

/**
 * NTLM as IIS keeps it: three messages on one connection, which then belongs to who signed in until it closes
 * or another handshake begins on it.
 */
export class NtlmHandshakes {
  private readonly states = new WeakMap<ConnectionKey, ConnectionState>();

  constructor(
    private readonly around: { readonly accounts: Accounts; readonly clock: SimulatorClock },
    private readonly newChallenge: () => Buffer = () => randomBytes(8),
  ) {}

  /** Who signed in on a connection, for requests without an Authorization header. */
  signedInOn(connection: ConnectionKey): string | null {
    const state = this.states.get(connection);
    return state?.kind === 'signedIn' ? state.email : null;
  }

  /** Takes the next message of a connection; whatever it is, there is an answer to it. */
  step(connection: ConnectionKey, message: Buffer, setting: HandshakeSetting): NtlmStep {
    const state = this.states.get(connection);
    this.states.delete(connection);
    const type = messageType(message);
    if (type === 1) return this.challenge(connection, message, setting);
    return type === 3 && state?.kind === 'asked' && this.around.clock.now() - state.at <= ANSWER_WITHIN
      ? this.judge(connection, message, { asked: state.asked, protection: setting.protection })
      : REFUSED;
  }

  private challenge(connection: ConnectionKey, negotiate: Buffer, { names }: HandshakeSetting): NtlmStep {
    if (negotiate.length < SMALLEST_NEGOTIATE) return REFUSED;
    const serverChallenge = this.newChallenge();
    const now = this.around.clock.now();
    const clientFlags = negotiate.readUInt32LE(FLAGS_OFFSET);
    const message = challengeMessage({ names, clientFlags, serverChallenge, now });
    const asked = { negotiate, challenge: message, serverChallenge };
    this.states.set(connection, { kind: 'asked', asked, at: now });
    return { kind: 'challenge', message };
  }

  private judge(
    connection: ConnectionKey,
    message: Buffer,
    { asked, protection }: { asked: Asked; protection: ExtendedProtection | undefined },
  ): NtlmStep {
    const answer = readAuthenticate(message);
    const account = answer === null ? null : this.around.accounts.find(answer);
    if (answer === null || account === null) return REFUSED;
    const verdict = judgeAnswer(answer, asked, { password: account.password, protection });
    if (verdict === 'wrongPassword') return { kind: 'refused', wrongPasswordOf: account.email };
    if (verdict !== 'right') return REFUSED;
    this.states.set(connection, { kind: 'signedIn', email: account.email });
    return { kind: 'signedIn', email: account.email };
  }
}

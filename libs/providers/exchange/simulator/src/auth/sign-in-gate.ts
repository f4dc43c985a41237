import type { Answer, Incoming, SimulatorClock } from '@daybook/simulator-kit';
import type { Accounts } from './account';
import { decodeBase64 } from './base64';
import { readBasic, samePassword } from './basic';
import { NtlmHandshakes, type ConnectionKey } from './ntlm/handshakes';
import { challengesOf, SIGN_IN_SCHEMES, type SignInScheme, type SignInSetting } from './sign-in-setting';

export type SignIn =
  | { readonly kind: 'signedIn'; readonly email: string; readonly scheme: SignInScheme }
  | { readonly kind: 'refused'; readonly answer: Answer };

export interface AroundTheGate {
  readonly accounts: Accounts;
  readonly clock: SimulatorClock;
  setting(): SignInSetting;
  /** Address of the mailbox a token is for; null of a token that does not hold. */
  bearer?(token: string): string | null;
  /** Whether what somebody proves who they are with counts no longer, on connections that know them, too. */
  isRevoked?(email: string): boolean;
}

type Asking = { readonly scheme: SignInScheme; readonly credentials: string };

/** Who is asking: from the Authorization header, or from what was proven before on the same connection. */
export class SignInGate {
  private readonly handshakes: NtlmHandshakes;
  /** By which scheme a handshake on a connection began. */
  private readonly begunBy = new WeakMap<ConnectionKey, SignInScheme>();
  private readonly failures = new Map<string, number>();

  constructor(private readonly around: AroundTheGate) {
    this.handshakes = new NtlmHandshakes(around);
  }

  /** Never throws: whoever is not known gets a 401 with the challenges of the setting. */
  signIn({ headers: { authorization } }: Pick<Incoming, 'headers'>, connection: ConnectionKey): SignIn {
    const { schemes } = this.around.setting();
    if (authorization === undefined) return this.fromConnection(connection);
    const asking = readAuthorization(authorization);
    if (asking === null || !schemes.includes(asking.scheme)) return this.refused();
    if (asking.scheme === 'Basic') return this.fromBasic(asking);
    return asking.scheme === 'Bearer' ? this.fromBearer(asking) : this.fromNtlm(asking, connection);
  }

  /** How often somebody gave a wrong password since the start or the last `forgetFailures`. */
  failedSignIns(email: string): number {
    return this.failures.get(email.toLowerCase()) ?? 0;
  }

  forgetFailures(): void {
    this.failures.clear();
  }

  private fromConnection(connection: ConnectionKey): SignIn {
    const scheme = this.begunBy.get(connection);
    const email = this.handshakes.signedInOn(connection);
    const isOffered = scheme !== undefined && this.around.setting().schemes.includes(scheme);
    return isOffered && email !== null ? this.admitted(email, scheme) : this.refused();
  }

  private fromBasic({ scheme, credentials }: Asking): SignIn {
    const given = readBasic(credentials);
    const account = given === null ? null : this.around.accounts.find(given.name);
    if (given === null || account === null) return this.refused();
    if (samePassword(given.password, account.password)) return this.admitted(account.email, scheme);
    this.countFailure(account.email);
    return this.refused();
  }

  private fromBearer({ scheme, credentials }: Asking): SignIn {
    // Programs ask with an empty token where one can be had: that is no bad one.
    const email = credentials === '' ? null : (this.around.bearer?.(credentials) ?? null);
    return email === null ? this.refused({ badToken: credentials !== '' }) : this.admitted(email, scheme);
  }

  /** With Negotiate, too, as long as the token is a bare NTLM message; Kerberos and SPNEGO are sent away. */
  private fromNtlm({ scheme, credentials }: Asking, connection: ConnectionKey): SignIn {
    const message = decodeBase64(credentials) ?? Buffer.alloc(0);
    this.begunBy.set(connection, scheme);
    const step = this.handshakes.step(connection, message, this.around.setting());
    if (step.kind === 'signedIn') return this.admitted(step.email, scheme);
    // While a handshake goes on, IIS names no other scheme.
    if (step.kind === 'challenge') return refusal([`${scheme} ${step.message.toString('base64')}`]);
    if (step.wrongPasswordOf !== null) this.countFailure(step.wrongPasswordOf);
    return this.refused();
  }

  private admitted(email: string, scheme: SignInScheme): SignIn {
    if (this.around.isRevoked?.(email) !== true) return { kind: 'signedIn', email, scheme };
    this.countFailure(email);
    return this.refused();
  }

  private refused(how: { badToken?: boolean } = {}): SignIn {
    return refusal(challengesOf(this.around.setting(), how));
  }

  private countFailure(email: string): void {
    this.failures.set(email.toLowerCase(), this.failedSignIns(email) + 1);
  }
}

function refusal(challenges: string[]): SignIn {
  return { kind: 'refused', answer: { status: 401, headers: { 'www-authenticate': challenges }, body: '' } };
}

function readAuthorization(header: string): Asking | null {
  const space = header.indexOf(' ');
  const name = (space < 0 ? header : header.slice(0, space)).toLowerCase();
  const scheme = SIGN_IN_SCHEMES.find((one) => one.toLowerCase() === name);
  return scheme === undefined ? null : { scheme, credentials: space < 0 ? '' : header.slice(space + 1).trim() };
}

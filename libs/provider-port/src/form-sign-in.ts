import type { AuthResult, PartPermissions } from './auth-port';
import type { CertificateNote } from './certificate-term';
import type { FailureCode, SkipCode } from './diagnosis';

/** What a person typed. Empty texts do not occur: what was left out is absent. */
export interface SignInForm {
  /** The address of the mailbox, where it is known. */
  readonly email?: string;
  /** A name, an address or `DOMAIN\name`, where it is not the address of the mailbox. */
  readonly username?: string;
  readonly password: string;
  /** Of the services, or only the name of a server or its address; absent where it is to be found by the address of the mailbox. */
  readonly url?: string;
  /** A version the person chose; absent or `auto` where it is to be found out. */
  readonly version?: string;
  /** Certificates of authorities as PEM, one after the other, trusted besides the usual ones. */
  readonly certificateAuthorities?: string;
  /** Takes any certificate; only where `ServerRules` allow it. */
  readonly skipCertificateChecks?: boolean;
}

/** What an administrator says to servers that people name. The operator's ceiling is with the http client already. */
export interface ServerRules {
  /** Names of hosts with or without a port, `*.example.com` for all below; empty: every one that the operator allows. */
  readonly allowedHosts: readonly string[];
  readonly allowUntrustedCertificates: boolean;
}

/** What is gone through with a form, in this order. A way to find the server that leads nowhere is `skipped`, not `failed`. */
export type SignInStep =
  /** Where the operator of this deployment says that the services are to be looked for. */
  | 'find_by_setting'
  /** `https://example.com/autodiscover/…` */
  | 'find_at_domain'
  /** `https://autodiscover.example.com/autodiscover/…` */
  | 'find_at_autodiscover_host'
  /** The redirect that `http://autodiscover.example.com/autodiscover/…` answers; nothing secret goes there. */
  | 'find_by_redirect'
  /** The SRV record `_autodiscover._tcp.example.com`. */
  | 'find_by_srv'
  | 'address'
  | 'tls'
  | 'sign_in'
  | 'version'
  | 'mailbox';

/** Why a step failed, beyond what a diagnosis knows: each has a plain fix. */
export type SignInFailureCode =
  | FailureCode
  | 'password_refused'
  /** No place that was asked knows where the services are. */
  | 'not_found_by_address'
  /** Somebody answers, but it is none of these services. */
  | 'no_services_there'
  /** An administrator allows other servers only. */
  | 'host_not_allowed'
  /** It was named in a way that whoever is on it can forge, and is none of the mailbox's domain: a person has to enter it. */
  | 'host_unconfirmed'
  /** A password would go over the wire readable by all. */
  | 'plain_http_refused'
  | 'untrusted_not_allowed'
  | 'authorities_unreadable'
  /** The server asks for a way to sign in that we do not know. */
  | 'scheme_not_offered'
  | 'version_refused'
  /** One server sent us to the next, too often. */
  | 'too_many_redirects';

export type SignInSkipCode =
  | SkipCode
  /** This place does not know. */
  | 'not_there'
  /** Not asked, for the same reason that such a server is not signed in to. */
  | 'host_unconfirmed'
  /** It was found before. */
  | 'not_needed';

export type SignInStepResult = {
  readonly step: SignInStep;
  /** The host that was asked, with its port where it is not the usual one; null where there is none. */
  readonly host: string | null;
} & (
  | ({ readonly outcome: 'passed' } & CertificateNote)
  | { readonly outcome: 'failed'; readonly code: SignInFailureCode; readonly expiresAt?: number }
  | { readonly outcome: 'skipped'; readonly code: SignInSkipCode }
);

export interface FormSignInOptions {
  readonly permissions: PartPermissions;
  readonly rules: ServerRules;
  /** Each step as soon as it is done. */
  readonly tell: (result: SignInStepResult) => void;
}

export type FormSignInOutcome =
  | {
      readonly type: 'granted';
      readonly result: AuthResult;
      /** When the server's certificate expires; absent where there is none or it is not checked. */
      readonly certificateExpiresAt?: number;
    }
  /** With the step that decided; all were told. */
  | { readonly type: 'failed'; readonly at: SignInStepResult & { readonly outcome: 'failed' } };

/** A sign-in with what a person types into a form of ours, in place of pages of the provider. */
export interface FormSignIn {
  /**
   * Looks for the server and signs in. A password that was refused once is shown nowhere again. Bounded by 40 s; never throws
   * for what a server does. The refresh token of its result is what `AuthPort.refresh` takes: it holds the password.
   */
  signIn(form: SignInForm, options: FormSignInOptions): Promise<FormSignInOutcome>;
  /** Whether these rules still let a connection made with this refresh token go on: null, or what stands in the way. */
  objection(refreshToken: string, rules: ServerRules): 'host_not_allowed' | 'untrusted_not_allowed' | null;
  /** What a person may see of it, and what a form begins with when it is filled in again: never the password. */
  visible(refreshToken: string): {
    readonly url: string;
    readonly username: string;
    readonly version: string;
    readonly certificateChecksSkipped: boolean;
    /** As they were given in the form, for the next one; shown to nobody. */
    readonly certificateAuthorities?: string;
  };
}

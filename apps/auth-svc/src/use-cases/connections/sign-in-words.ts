import type { Problem, SignInItem } from '@daybook/contracts';
import {
  type NoteCode,
  type SignInFailureCode,
  type SignInSkipCode,
  type SignInStep,
  type SignInStepResult,
  withLastDay,
} from '@daybook/provider-port';

/** What a step that went well has shown. */
const SHOWN: Readonly<Record<SignInStep, string>> = {
  find_by_setting: 'This deployment knows where the services for this address are.',
  find_at_domain: 'The domain of the address told where the services are.',
  find_at_autodiscover_host: 'The autodiscover host of the domain told where the services are.',
  find_by_redirect: 'The autodiscover host sent us on to a server that told where the services are.',
  find_by_srv: 'The name service of the domain told where the services are.',
  address: 'The server was found and takes connections.',
  tls: 'The connection is encrypted, and the certificate is trusted.',
  sign_in: 'The server accepts the name and the password.',
  version: 'The server and we speak a version in common.',
  mailbox: 'The mailbox could be opened.',
};

interface Words {
  readonly detail: string;
  readonly fix: string;
}

const checkAddress = 'Check the address of the server, or leave it empty and give your e-mail address.';
const tryAgain = 'Try again in some minutes. If it stays like this, tell your administrator.';
const elsewhere = 'Try again. If it stays like this, tell your administrator.';

const FAILURES: Readonly<Record<SignInFailureCode, Words>> = {
  password_refused: {
    detail: 'The server does not accept this name with this password. It was tried once and is not tried again.',
    fix: 'Check the name and the password. Some servers want DOMAIN\\name or the e-mail address as the name.',
  },
  not_found_by_address: {
    detail: 'No place that was asked knows where the services for this address are.',
    fix: 'Ask your administrator for the EWS URL and enter it, or only the name of the server.',
  },
  no_services_there: { detail: 'Somebody answers there, but not with Exchange Web Services.', fix: checkAddress },
  host_not_allowed: {
    detail: 'An administrator does not allow this server.',
    fix: 'Use a server that is allowed, or ask your administrator to allow this one.',
  },
  host_unconfirmed: {
    detail:
      'This server was named in a way that somebody in between can forge, and it does not belong to the domain of the address. The password was not sent there.',
    fix: 'If this is your organisation’s server, enter its address yourself.',
  },
  plain_http_refused: {
    detail: 'The server is only reached without encryption, where everybody could read the password. It was not sent.',
    fix: 'Use an address that begins with https.',
  },
  untrusted_not_allowed: {
    detail: 'Certificate checks may not be skipped here.',
    fix: 'Leave the checks on. If the server has an authority of its own, give its certificate.',
  },
  authorities_unreadable: {
    detail: 'The certificates of authorities that were given cannot be read.',
    fix: 'Give them as PEM text: each begins with BEGIN CERTIFICATE.',
  },
  scheme_not_offered: {
    detail: 'The server offers neither Basic nor NTLM, so it cannot be signed in to with a password.',
    fix: 'Connect in another way, or ask your administrator to allow Basic or NTLM for Exchange Web Services.',
  },
  version_refused: {
    detail: 'The server does not speak the version that was chosen, nor one that we know.',
    fix: 'Choose "not sure" as the version. Exchange 2010 SP2 is the oldest that works.',
  },
  too_many_redirects: {
    detail: 'One server sent us to the next, too often.',
    fix: 'Ask your administrator for the EWS URL and enter it.',
  },
  address_not_found: { detail: 'The name of the server leads nowhere.', fix: checkAddress },
  address_blocked: {
    detail: 'This deployment may not call that address.',
    fix: 'Use a public address, or ask the operator of this deployment to allow this one (EWS_ALLOWED_HOSTS).',
  },
  no_connection: { detail: 'The server takes no connection.', fix: `${checkAddress} ${tryAgain}` },
  certificate_refused: {
    detail: 'The certificate of the server is not trusted.',
    fix: 'If the server has an authority of its own, give its certificate under More. Else tell your administrator.',
  },
  certificate_expired: {
    detail: 'The certificate of the server has expired, so nothing goes there.',
    fix: 'Tell whoever runs the server to renew its certificate. Then try again.',
  },
  consent_revoked: { detail: 'The server no longer accepts this sign-in.', fix: 'Enter the password again.' },
  admin_approval_needed: {
    detail: 'An administrator of your organisation has to approve first.',
    fix: 'Ask your organisation’s administrator to approve, then try again.',
  },
  not_finished: { detail: 'The sign-in was not finished.', fix: elsewhere },
  permission_missing: {
    detail: 'This account may not use Exchange Web Services.',
    fix: 'Ask your organisation’s administrator for the permission.',
  },
  no_mailbox: {
    detail: 'There is no mailbox behind this account.',
    fix: 'Sign in with another account, or ask your organisation’s administrator for a mailbox.',
  },
  switched_off: {
    detail: 'Your organisation has switched this kind of access off.',
    fix: 'Connect in the recommended way, or ask your organisation’s administrator.',
  },
  no_calendar: { detail: 'The mailbox has no calendar.', fix: 'Open the calendar once in Outlook, then try again.' },
  provider_throttled: { detail: 'The server asks to wait.', fix: tryAgain },
  provider_unavailable: { detail: 'The server does not answer as it should at the moment.', fix: tryAgain },
  provider_fault: { detail: 'The server answered in a way that could not be understood.', fix: checkAddress },
  took_too_long: { detail: 'No answer came within the time allowed.', fix: `${checkAddress} ${tryAgain}` },
  write_refused: { detail: 'The server refused to write.', fix: elsewhere },
  test_event_left: { detail: 'A test event could not be removed.', fix: elsewhere },
  push_refused: { detail: 'The server refused to report changes.', fix: elsewhere },
};

/** What went well, and is to be known all the same. */
const NOTES: Readonly<Record<NoteCode, Words>> = {
  certificate_ends_soon: {
    detail: 'The connection is encrypted, and the certificate is trusted, but it expires soon.',
    fix: 'Tell whoever runs the server to renew its certificate before that: afterwards nothing goes there any more.',
  },
};

const notAsked = 'This was not asked for here.';

const SKIPS: Readonly<Record<SignInSkipCode, string>> = {
  not_there: 'This place does not know where the services are.',
  host_unconfirmed:
    'It was not asked: somebody in between can forge who is named here, and it does not belong to the domain of the address.',
  not_needed: 'There was no need for it.',
  earlier_failed: 'It could not be tried, because something it needs failed.',
  plain_http: 'The address is plain http, as the operator has allowed it: there is no certificate.',
  waiting_for_provider: 'The server has asked not to be called for a while.',
  out_of_time: 'The time for all steps together was over.',
  check_not_offered: notAsked,
  calendar_not_wanted: notAsked,
  nothing_granted: notAsked,
  read_only: notAsked,
  locked_by_policy: notAsked,
  two_way_off: notAsked,
  writes_not_offered: notAsked,
  no_writable_calendar: notAsked,
  no_public_address: notAsked,
};

/** What its person cannot mend: an outage, what administrators decide, and the operator's ceiling for addresses. */
const OTHERS: Readonly<Partial<Record<SignInFailureCode, Problem['blame']>>> = {
  no_connection: 'provider',
  provider_throttled: 'provider',
  provider_unavailable: 'provider',
  provider_fault: 'provider',
  took_too_long: 'provider',
  too_many_redirects: 'provider',
  write_refused: 'provider',
  test_event_left: 'provider',
  push_refused: 'provider',
  host_not_allowed: 'admin',
  untrusted_not_allowed: 'admin',
  scheme_not_offered: 'admin',
  admin_approval_needed: 'admin',
  permission_missing: 'admin',
  no_mailbox: 'admin',
  switched_off: 'admin',
  address_blocked: 'us',
};

/** Who can mend a sign-in that a step ended with this code. */
export function blameFor(code: SignInFailureCode): Problem['blame'] {
  return OTHERS[code] ?? 'user';
}

/** A step with its words in English; the portal says them in the language of its reader, by step and code. */
export function signInItem(result: SignInStepResult): SignInItem {
  const { step, outcome } = result;
  const where = { step, outcome, ...(result.host !== null && { host: result.host }) };
  switch (result.outcome) {
    case 'passed':
      return result.code === undefined
        ? { ...where, ...withLastDay({ detail: SHOWN[step] }, result) }
        : { ...where, code: result.code, ...withLastDay(NOTES[result.code], result) };
    case 'failed':
      return { ...where, code: result.code, ...withLastDay(FAILURES[result.code], result) };
    case 'skipped':
      return { ...where, code: result.code, detail: SKIPS[result.code] };
  }
}

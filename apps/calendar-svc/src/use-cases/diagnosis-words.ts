import type { DiagnosisItem } from '@daybook/contracts';
import {
  type Check,
  type CheckResult,
  type FailureCode,
  type NoteCode,
  type SkipCode,
  withLastDay,
} from '@daybook/provider-port';

/** What a check that went well has shown. */
const SHOWN: Readonly<Record<Check, string>> = {
  address: 'The provider’s address was found and takes connections.',
  tls: 'The connection is encrypted, and the certificate is trusted.',
  sign_in: 'The provider accepts the sign-in of this connection.',
  permissions: 'Everything that was wanted has been granted.',
  read: 'The calendars and the next days of the main one could be read.',
  write_then_remove: 'A private test event was written and removed again.',
  push: 'The provider reports changes by itself; this was set up and ended again.',
};

interface Words {
  readonly detail: string;
  readonly fix: string;
}

const tryAgain = 'Nothing has to be done: it is tried again by itself. If it stays like this, tell your administrator.';

const FAILURES: Readonly<Record<FailureCode, Words>> = {
  address_not_found: {
    detail: 'The name of the provider’s server leads nowhere.',
    fix: 'Ask your administrator to check the provider’s address and the name service of this deployment.',
  },
  address_blocked: {
    detail: 'This deployment may not call the provider’s address.',
    fix: 'Ask your administrator to allow the address (HTTP_ALLOWED_HOSTS) or to correct it.',
  },
  no_connection: {
    detail: 'The provider’s server takes no connection.',
    fix: 'Try again in some minutes. If it stays like this, ask your administrator to check the way to the internet.',
  },
  certificate_refused: {
    detail: 'The server’s certificate is not trusted.',
    fix: 'Ask your administrator to look at the certificate, or at the proxy that stands in between.',
  },
  certificate_expired: {
    detail: 'The server’s certificate has expired, so nothing goes there.',
    fix: 'Tell whoever runs the server to renew its certificate. It then goes on when you connect again, or by itself within a day.',
  },
  consent_revoked: {
    detail: 'The provider no longer accepts the sign-in of this connection.',
    fix: 'Connect again.',
  },
  password_refused: {
    detail: 'The server no longer takes the password of this connection. It is not tried again.',
    fix: 'Connect again and enter the new password.',
  },
  admin_approval_needed: {
    detail: 'An administrator of your organisation has to approve at the provider first.',
    fix: 'Ask your organisation’s administrator to approve, then connect again.',
  },
  not_finished: {
    detail: 'The connection was begun and not finished at the provider.',
    fix: 'Go on at the provider, or delete the connection and start again.',
  },
  permission_missing: {
    detail: 'The provider granted less than was wanted.',
    fix: 'Ask again for the permission and tick every box at the provider.',
  },
  no_mailbox: {
    detail: 'There is no calendar behind this account.',
    fix: 'Connect another account, or ask your organisation’s administrator for a calendar.',
  },
  switched_off: {
    detail: 'Your organisation has switched this kind of access off.',
    fix: 'Ask your organisation’s administrator, or connect in another way.',
  },
  no_calendar: {
    detail: 'The account lists no calendar.',
    fix: 'Open the calendar once at the provider, so that it is set up, and check again.',
  },
  provider_throttled: { detail: 'The provider asks to wait.', fix: tryAgain },
  provider_unavailable: { detail: 'The provider does not answer at the moment.', fix: tryAgain },
  provider_fault: {
    detail: 'The provider answered in a way that could not be understood.',
    fix: 'Check again later. If it stays like this, tell your administrator.',
  },
  took_too_long: {
    detail: 'No answer came within the time allowed.',
    fix: 'Check again later, when less is going on.',
  },
  write_refused: {
    detail: 'The provider refused to write the test event.',
    fix: 'Look at the provider whether you may add events to your main calendar. Reading goes on.',
  },
  test_event_left: {
    detail: 'The test event was written and could not be removed yet.',
    fix: 'It is removed by itself within minutes. It is private, on 3 January 2000, and may be deleted by hand.',
  },
  push_refused: {
    detail: 'The provider refused to report changes to this deployment.',
    fix: 'Ask your administrator whether PUBLIC_URL is an https address that the provider can reach. Until then changes come with the next look.',
  },
};

/** What went well, and is to be known all the same. */
const NOTES: Readonly<Record<NoteCode, Words>> = {
  certificate_ends_soon: {
    detail: 'The connection is encrypted, and the certificate is trusted, but it expires soon.',
    fix: 'Tell whoever runs the server to renew its certificate before that: afterwards nothing goes there any more.',
  },
};

const SKIPS: Readonly<Record<SkipCode, { readonly detail: string; readonly fix?: string }>> = {
  earlier_failed: { detail: 'It could not be checked, because something it needs failed.' },
  plain_http: { detail: 'The address is plain http, as the operator has set it: there is no certificate.' },
  waiting_for_provider: {
    detail: 'The provider has asked not to be called for a while.',
    fix: 'Nothing has to be done. Check again in some minutes.',
  },
  calendar_not_wanted: {
    detail: 'Calendars are not used with this connection.',
    fix: 'Choose a permission for calendars under Configure, if you want them.',
  },
  nothing_granted: {
    detail: 'Nothing that calendars need was granted at the provider.',
    fix: 'Ask again for the permission and tick every box at the provider.',
  },
  read_only: {
    detail: 'This connection may only read.',
    fix: 'Allow writing under Configure, if you want it.',
  },
  locked_by_policy: {
    detail: 'An administrator does not allow it.',
    fix: 'Ask your administrator, if you need it.',
  },
  two_way_off: {
    detail: 'An administrator has switched off writing to connected calendars.',
    fix: 'Ask your administrator, if you need it.',
  },
  writes_not_offered: { detail: 'Calendars of this provider are only read here.' },
  no_writable_calendar: {
    detail: 'None of the person’s own calendars may be written to.',
    fix: 'Make a calendar of your own at the provider, if you want to schedule from here.',
  },
  no_public_address: {
    detail: 'The provider cannot call this deployment, so changes come with the next look.',
    fix: 'An administrator can give the deployment a public https address (PUBLIC_URL).',
  },
  out_of_time: { detail: 'The time for all checks together was over.', fix: 'Check again later.' },
  check_not_offered: { detail: 'There is nothing to check here with this provider.' },
};

/**
 * A finding with its words in English; the portal says them in the language of its reader, by check and code. `otherWay` is whose
 * sign-in the same service can be connected with instead, as people know it.
 */
export function diagnosisItem(result: CheckResult, otherWay: string | null = null): DiagnosisItem {
  const { check, outcome } = result;
  switch (result.outcome) {
    case 'passed':
      return result.code === undefined
        ? { check, outcome, ...withLastDay({ detail: SHOWN[check] }, result) }
        : { check, outcome, code: result.code, ...withLastDay(NOTES[result.code], result) };
    case 'failed':
      return { check, outcome, code: result.code, ...withLastDay(failureWords(result.code, otherWay), result) };
    case 'skipped':
      return { check, outcome, code: result.code, ...SKIPS[result.code] };
  }
}

function failureWords(code: FailureCode, otherWay: string | null): Words {
  const words = FAILURES[code];
  return code === 'switched_off' && otherWay !== null ? { ...words, fix: `Reconnect with ${otherWay}.` } : words;
}

import type { StandingProblem } from '@daybook/contracts';
import { PARTS, waitsForAdmin, type Connection, type ServerObjection } from './connection';

const OBJECTIONS: Readonly<Record<ServerObjection, string>> = {
  host_not_allowed: 'An administrator does not allow this server. Nothing is lost; it goes on when it is allowed.',
  untrusted_not_allowed:
    'An administrator does not allow servers whose certificate is not checked. Connect again with the check, or ask for it.',
};

/** What holds the whole connection up, or else the first part's trouble. `suspended`: the integration is switched off. */
export function standingProblem(connection: Connection, suspended: boolean): StandingProblem | undefined {
  const since = connection.phaseSince.toISOString();
  if (suspended) {
    const detail =
      'An administrator has switched off the integration. Nothing is lost; it goes on when it is on again.';
    return { code: 'integration_disabled', detail, blame: 'admin' };
  }
  if (connection.phase === 'needs_reconnect') return { ...wantsItsPerson(connection), blame: 'user', since };
  if (connection.phase === 'awaiting_admin') {
    const detail = 'An administrator of your organisation has to approve this connection at the provider.';
    return { code: 'admin_approval_needed', detail, blame: 'admin', since };
  }
  const objection = connection.server?.objection;
  if (objection) return { code: 'untrusted_server', detail: OBJECTIONS[objection], blame: 'admin' };
  const report = PARTS.map((part) => connection.reports[part]).find((candidate) => candidate?.problem);
  return report?.problem ?? approvalOfMore(connection);
}

function wantsItsPerson({ claims, server }: Connection): Pick<StandingProblem, 'code' | 'detail'> {
  if (claims !== null) {
    const detail = 'Your organisation wants you to sign in again. Connect again; nothing is lost.';
    return { code: 'sign_in_needed', detail };
  }
  if (server !== null) {
    const detail = 'The password is no longer accepted. Enter the new one; nothing is lost.';
    return { code: 'password_refused', detail };
  }
  const detail = 'The provider no longer accepts this connection. Connect it again; nothing is lost.';
  return { code: 'consent_revoked', detail };
}

function approvalOfMore(connection: Connection): StandingProblem | undefined {
  if (!waitsForAdmin(connection)) return undefined;
  const detail =
    connection.approvalAt === null
      ? 'An administrator of your organisation has to approve what is missing. What was granted works.'
      : 'An administrator of your organisation has to approve the other way to connect. Until then it stays as it is.';
  return { code: 'admin_approval_needed', detail, blame: 'admin' };
}

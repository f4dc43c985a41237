/** By problem code: what happened, and what it means and what to do. */
export const enProblems = {
  offline: {
    title: 'Daybook does not answer',
    text: 'You may be offline, or the deployment is down. Check your connection and try again.',
  },
  unexpected_answer: {
    title: 'The answer was not understood',
    text: 'Something between you and Daybook answered instead. Try again; if it stays, tell your administrator.',
  },
  malformed_json: { title: 'The request was not understood', text: 'Reload the page and try again.' },
  bad_request: { title: 'The request was not understood', text: 'Reload the page and try again.' },
  invalid_query: { title: 'A filter is not valid', text: 'Clear the filters and try again.' },
  invalid_body: { title: 'Something is missing or not valid', text: 'Check what you entered and try again.' },
  body_too_large: { title: 'That is too much at once', text: 'Make it shorter and try again.' },
  unsupported_media_type: { title: 'The request was not understood', text: 'Reload the page and try again.' },
  unauthenticated: { title: 'You are not signed in', text: 'Sign in and try again.' },
  invalid_credentials: {
    title: 'Sign-in did not work',
    text: 'The address or the password is wrong. Check both and try again.',
  },
  session_ended: { title: 'Your session has ended', text: 'Sign in again to go on.' },
  csrf_rejected: {
    title: 'The request came from another site',
    text: 'Open Daybook by its own address and try again.',
  },
  client_too_old: { title: 'This page is too old', text: 'Reload it to get the present version.' },
  forbidden: { title: 'You may not do that', text: 'Your role does not allow it. An administrator can.' },
  client_not_supported: { title: 'Not offered here', text: 'This kind of client does not get that.' },
  integration_disabled: {
    title: 'The integration is switched off',
    text: 'An administrator has switched it off. Nothing was deleted. Ask an administrator to switch it on.',
  },
  service_not_allowed: {
    title: 'This service is not allowed',
    text: 'An administrator does not allow it. Choose another, or ask an administrator.',
  },
  permission_locked: {
    title: 'This permission is fixed',
    text: 'An administrator has fixed it. Go on with the fixed one, or ask an administrator.',
  },
  permission_missing: {
    title: 'A permission is missing',
    text: 'The connection may not do that. You can ask for more under Profile.',
  },
  not_found: { title: 'That is not there', text: 'It was deleted or moved, or it is not yours to see.' },
  method_not_allowed: { title: 'The request was not understood', text: 'Reload the page and try again.' },
  connection_exists: {
    title: 'This service is connected already',
    text: 'Configure the connection you have, or delete it and connect again.',
  },
  sign_in_failed: {
    title: 'Signing in did not work',
    text: 'Nothing was connected or changed. What failed and what helps stands in the list of steps.',
  },
  idempotency_mismatch: { title: 'That was sent twice', text: 'Reload the page and look whether it was done already.' },
  conflict: {
    title: 'That does not fit any more',
    text: 'Something changed in the meantime. Reload the page and try again.',
  },
  cursor_expired: { title: 'The list is too old', text: 'Reload it.' },
  version_conflict: {
    title: 'Somebody changed it in the meantime',
    text: 'You see the present state now. Do it again if you still want to.',
  },
  scheduled_elsewhere: {
    title: 'Not scheduled here',
    text: 'Only meetings scheduled here can be deleted here. Delete it in its own calendar; it then disappears here by itself.',
  },
  not_organizer: { title: 'Another person organizes this meeting', text: 'Only the organizer can change it.' },
  calendar_read_only: {
    title: 'The calendar can only be read',
    text: 'Your role in it does not allow changes. Choose another calendar, or ask its owner.',
  },
  attendees_left_out: {
    title: 'The provider does not show all attendees',
    text: 'A change here would lose them. Change it in its own calendar.',
  },
  two_way_off: {
    title: 'Writing to calendars is switched off',
    text: 'An administrator has switched it off. Schedule without a calendar, or ask an administrator.',
  },
  would_notify: {
    title: 'Attendees would get mail',
    text: 'This service mails attendees with each change. Nothing was written. Say that mail may go out to do it all the same.',
  },
  write_refused: { title: 'The provider said no', text: 'Nothing was changed. Check what you entered.' },
  capability_not_available: { title: 'Not available here', text: 'This deployment does not offer that.' },
  rate_limited: { title: 'Too many attempts', text: 'Wait a little and try again.' },
  ticket_invalid: { title: 'The link is used up', text: 'It works once and for ten minutes. Start again.' },
  internal_error: {
    title: 'Something went wrong here',
    text: 'The fault is ours and has been noted. Try again in a moment.',
  },
  provider_unavailable: {
    title: 'The provider does not answer',
    text: 'Nothing is lost. It is tried again by itself.',
  },
  service_unavailable: { title: 'A part of Daybook does not answer', text: 'Nothing is lost. Try again in a moment.' },
  deadline_exceeded: { title: 'It took too long', text: 'Try again in a moment.' },
  access_denied: {
    title: 'You said no at the provider',
    text: 'No permission was given at the provider. Try again if that was not what you meant.',
  },
  consent_revoked: {
    title: 'Access was taken back',
    text: 'The provider does not let Daybook in any more. Connect again to go on; nothing here is lost.',
  },
  password_refused: {
    title: 'The password is not taken any more',
    text: 'Connect again and enter the new one. The old one is not tried again, so that your account is not locked; nothing here is lost.',
  },
  sign_in_needed: {
    title: 'Your organisation wants you to sign in again',
    text: 'It asks for a fresh proof that it is you, such as a second factor. Connect again to give it; nothing here is lost.',
  },
  admin_approval_needed: {
    title: 'An administrator has to agree',
    text: 'Your organisation wants an administrator to approve Daybook at the provider. Ask yours, then go on with the button below. What was connected before also goes on by itself within a quarter of an hour.',
  },
  different_account: {
    title: 'That was another account',
    text: 'You signed in at the provider with another account than before. Nothing was changed. Try again with the first one, or delete the connection and make a new one.',
  },
  no_mailbox: {
    title: 'There is no calendar in that account',
    text: 'Ask your administrator whether the account has one.',
  },
  untrusted_server: {
    title: 'The server is not trusted',
    text: 'Its address or certificate is not trusted here, so nothing is read from it. Ask your administrator to look at it.',
  },
  switched_off: {
    title: 'Your organisation switched this way off',
    text: 'Nothing can be read in this way any more. Connect again in the recommended way; nothing here is lost.',
  },
  state_invalid: {
    title: 'The sign-in at the provider is used up',
    text: 'It was opened twice, took too long or came from another browser. Start again.',
  },
  provider_throttled: {
    title: 'The provider asks for patience',
    text: 'It allows only so many requests and told Daybook to wait. Nothing is lost; it goes on by itself.',
  },
  shared_calendar_refused: {
    title: 'A calendar of somebody else may not be read',
    text: 'Its owner took the access back, or the permission for shared calendars was not given. Ask the owner, connect again and allow shared calendars, or take the calendar out of the list. Your other calendars go on.',
  },
  provider_fault: {
    title: 'The provider’s answer was not understood',
    text: 'What it sent could not be read, so something new may be missing here. It is tried again by itself; if this stays for a day, tell your administrator.',
  },
  removal_review: {
    title: 'Deletions are held back',
    text: 'The provider suddenly shows far fewer items than before. Nothing was removed here, and what is new still arrives. Look at what would vanish, and say whether it may; if the items come back, it goes on by itself.',
  },
  nothing_granted: {
    title: 'Nothing was ticked at the provider',
    text: 'Every box stayed empty, so nothing was connected and nothing is kept. Try again and tick what Daybook may do.',
  },
  no_offline_access: {
    title: 'The provider gave no lasting access',
    text: 'Daybook reads also while you are away, so nothing was connected. Remove Daybook in your account’s settings at the provider, then try again.',
  },
  code_invalid: {
    title: 'The provider’s answer was used up',
    text: 'It was too old or had been used before. Nothing was connected or changed. Start again.',
  },
  provider_refused: {
    title: 'The provider refused',
    text: 'It ended the sign-in without a reason. Nothing was connected or changed. Try again; if it stays, tell your administrator.',
  },
  connection_gone: {
    title: 'The connection was deleted meanwhile',
    text: 'It was deleted while you were at the provider, and what you granted there was given back. Connect again if you want it.',
  },
  try_again: {
    title: 'An earlier attempt is still under way',
    text: 'This one changed nothing. Wait a minute and try again.',
  },
};

import type { Words } from './en';

/** By problem code: what happened, and what it means and what to do. */
export const deProblems: Words['problem'] = {
  offline: {
    title: 'Daybook antwortet nicht',
    text: 'Vielleicht sind Sie offline, oder die Installation steht. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
  },
  unexpected_answer: {
    title: 'Die Antwort war nicht zu verstehen',
    text: 'Etwas zwischen Ihnen und Daybook hat stattdessen geantwortet. Versuchen Sie es erneut; bleibt es so, sagen Sie es der Verwaltung.',
  },
  malformed_json: {
    title: 'Die Anfrage war nicht zu verstehen',
    text: 'Laden Sie die Seite neu und versuchen Sie es erneut.',
  },
  bad_request: {
    title: 'Die Anfrage war nicht zu verstehen',
    text: 'Laden Sie die Seite neu und versuchen Sie es erneut.',
  },
  invalid_query: { title: 'Ein Filter ist nicht gültig', text: 'Leeren Sie die Filter und versuchen Sie es erneut.' },
  invalid_body: {
    title: 'Etwas fehlt oder ist nicht gültig',
    text: 'Prüfen Sie Ihre Eingaben und versuchen Sie es erneut.',
  },
  body_too_large: { title: 'Das ist zu viel auf einmal', text: 'Kürzen Sie es und versuchen Sie es erneut.' },
  unsupported_media_type: {
    title: 'Die Anfrage war nicht zu verstehen',
    text: 'Laden Sie die Seite neu und versuchen Sie es erneut.',
  },
  unauthenticated: { title: 'Sie sind nicht angemeldet', text: 'Melden Sie sich an und versuchen Sie es erneut.' },
  invalid_credentials: {
    title: 'Die Anmeldung hat nicht geklappt',
    text: 'Adresse oder Kennwort ist falsch. Prüfen Sie beide und versuchen Sie es erneut.',
  },
  session_ended: { title: 'Ihre Sitzung ist beendet', text: 'Melden Sie sich erneut an, um weiterzumachen.' },
  csrf_rejected: {
    title: 'Die Anfrage kam von einer anderen Seite',
    text: 'Öffnen Sie Daybook unter seiner eigenen Adresse und versuchen Sie es erneut.',
  },
  client_too_old: { title: 'Diese Seite ist zu alt', text: 'Laden Sie sie neu, um die jetzige Fassung zu bekommen.' },
  forbidden: { title: 'Das dürfen Sie nicht', text: 'Ihre Rolle erlaubt es nicht. Die Verwaltung kann es.' },
  client_not_supported: { title: 'Hier nicht angeboten', text: 'Diese Art von Programm bekommt das nicht.' },
  integration_disabled: {
    title: 'Die Integration ist ausgeschaltet',
    text: 'Die Verwaltung hat sie ausgeschaltet. Es wurde nichts gelöscht. Bitten Sie die Verwaltung, sie einzuschalten.',
  },
  service_not_allowed: {
    title: 'Dieser Dienst ist nicht erlaubt',
    text: 'Die Verwaltung erlaubt ihn nicht. Wählen Sie einen anderen, oder wenden Sie sich an die Verwaltung.',
  },
  permission_locked: {
    title: 'Diese Berechtigung ist festgelegt',
    text: 'Die Verwaltung hat sie festgelegt. Machen Sie mit ihr weiter, oder wenden Sie sich an die Verwaltung.',
  },
  permission_missing: {
    title: 'Eine Berechtigung fehlt',
    text: 'Die Verbindung darf das nicht. Im Profil können Sie um mehr bitten.',
  },
  not_found: {
    title: 'Das ist nicht da',
    text: 'Es wurde gelöscht oder verschoben, oder es ist nicht für Sie bestimmt.',
  },
  method_not_allowed: {
    title: 'Die Anfrage war nicht zu verstehen',
    text: 'Laden Sie die Seite neu und versuchen Sie es erneut.',
  },
  connection_exists: {
    title: 'Dieser Dienst ist schon verbunden',
    text: 'Konfigurieren Sie die Verbindung, die Sie haben, oder löschen Sie sie und verbinden Sie neu.',
  },
  sign_in_failed: {
    title: 'Die Anmeldung hat nicht geklappt',
    text: 'Es wurde nichts verbunden oder geändert. Was fehlschlug und was hilft, steht in der Liste der Schritte.',
  },
  idempotency_mismatch: {
    title: 'Das wurde zweimal gesendet',
    text: 'Laden Sie die Seite neu und sehen Sie nach, ob es schon getan ist.',
  },
  conflict: {
    title: 'Das passt nicht mehr',
    text: 'Inzwischen hat sich etwas geändert. Laden Sie die Seite neu und versuchen Sie es erneut.',
  },
  cursor_expired: { title: 'Die Liste ist zu alt', text: 'Laden Sie sie neu.' },
  version_conflict: {
    title: 'Jemand hat es inzwischen geändert',
    text: 'Sie sehen jetzt den aktuellen Stand. Tun Sie es erneut, wenn Sie es noch möchten.',
  },
  scheduled_elsewhere: {
    title: 'Nicht hier geplant',
    text: 'Nur hier geplante Meetings lassen sich hier löschen. Löschen Sie es in seinem Kalender; hier verschwindet es dann von selbst.',
  },
  not_organizer: { title: 'Eine andere Person organisiert dieses Meeting', text: 'Nur sie kann es ändern.' },
  calendar_read_only: {
    title: 'Der Kalender lässt sich nur lesen',
    text: 'Ihre Rolle darin erlaubt keine Änderungen. Wählen Sie einen anderen Kalender, oder fragen Sie, wer ihn besitzt.',
  },
  attendees_left_out: {
    title: 'Der Anbieter zeigt nicht alle Teilnehmenden',
    text: 'Eine Änderung hier würde sie verlieren. Ändern Sie es in seinem Kalender.',
  },
  two_way_off: {
    title: 'Das Schreiben in Kalender ist abgeschaltet',
    text: 'Die Verwaltung hat es abgeschaltet. Planen Sie ohne Kalender, oder fragen Sie die Verwaltung.',
  },
  would_notify: {
    title: 'Teilnehmende bekämen E-Mail',
    text: 'Dieser Dienst schreibt Teilnehmenden bei jeder Änderung. Geschrieben wurde nichts. Erlauben Sie E-Mail, um es trotzdem zu tun.',
  },
  write_refused: {
    title: 'Der Anbieter hat es abgelehnt',
    text: 'Geändert wurde nichts. Prüfen Sie Ihre Eingaben.',
  },
  capability_not_available: { title: 'Hier nicht verfügbar', text: 'Diese Installation bietet das nicht.' },
  rate_limited: { title: 'Zu viele Versuche', text: 'Warten Sie etwas und versuchen Sie es erneut.' },
  ticket_invalid: {
    title: 'Der Link ist verbraucht',
    text: 'Er gilt einmal und zehn Minuten lang. Beginnen Sie noch einmal.',
  },
  internal_error: {
    title: 'Hier ist etwas schiefgegangen',
    text: 'Der Fehler liegt bei uns und ist vermerkt. Versuchen Sie es gleich noch einmal.',
  },
  provider_unavailable: {
    title: 'Der Anbieter antwortet nicht',
    text: 'Es ist nichts verloren. Es wird von selbst erneut versucht.',
  },
  service_unavailable: {
    title: 'Ein Teil von Daybook antwortet nicht',
    text: 'Es ist nichts verloren. Versuchen Sie es gleich noch einmal.',
  },
  deadline_exceeded: { title: 'Es hat zu lange gedauert', text: 'Versuchen Sie es gleich noch einmal.' },
  access_denied: {
    title: 'Sie haben beim Anbieter abgelehnt',
    text: 'Beim Anbieter wurde keine Erlaubnis gegeben. Versuchen Sie es erneut, wenn Sie es anders meinten.',
  },
  consent_revoked: {
    title: 'Der Zugriff wurde entzogen',
    text: 'Der Anbieter lässt Daybook nicht mehr hinein. Verbinden Sie erneut, um weiterzumachen; hier ist nichts verloren.',
  },
  password_refused: {
    title: 'Das Kennwort wird nicht mehr angenommen',
    text: 'Verbinden Sie erneut und geben Sie das neue ein. Das alte wird nicht noch einmal versucht, damit Ihr Konto nicht gesperrt wird; hier geht nichts verloren.',
  },
  sign_in_needed: {
    title: 'Ihre Organisation verlangt eine neue Anmeldung',
    text: 'Sie möchte frisch nachgewiesen haben, dass Sie es sind, etwa mit einem zweiten Faktor. Verbinden Sie erneut; hier ist nichts verloren.',
  },
  admin_approval_needed: {
    title: 'Die Verwaltung muss zustimmen',
    text: 'Ihre Organisation verlangt, dass die Verwaltung Daybook beim Anbieter genehmigt. Bitten Sie sie darum und machen Sie dann mit dem Knopf unten weiter. Was schon verbunden war, geht auch von selbst weiter, binnen einer Viertelstunde.',
  },
  different_account: {
    title: 'Das war ein anderes Konto',
    text: 'Sie haben sich beim Anbieter mit einem anderen Konto als zuvor angemeldet. Es wurde nichts geändert. Versuchen Sie es mit dem ersten, oder löschen Sie die Verbindung und legen Sie eine neue an.',
  },
  no_mailbox: {
    title: 'In diesem Konto gibt es keinen Kalender',
    text: 'Fragen Sie die Verwaltung, ob das Konto einen hat.',
  },
  untrusted_server: {
    title: 'Dem Server wird nicht vertraut',
    text: 'Seiner Adresse oder seinem Zertifikat wird hier nicht vertraut; deshalb wird nichts von ihm gelesen. Bitten Sie die Verwaltung, es anzusehen.',
  },
  switched_off: {
    title: 'Ihre Organisation hat diesen Weg abgeschaltet',
    text: 'Auf diesem Weg lässt sich nichts mehr lesen. Verbinden Sie erneut auf dem empfohlenen Weg; hier ist nichts verloren.',
  },
  state_invalid: {
    title: 'Die Anmeldung beim Anbieter ist verbraucht',
    text: 'Sie wurde zweimal geöffnet, dauerte zu lange oder kam aus einem anderen Browser. Beginnen Sie noch einmal.',
  },
  provider_throttled: {
    title: 'Der Anbieter bittet um Geduld',
    text: 'Er erlaubt nur eine Anzahl von Anfragen und lässt Daybook warten. Es ist nichts verloren; es geht von selbst weiter.',
  },
  shared_calendar_refused: {
    title: 'Ein Kalender einer anderen Person darf nicht gelesen werden',
    text: 'Die Person hat den Zugriff zurückgenommen, oder die Erlaubnis für freigegebene Kalender wurde nicht gegeben. Fragen Sie die Person, verbinden Sie erneut und erlauben Sie freigegebene Kalender, oder nehmen Sie den Kalender aus der Liste. Ihre anderen Kalender gehen weiter.',
  },
  provider_fault: {
    title: 'Die Antwort des Anbieters war nicht zu verstehen',
    text: 'Was er geschickt hat, war nicht lesbar; Neues kann hier deshalb fehlen. Es wird von selbst erneut versucht; bleibt es einen Tag so, sagen Sie es der Verwaltung.',
  },
  removal_review: {
    title: 'Löschungen werden zurückgehalten',
    text: 'Der Anbieter zeigt plötzlich viel weniger Einträge als zuvor. Hier wurde nichts entfernt, und Neues kommt weiter an. Sehen Sie nach, was verschwinden würde, und sagen Sie, ob es das darf; kommen die Einträge wieder, geht es von selbst weiter.',
  },
  nothing_granted: {
    title: 'Beim Anbieter wurde nichts angekreuzt',
    text: 'Alle Kästchen blieben leer; es wurde nichts verbunden und nichts behalten. Versuchen Sie es erneut und kreuzen Sie an, was Daybook darf.',
  },
  no_offline_access: {
    title: 'Der Anbieter gab keinen dauerhaften Zugriff',
    text: 'Daybook liest auch, während Sie weg sind; deshalb wurde nichts verbunden. Entfernen Sie Daybook in den Einstellungen Ihres Kontos beim Anbieter und versuchen Sie es dann erneut.',
  },
  code_invalid: {
    title: 'Die Antwort des Anbieters war verbraucht',
    text: 'Sie war zu alt oder schon benutzt. Es wurde nichts verbunden oder geändert. Beginnen Sie noch einmal.',
  },
  provider_refused: {
    title: 'Der Anbieter hat abgelehnt',
    text: 'Er hat die Anmeldung ohne Grund beendet. Es wurde nichts verbunden oder geändert. Versuchen Sie es erneut; bleibt es so, sagen Sie es der Verwaltung.',
  },
  connection_gone: {
    title: 'Die Verbindung wurde inzwischen gelöscht',
    text: 'Sie wurde gelöscht, während Sie beim Anbieter waren; was Sie dort erlaubt haben, ist zurückgegeben. Verbinden Sie neu, wenn Sie sie möchten.',
  },
  try_again: {
    title: 'Ein früherer Versuch läuft noch',
    text: 'Dieser hat nichts geändert. Warten Sie eine Minute und versuchen Sie es erneut.',
  },
};

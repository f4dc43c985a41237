import type { enDiagnosis } from './en-diagnosis';
import type { Wide } from './en';

/** Words of the check of a connection, by its checks and by the codes of what was found. */
export const deDiagnosis: Wide<typeof enDiagnosis> = {
  start: 'Verbindung prüfen',
  again: 'Noch einmal prüfen',
  close: 'Prüfung schließen',
  title: 'Prüfung der Verbindung',
  lead: 'Jeder Schritt wird wirklich ausgeführt. Wo das Schreiben erlaubt ist, wird ein privater Testeintrag in Ihren Kalender geschrieben und sofort entfernt; niemand wird benachrichtigt.',
  running: 'Wird geprüft: {{check}} …',
  allWell: 'Alles funktioniert.',
  allWellSkipped: 'Was geprüft werden konnte, funktioniert.',
  failures_one: '{{count}} Prüfung ist fehlgeschlagen. Was hilft, steht darunter.',
  failures_other: '{{count}} Prüfungen sind fehlgeschlagen. Was hilft, steht jeweils darunter.',
  allWellNoted: 'Es funktioniert. Darunter steht eine Warnung.',
  outcome: {
    passed: 'Funktioniert',
    noted: 'Warnung',
    failed: 'Fehlgeschlagen',
    skipped: 'Nicht geprüft',
    running: 'Wird geprüft',
    waiting: 'Wartet',
  },
  fix: 'Was hilft:',
  check: {
    address: { name: 'Adresse', passed: 'Der Anbieter wurde gefunden und nimmt Verbindungen an.' },
    tls: {
      name: 'Verschlüsselung',
      passed: 'Die Verbindung ist verschlüsselt, und dem Zertifikat wird vertraut.',
    },
    sign_in: { name: 'Anmeldung', passed: 'Der Anbieter nimmt die Anmeldung dieser Verbindung an.' },
    permissions: { name: 'Berechtigungen', passed: 'Alles, was gewünscht war, wurde erlaubt.' },
    read: {
      name: 'Lesen',
      passed: 'Ihre Kalender und die nächsten Tage des Hauptkalenders konnten gelesen werden.',
    },
    write_then_remove: {
      name: 'Schreiben',
      passed: 'Ein privater Testeintrag wurde geschrieben und wieder entfernt.',
    },
    push: { name: 'Änderungen von selbst', passed: 'Der Anbieter meldet Änderungen hierher, ohne gefragt zu werden.' },
  },
  dated: {
    passed: 'Die Verbindung ist verschlüsselt, und dem Zertifikat wird bis {{date}} vertraut.',
    certificate_ends_soon: 'Dem Zertifikat wird vertraut, aber es läuft am {{date}} ab.',
    certificate_expired: 'Das Zertifikat ist am {{date}} abgelaufen.',
  },
  found: {
    address_not_found: 'Der Name des Servers des Anbieters führt nirgendwohin.',
    address_blocked: 'Daybook darf die Adresse des Anbieters von hier aus nicht aufrufen.',
    no_connection: 'Der Server des Anbieters nimmt keine Verbindung an.',
    certificate_refused: 'Dem Zertifikat des Servers wird nicht vertraut.',
    certificate_expired: 'Das Zertifikat ist abgelaufen.',
    certificate_ends_soon: 'Dem Zertifikat wird vertraut, aber es läuft bald ab.',
    consent_revoked: 'Der Anbieter nimmt die Anmeldung dieser Verbindung nicht mehr an.',
    password_refused:
      'Der Server nimmt das Kennwort dieser Verbindung nicht mehr an. Es wird nicht noch einmal versucht.',
    admin_approval_needed: 'Erst muss ein Administrator Ihrer Organisation beim Anbieter zustimmen.',
    not_finished: 'Die Verbindung wurde begonnen und beim Anbieter nicht abgeschlossen.',
    permission_missing: 'Der Anbieter hat weniger erlaubt, als gewünscht war.',
    no_mailbox: 'Hinter diesem Konto gibt es keinen Kalender.',
    switched_off: 'Ihre Organisation hat diese Art des Zugriffs abgeschaltet.',
    no_calendar: 'Das Konto zeigt keinen Kalender.',
    provider_throttled: 'Der Anbieter bittet zu warten.',
    provider_unavailable: 'Der Anbieter antwortet im Augenblick nicht.',
    provider_fault: 'Die Antwort des Anbieters war nicht zu verstehen.',
    took_too_long: 'In der vorgesehenen Zeit kam keine Antwort.',
    write_refused: 'Der Anbieter hat den Testeintrag abgelehnt.',
    test_event_left: 'Der Testeintrag wurde geschrieben und konnte noch nicht entfernt werden.',
    push_refused: 'Der Anbieter lehnt es ab, Änderungen hierher zu melden.',
    earlier_failed: 'Etwas, das dafür nötig ist, ist vorher fehlgeschlagen.',
    plain_http: 'Die Adresse ist einfaches http, wie vom Betreiber eingestellt: Es gibt kein Zertifikat.',
    waiting_for_provider: 'Der Anbieter hat darum gebeten, eine Weile nicht gefragt zu werden.',
    calendar_not_wanted: 'Kalender werden mit dieser Verbindung nicht genutzt.',
    nothing_granted: 'Beim Anbieter wurde nichts erlaubt, was Kalender brauchen.',
    read_only: 'Diese Verbindung darf nur lesen.',
    locked_by_policy: 'Ein Administrator erlaubt es nicht.',
    two_way_off: 'Ein Administrator hat das Schreiben in verbundene Kalender abgeschaltet.',
    writes_not_offered: 'Kalender dieses Anbieters werden hier nur gelesen.',
    no_writable_calendar: 'In keinen Ihrer eigenen Kalender darf geschrieben werden.',
    no_public_address: 'Der Anbieter erreicht Daybook nicht, daher kommen Änderungen mit dem nächsten Nachsehen.',
    out_of_time: 'Die Zeit für alle Prüfungen zusammen war um.',
    check_not_offered: 'Bei diesem Anbieter gibt es hier nichts zu prüfen.',
  },
  helps: {
    address_not_found:
      'Bitten Sie Ihren Administrator, die Adresse des Anbieters und die Namensauflösung hier zu prüfen.',
    address_blocked: 'Bitten Sie Ihren Administrator, die Adresse zu erlauben oder zu berichtigen.',
    no_connection:
      'Versuchen Sie es in einigen Minuten noch einmal. Bleibt es so, bitten Sie Ihren Administrator, den Weg ins Internet zu prüfen.',
    certificate_expired:
      'Bitten Sie den Betreiber des Servers, es zu erneuern. Verbinden Sie dann erneut, sonst geht es binnen eines Tages von selbst weiter.',
    certificate_ends_soon:
      'Bitten Sie den Betreiber des Servers, es vorher zu erneuern: Danach wird nichts mehr dorthin gesendet.',
    certificate_refused: 'Bitten Sie Ihren Administrator, das Zertifikat oder den Proxy dazwischen anzusehen.',
    consent_revoked:
      'Wählen Sie „Erneut verbinden“. Der Zugriff wurde entzogen oder ist abgelaufen, oder Ihre Organisation verlangt eine neue Anmeldung.',
    password_refused: 'Wählen Sie „Erneut verbinden“ und geben Sie das neue Kennwort ein.',
    admin_approval_needed:
      'Schicken Sie der Verwaltung Ihrer Organisation den Link oben, wenn es einen gibt, oder bitten Sie sie zuzustimmen. Machen Sie dann beim Anbieter weiter.',
    not_finished: 'Machen Sie beim Anbieter weiter, oder löschen Sie die Verbindung und beginnen Sie neu.',
    permission_missing: 'Bitten Sie noch einmal um die Berechtigung und setzen Sie beim Anbieter jedes Häkchen.',
    no_mailbox:
      'Verbinden Sie ein anderes Konto, oder fragen Sie die Verwaltung Ihrer Organisation, ob dieses ein Postfach und eine Lizenz dafür hat.',
    switched_off: 'Fragen Sie den Administrator Ihrer Organisation, oder verbinden Sie sich auf andere Weise.',
    no_calendar: 'Öffnen Sie den Kalender einmal beim Anbieter, damit er angelegt wird, und prüfen Sie noch einmal.',
    provider_throttled:
      'Es ist nichts zu tun, es geht von selbst weiter. Bleibt es so, sagen Sie es Ihrem Administrator.',
    provider_unavailable:
      'Es ist nichts zu tun, es wird von selbst wieder versucht. Bleibt es so, sagen Sie es Ihrem Administrator.',
    provider_fault: 'Prüfen Sie später noch einmal. Bleibt es so, sagen Sie es Ihrem Administrator.',
    took_too_long: 'Prüfen Sie später noch einmal, wenn weniger los ist.',
    write_refused:
      'Sehen Sie beim Anbieter nach, ob Sie in Ihren Hauptkalender eintragen dürfen. Gelesen wird weiterhin.',
    test_event_left:
      'Er wird innerhalb von Minuten von selbst entfernt. Er ist privat, steht am 3. Januar 2000, und Sie dürfen ihn selbst löschen.',
    push_refused:
      'Fragen Sie Ihren Administrator, ob Daybook eine https-Adresse hat, die der Anbieter erreicht. Bis dahin kommen Änderungen mit dem nächsten Nachsehen.',
    waiting_for_provider: 'Es ist nichts zu tun. Prüfen Sie in einigen Minuten noch einmal.',
    calendar_not_wanted: 'Wählen Sie unter „Konfigurieren“ eine Berechtigung für Kalender, wenn Sie sie möchten.',
    nothing_granted: 'Bitten Sie noch einmal um die Berechtigung und setzen Sie beim Anbieter jedes Häkchen.',
    read_only: 'Erlauben Sie das Schreiben unter „Konfigurieren“, wenn Sie es möchten.',
    locked_by_policy: 'Fragen Sie Ihren Administrator, wenn Sie es brauchen.',
    two_way_off: 'Fragen Sie Ihren Administrator, wenn Sie es brauchen.',
    no_writable_calendar: 'Legen Sie beim Anbieter einen eigenen Kalender an, wenn Sie von hier aus planen möchten.',
    no_public_address: 'Ein Administrator kann Daybook eine öffentliche https-Adresse geben.',
    out_of_time: 'Prüfen Sie später noch einmal.',
  },
};

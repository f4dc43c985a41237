import type { enEws } from './en-ews';
import type { Wide } from './en';

/** Words of signing in with a name and a password to a server of Exchange: the form, its steps, the card. */
export const deEws: Wide<typeof enEws> = {
  chooseMethod: 'Wie möchten Sie autorisieren?',
  formTitle: 'Bei {{service}} anmelden',
  lead: 'Daybook meldet sich damit an und liest Ihren Kalender auch, während Sie weg sind. Das Kennwort wird verschlüsselt aufbewahrt und niemandem gezeigt.',
  warning: {
    office365: {
      title: 'Exchange Online schaltet diesen Weg ab',
      text: 'Exchange Online lehnt Kennwörter seit 2022 ab und schaltet EWS im April 2027 endgültig ab.',
      choose: 'Wählen Sie OAuth 2.0, außer Ihre Organisation hat Ihnen etwas anderes gesagt.',
      before: 'Verbinden Sie vorher mit Microsoft neu; alles hier bleibt erhalten.',
    },
  },
  instead: { office365: 'Mit Microsoft neu verbinden' },
  switchedOff: { office365: 'Verbinden Sie mit Microsoft neu; alles hier bleibt erhalten.' },
  enterHost: '{{host}} als Server eintragen',
  byOAuth: 'Stattdessen OAuth 2.0 benutzen',
  label: {
    office365: {
      email: 'E-Mail-Adresse des Office 365-Kontos',
      password: 'Kennwort des Office 365-Kontos',
      url: 'EWS-URL',
    },
    exchange: {
      email: 'E-Mail-Adresse',
      username: 'Exchange-Anmeldebenutzername oder UPN',
      password: 'Exchange-Anmeldekennwort',
      version: 'Exchange-Version',
      url: 'EWS-URL',
    },
  },
  optional: '{{label}} (optional)',
  hint: {
    username: 'Ein Name, eine Adresse oder DOMÄNE\\Name, wie bei der Anmeldung an Outlook im Web.',
    email: 'Wenn sie anders lautet als der Anmeldename.',
    url: 'Leer lassen: Wir suchen sie anhand Ihrer Adresse.',
    allowed: 'Die Verwaltung erlaubt diese Server: {{hosts}}.',
  },
  version: {
    auto: 'Nicht sicher (herausfinden)',
    Exchange2010_SP2: 'Exchange 2010 SP2',
    Exchange2010_SP3: 'Exchange 2010 SP3',
    Exchange2013: 'Exchange 2013',
    Exchange2013_SP1: 'Exchange 2013 SP1',
    Exchange2016: 'Exchange 2016',
    Exchange2019: 'Exchange 2019',
    ExchangeSE: 'Exchange Server SE',
  },
  more: 'Mehr',
  authorities: 'Zertifizierungsstelle',
  authoritiesHint:
    'Nur wenn Ihre Organisation eine eigene hat: ihr Zertifikat als PEM. Ihm wird allein für diese Verbindung vertraut.',
  authoritiesFile: 'Datei wählen',
  skip: 'Zertifikatsprüfung auslassen',
  skipHint:
    'Gefährlich: Wer zwischen Daybook und dem Server sitzt, könnte Ihr Kennwort und Ihren Kalender lesen. Die Verwaltung erlaubt es hier; es wird vermerkt und angezeigt, solange es so ist.',
  showPassword: 'Kennwort anzeigen',
  need: {
    filled: 'Das wird gebraucht.',
    email: 'Das ist keine E-Mail-Adresse.',
    where: 'Geben Sie eine E-Mail-Adresse oder den Server an, damit er zu finden ist.',
    secret: 'Lassen Sie Namen und Kennwort aus dieser Adresse weg: Sie haben eigene Felder.',
    pem: 'Das ist kein Zertifikat als PEM. Es beginnt mit -----BEGIN CERTIFICATE-----.',
    tooLong: 'Das ist zu lang.',
  },
  connect: 'Verbinden',
  reconnectTitle: '{{service}} erneut verbinden',
  reconnectLead:
    'Alles hier bleibt erhalten. Geben Sie das Kennwort ein; der Server bleibt derselbe, wenn Sie ihn nicht ändern.',
  changeServer: 'Server ändern',
  steps: 'Schritte der Anmeldung',
  running: 'Anmeldung läuft …',
  progress: '{{step}}: {{outcome}}. Es geht weiter …',
  next: 'Nächster Schritt',
  skippedStep: 'Übersprungen',
  step: {
    find_by_setting: {
      name: 'Adresse aus den Einstellungen',
      passed: 'Der Betreiber von Daybook hat eingestellt, wo er ist.',
    },
    find_at_domain: { name: 'Nachsehen bei der Domäne', passed: 'Die Domäne sagt, wo der Server ist.' },
    find_at_autodiscover_host: {
      name: 'Nachsehen bei Autodiscover',
      passed: 'Autodiscover sagt, wo der Server ist.',
    },
    find_by_redirect: { name: 'Einer Weiterleitung folgen', passed: 'Sie führt dorthin, wo der Server ist.' },
    find_by_srv: { name: 'Nachsehen im Namensdienst', passed: 'Ein SRV-Eintrag sagt, wo der Server ist.' },
    address: { name: 'Adresse', passed: 'Der Server wurde gefunden und nimmt Verbindungen an.' },
    tls: { name: 'Verschlüsselung', passed: 'Die Verbindung ist verschlüsselt, und dem Zertifikat wird vertraut.' },
    sign_in: { name: 'Anmeldung', passed: 'Der Server nimmt Namen und Kennwort an.' },
    version: { name: 'Version', passed: 'Der Server und Daybook haben eine Version gemeinsam.' },
    mailbox: { name: 'Postfach', passed: 'Das Postfach und sein Kalender ließen sich öffnen.' },
  },
  found: {
    password_refused: 'Der Server nimmt diesen Namen mit diesem Kennwort nicht an.',
    not_found_by_address: 'Keine der gefragten Stellen weiß, wo der Server ist.',
    no_services_there: 'Dort antwortet jemand, aber kein Webdienst von Exchange.',
    host_not_allowed: 'Die Verwaltung erlaubt diesen Server nicht.',
    host_unconfirmed:
      'Der gefundene Server gehört nicht zur Domäne Ihrer Adresse, und der Weg zu ihm lässt sich fälschen. Das Kennwort wurde nicht dorthin gesendet.',
    plain_http_refused:
      'Die Adresse ist einfaches http: Das Kennwort wäre unterwegs lesbar, deshalb wurde es nicht gesendet.',
    untrusted_not_allowed: 'Die Verwaltung erlaubt nicht, die Zertifikatsprüfung auszulassen.',
    authorities_unreadable: 'Die Zertifizierungsstelle war nicht zu lesen.',
    scheme_not_offered: 'Der Server verlangt eine Art der Anmeldung, die Daybook nicht kennt.',
    version_refused: 'Der Server spricht die gewählte Version nicht.',
    too_many_redirects: 'Ein Server verwies auf den nächsten, zu oft.',
    not_there: 'Dort nicht bekannt.',
    not_needed: 'Nicht nötig.',
    consent_revoked: 'Der Server nimmt Namen und Kennwort dieser Verbindung nicht mehr an.',
    address_not_found: 'Der Name des Servers führt nirgendwohin.',
    address_blocked: 'Daybook darf diese Adresse nicht aufrufen.',
    no_connection: 'Der Server nimmt keine Verbindung an.',
    switched_off: 'Ihre Organisation hat diese Art des Zugriffs für das Postfach abgeschaltet.',
    no_mailbox: 'Hinter diesem Konto gibt es kein Postfach.',
    plain_http: 'Die Adresse ist einfaches http, wie der Betreiber von Daybook es für diesen Server erlaubt.',
  },
  helps: {
    password_refused:
      'Prüfen Sie beide und versuchen Sie es erneut. Von selbst wird nichts noch einmal versucht, damit Ihr Konto nicht gesperrt wird.',
    not_found_by_address:
      'Prüfen Sie Ihre Adresse, oder geben Sie den Server selbst an: seinen Namen oder seine EWS-URL.',
    no_services_there: 'Prüfen Sie die EWS-URL. Oft sieht sie aus wie https://mail.example.com/EWS/Exchange.asmx.',
    host_not_allowed: 'Geben Sie einen erlaubten Server an, oder bitten Sie die Verwaltung, diesen zu erlauben.',
    host_unconfirmed:
      'Kennen Sie ihn als Server Ihrer Organisation, geben Sie seine Adresse selbst ein und verbinden Sie erneut. Fragen Sie sonst die Verwaltung.',
    plain_http_refused: 'Geben Sie eine Adresse an, die mit https beginnt, oder fragen Sie die Verwaltung.',
    untrusted_not_allowed: 'Schalten Sie es unter „Mehr“ aus, oder fragen Sie die Verwaltung.',
    authorities_unreadable:
      'Geben Sie unter „Mehr“ das Zertifikat als PEM an: Es beginnt mit -----BEGIN CERTIFICATE-----.',
    scheme_not_offered: 'Bitten Sie die Verwaltung von Exchange, NTLM oder Basic für EWS anzubieten.',
    version_refused: 'Wählen Sie als Version „Nicht sicher (herausfinden)“.',
    too_many_redirects: 'Geben Sie die EWS-URL selbst an, oder fragen Sie die Verwaltung von Exchange.',
    consent_revoked:
      'Wählen Sie „Erneut verbinden“ und geben Sie das neue Kennwort ein. Das alte wird nicht noch einmal versucht.',
    address_not_found: 'Prüfen Sie die Schreibweise des Servers, oder fragen Sie die Verwaltung.',
    address_blocked: 'Prüfen Sie den Server. Adressen innerhalb eines Netzes muss erlauben, wer Daybook betreibt.',
    no_connection:
      'Prüfen Sie den Server, oder versuchen Sie es in einigen Minuten erneut. Bleibt es so, fragen Sie die Verwaltung.',
    certificate_refused:
      'Hat Ihre Organisation eine eigene Zertifizierungsstelle, geben Sie beim Verbinden unter „Mehr“ ihr Zertifikat an. Fragen Sie sonst die Verwaltung.',
    switched_off: 'Bitten Sie die Verwaltung, EWS dafür zu erlauben, oder verbinden Sie sich auf andere Weise.',
    no_mailbox: 'Prüfen Sie den Namen, oder fragen Sie die Verwaltung, ob das Konto ein Postfach hat.',
  },
  standing: {
    untrusted_server: {
      title: 'Dem Server wird nicht vertraut',
      text: 'Seiner Adresse oder seinem Zertifikat wird hier nicht mehr vertraut, deshalb wird das Kennwort nicht gesendet und nichts gelesen. Bitten Sie die Verwaltung, es anzusehen. Hat Ihre Organisation eine neue Zertifizierungsstelle, verbinden Sie erneut und geben Sie sie unter „Mehr“ an.',
    },
    switched_off: {
      title: 'Ihre Organisation hat das abgeschaltet',
      text: 'Das Postfach ist über EWS nicht mehr zu erreichen. Bitten Sie die Verwaltung, es zu erlauben, und verbinden Sie dann erneut. Hier geht nichts verloren.',
    },
  },
  skipped: {
    title: 'Die Zertifikatsprüfung wird ausgelassen',
    text: 'Wer zwischen Daybook und dem Server sitzt, könnte mitlesen, auch das Kennwort. Die Verwaltung hat es erlaubt. Verbinden Sie erneut mit einer Zertifizierungsstelle, um es zu beenden.',
  },
  certificate: {
    label: 'Zertifikat läuft ab',
    ends_soon: 'Das Zertifikat von {{host}} läuft am {{date}} ab',
    expired: 'Das Zertifikat von {{host}} ist am {{date}} abgelaufen',
  },
  server: 'Server',
  speaks: 'Version',
  login: 'Angemeldet als',
  changeSignIn: 'Kennwort oder Server ändern',
};

import type { Wide } from './en';
import type { enFaults } from './en-faults';

/** What a server finds wrong with one field, by its code. */
export const deFaults: Wide<typeof enFaults> = {
  invalid: 'Das ist nicht lesbar. Geben Sie es anders ein.',
  unknown_field: 'Dieses Feld ist hier nicht bekannt.',
  too_long: 'Das ist zu lang.',
  too_many: 'Das sind zu viele.',
  needed: 'Das wird gebraucht.',
  plain_text: 'Hier geht nur einfacher Text, ohne Steuerzeichen und Auszeichnungen.',
  no_address: 'Das ist keine E-Mail-Adresse.',
  address_taken: 'Mit dieser Adresse meldet sich schon jemand an.',
  other_address: 'Dieser Link ist für eine andere Adresse gemacht.',
  not_offered: 'Das wird hier nicht angeboten.',
  not_taken: 'Danach wird hier nicht gefragt.',
  no_such_calendar: 'Diesen Kalender gibt es nicht mehr, oder es ist nicht Ihrer. Wählen Sie einen anderen.',
  calendar_off:
    'Dieser Kalender ist ausgeschaltet. Schalten Sie ihn erst in Ihrem Profil ein, oder wählen Sie einen anderen.',
  stays_in_calendar: 'Nur ein hier geplantes Meeting kann seinen Kalender wechseln.',
  moves_as_a_whole: 'Eine Serie wechselt ihren Kalender als Ganzes. Bearbeiten Sie die ganze Serie.',
  not_in_a_series: 'Auf dieses folgt keines: Es gehört zu keiner Serie.',
  no_own_rule: 'Eines aus einer Serie hat keine eigene Wiederholung. Bearbeiten Sie die ganze Serie.',
  no_rule: 'Diese Wiederholung hat keine Regel.',
  rule_not_kept: 'Eine solche Wiederholung ist nicht möglich. Wählen Sie eine andere.',
  no_end: 'Die Wiederholung braucht ein Ende.',
  too_often: 'Das sind mehr Meetings, als eine Serie haben kann. Lassen Sie sie früher enden.',
  nothing_left: 'Von dieser Wiederholung bleibt nichts übrig. Wählen Sie ein späteres Ende.',
  day_and_time: 'Beginn und Ende müssen beide Tage oder beide Uhrzeiten sein.',
  ends_before_start: 'Es muss nach dem Beginn enden.',
  lasts_too_long: 'Ein Meeting dauert höchstens 31 Tage.',
  too_far_away: 'Dieser Tag ist zu weit entfernt.',
  zone_needed: 'Wählen Sie eine Zeitzone.',
  zone_unknown: 'Diese Zeitzone ist nicht bekannt. Wählen Sie eine andere.',
  zone_without_time: 'Eine Zeitzone braucht eine Uhrzeit.',
  time_skipped: 'An diesem Tag wird die Uhr über diese Zeit vorgestellt. Wählen Sie eine andere.',
  time_twice: 'An diesem Tag wird die Uhr zurückgestellt, diese Zeit gibt es also zweimal. Wählen Sie eine andere.',
  not_ready: 'Das ist noch nicht bereit.',
};

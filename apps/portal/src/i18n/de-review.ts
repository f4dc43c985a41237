import type { enReview } from './en-review';
import type { Wide } from './en';

/** Words of deletions that are held back until somebody has looked at them. */
export const deReview: Wide<typeof enReview> = {
  title: '{{calendar}}: Löschungen werden zurückgehalten',
  text: 'Der Anbieter zeigt {{removing}} von {{existing}} Einträgen nicht mehr. Hier wurde nichts entfernt, und Neues kommt weiter an. Kommen die Einträge wieder, endet das von selbst.',
  list: 'Was verschwinden würde',
  none: 'Davon kann zurzeit nichts gezeigt werden.',
  more: 'Mehr zeigen',
  actions: 'Was mit {{calendar}} geschehen soll',
  apply: 'Anwenden',
  keep: 'Behalten und neu abgleichen',
  applied: 'Sie werden gerade entfernt.',
  kept: 'Alles bleibt. Der Kalender wird neu gelesen.',
  applyTitle: 'Aus {{calendar}} entfernen?',
  applyText:
    'Was Ihnen eben gezeigt wurde, verschwindet hier: {{removing}} Einträge. Beim Anbieter wird nichts geändert. Fehlt dort bis dahin noch mehr, werden Sie danach wieder gefragt.',
  applyConfirm: 'Entfernen',
  keepTitle: 'Alles in {{calendar}} behalten?',
  keepText:
    'Nichts wird entfernt, und der ganze Kalender wird beim Anbieter neu gelesen. Fehlt danach noch ebenso viel, werden Sie wieder gefragt.',
  keepConfirm: 'Behalten und neu abgleichen',
  undoTitle: '{{calendar}}: Löschungen lassen sich rückgängig machen',
  undoText:
    'Zugelassen {{time}}: {{removed}} Einträge. Was beim Anbieter noch fehlt, kann 30 Tage lang als Ihre eigenen Meetings zurückkommen, in keinem Kalender. Beim Anbieter wird nichts geändert.',
  undo: 'Zurückholen',
  undone: 'Zurück, in keinem Kalender: {{restored}}.',
};

import type { Wide } from './en';
import type { enApproval } from './en-approval';

/** Words of a connection that an administrator has to agree to. */
export const deApproval: Wide<typeof enApproval> = {
  title: 'Die Verwaltung muss bei {{service}} zustimmen',
  text: 'In Ihrer Organisation entscheidet die Verwaltung, welche Programme Kalender lesen dürfen. Bis dahin wird aus {{service}} nichts gelesen.',
  hand: 'Schicken Sie diesen Link an die Verwaltung Ihrer Organisation. Er öffnet sich in jedem Browser und bittet darum, Daybook zu genehmigen.',
  ask: 'Bitten Sie die Verwaltung Ihrer Organisation, Daybook bei {{service}} zu genehmigen.',
  thenContinue: 'Hat sie zugestimmt, machen Sie von hier aus bei {{service}} weiter.',
  thenBySelf:
    'Hat sie zugestimmt, geht es von selbst weiter. Wenn nicht innerhalb einer Viertelstunde, verbinden Sie erneut.',
  moreHand:
    'In Ihrer Organisation entscheidet darüber die Verwaltung. Schicken Sie ihr diesen Link; hat sie zugestimmt, bitten Sie bei {{service}} erneut darum.',
  moreAsk:
    'In Ihrer Organisation entscheidet darüber die Verwaltung. Bitten Sie sie, Daybook bei {{service}} zu genehmigen; hat sie zugestimmt, bitten Sie erneut darum.',
  copy: 'Link für die Verwaltung kopieren',
  open: 'Öffnen, wenn Sie selbst dazugehören',
  approvedTitle: 'Die Verwaltung hat zugestimmt',
  approvedText: 'Ein Schritt bleibt: Machen Sie bei {{service}} weiter und stimmen Sie selbst zu.',
  approvedState: 'Genehmigt; wartet auf Sie',
  goOn: 'Bei {{service}} weitermachen',
  thanks: {
    title: 'Danke, Daybook ist genehmigt',
    lead: 'Es darf nun die Menschen Ihrer Organisation um ihre Kalender bitten.',
    next: 'Wer Ihnen den Link geschickt hat, kann in Daybook weitermachen. Sie können diese Seite schließen.',
  },
  refused: {
    title: 'Daybook wurde nicht genehmigt',
    lead: 'In Ihrer Organisation hat sich nichts geändert.',
    next: 'War das ein Versehen, öffnen Sie den Link noch einmal. Sie können diese Seite schließen.',
  },
};

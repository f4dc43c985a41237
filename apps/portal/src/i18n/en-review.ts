/** Words of deletions that are held back until somebody has looked at them. */
export const enReview = {
  title: '{{calendar}}: deletions are held back',
  text: 'The provider no longer shows {{removing}} of {{existing}} items. Nothing was removed here, and what is new still arrives. If the items come back, this ends by itself.',
  list: 'What would vanish',
  none: 'Nothing of it can be shown now.',
  more: 'Show more',
  actions: 'What to do with {{calendar}}',
  apply: 'Apply',
  keep: 'Keep and resync',
  applied: 'They are being removed.',
  kept: 'Everything stays. The calendar is read again.',
  applyTitle: 'Remove them from {{calendar}}?',
  applyText:
    'What you have just been shown disappears here: {{removing}} items. Nothing is changed at the provider. If still more is missing there by then, you are asked about that again.',
  applyConfirm: 'Remove',
  keepTitle: 'Keep everything in {{calendar}}?',
  keepText:
    'Nothing is removed, and the whole calendar is read from the provider again. If as much is still missing after that, you are asked again.',
  keepConfirm: 'Keep and resync',
  undoTitle: '{{calendar}}: deletions can be undone',
  undoText:
    'Let through {{time}}: {{removed}} items. What the provider still lacks can come back as meetings of your own, in no calendar, for 30 days. Nothing is changed at the provider.',
  undo: 'Put them back',
  undone: 'Back, in no calendar: {{restored}}.',
};

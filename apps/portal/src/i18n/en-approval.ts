/** Words of a connection that an administrator has to agree to. */
export const enApproval = {
  title: 'An administrator has to agree at {{service}}',
  text: 'Your organisation lets an administrator decide which programs may read calendars. Nothing is read from {{service}} until then.',
  hand: 'Send this link to an administrator of your organisation. It opens in any browser and asks them to approve Daybook.',
  ask: 'Ask an administrator of your organisation to approve Daybook at {{service}}.',
  thenContinue: 'When they have agreed, go on at {{service}} from here.',
  thenBySelf: 'When they have agreed, it goes on by itself. If it does not within a quarter of an hour, connect again.',
  moreHand:
    'Your organisation lets an administrator decide that. Send this link to one; when they have agreed, ask again at {{service}}.',
  moreAsk:
    'Your organisation lets an administrator decide that. Ask one to approve Daybook at {{service}}; when they have agreed, ask again.',
  copy: 'Copy link for the administrator',
  open: 'Open it, if you are one yourself',
  approvedTitle: 'An administrator has agreed',
  approvedText: 'One step is left: go on at {{service}} and say yes yourself.',
  approvedState: 'Approved; waiting for you',
  goOn: 'Go on at {{service}}',
  thanks: {
    title: 'Thank you, Daybook is approved',
    lead: 'It may now ask people of your organisation for their calendars.',
    next: 'Whoever sent you the link can go on in Daybook. You can close this page.',
  },
  refused: {
    title: 'Daybook was not approved',
    lead: 'Nothing has changed in your organisation.',
    next: 'If that was not meant, open the link again. You can close this page.',
  },
};

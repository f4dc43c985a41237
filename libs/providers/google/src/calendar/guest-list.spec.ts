import type { Attendee } from '@daybook/domain';
import { guestList as subject } from './guest-list';

const guest = (more: Partial<Attendee>): Attendee => ({
  name: '',
  email: 'ben@x.org',
  response: 'needsAction',
  role: 'required',
  ...more,
});

describe('guests as Google lists them', () => {
  it('keeps answers and roles', () => {
    const guests = [
      guest({ name: 'Ben', response: 'accepted' }),
      guest({ email: 'cleo@x.org', response: 'tentative', role: 'optional' }),
      guest({ email: 'room@x.org', response: 'declined', role: 'resource' }),
    ];
    expect(subject(guests, [])).toEqual([
      { email: 'ben@x.org', displayName: 'Ben', responseStatus: 'accepted' },
      { email: 'cleo@x.org', responseStatus: 'tentative', optional: true },
      { email: 'room@x.org', responseStatus: 'declined', resource: true },
    ]);
  });

  it('takes along what only Google knows of a guest, however the address is spelt', () => {
    const now = [
      { email: 'Ben@X.org', displayName: 'Benjamin', comment: 'Late', additionalGuests: 2, responseStatus: 'declined' },
      { email: 'gone@x.org', comment: 'Never mind' },
    ];
    expect(subject([guest({ response: 'accepted' })], now)).toEqual([
      {
        email: 'ben@x.org',
        displayName: 'Benjamin',
        comment: 'Late',
        additionalGuests: 2,
        responseStatus: 'accepted',
      },
    ]);
  });

  it('leaves the organizer the answer that is there', () => {
    const organizer = [guest({ response: 'organizer' })];
    expect(subject(organizer, [])).toMatchObject([{ responseStatus: 'accepted' }]);
    const now = [{ email: 'ben@x.org', organizer: true, responseStatus: 'needsAction' }];
    expect(subject(organizer, now)).toMatchObject([{ responseStatus: 'needsAction' }]);
  });

  it('keeps whom Google lists without an address and invites nobody without one', () => {
    const hidden = { id: '117', displayName: 'Somebody' };
    expect(subject([guest({ name: 'Nobody', email: '' })], [hidden])).toEqual([hidden]);
  });
});

import { createJoinDetector } from './detect-join-link';
import { hostedLink } from './hosted-link';

describe('hostedLink', () => {
  it.each(['meeting', 'webinar'] as const)('makes a link of a %s that is found again as ours', (kind) => {
    const url = hostedLink('zoom', { kind, number: '00123456789', passcode: '48291377' });
    const found = createJoinDetector('Zoom')({
      location: url ?? '',
      description: '',
      urlFields: [],
      conferenceUris: [],
      conferencePasscodes: [],
    });
    expect(found).toMatchObject({ recognised: true, kind, url, number: '00123456789', passcode: '48291377' });
  });

  it('makes none for a brand whose links are not made of numbers', () => {
    expect(hostedLink('Google Meet', { kind: 'meeting', number: '00123456789', passcode: '1' })).toBeNull();
  });
});

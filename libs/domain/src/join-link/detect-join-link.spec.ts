import * as fc from 'fast-check';
import { brands, createJoinDetector } from './detect-join-link';
import type { JoinFinding, JoinInput } from './join-finding';

const nothing: JoinInput = { conferenceUris: [], urlFields: [], location: '', description: '' };
const subject = createJoinDetector('Zoom');
const inDescription = (description: string): JoinFinding => subject({ ...nothing, description });
const lossOf = (text: string): string => {
  const finding = inDescription(text);
  return finding.recognised ? `recognised ${finding.url}` : (finding.candidates[0]?.lost ?? 'nothing');
};

describe('join link detection', () => {
  it.each([
    ['https://zoom.us/j/123456789', 'zoom.join', 'meeting', '123456789'],
    ['https://us02web.zoom.us/j/81234567890?pwd=abc#success', 'zoom.join', 'meeting', '81234567890'],
    ['https://acme.zoom.us/w/81234567890?tk=x', 'zoom.webinar', 'webinar', '81234567890'],
    ['https://zoom.us/s/81234567890', 'zoom.start', 'meeting', '81234567890'],
    ['https://acme.zoom.us/my/grace.hopper', 'zoom.personal', 'meeting', null],
    ['https://zoom.us/wc/join/81234567890', 'zoom.browser', 'meeting', '81234567890'],
    ['https://app.zoom.us/wc/81234567890/join', 'zoom.browser', 'meeting', '81234567890'],
    ['https://www.zoomgov.com/j/1612345678', 'zoom.join', 'meeting', '1612345678'],
    ['https://us05web.zoom.com/j/81234567890', 'zoom.join', 'meeting', '81234567890'],
    ['HTTPS://ZOOM.US/j/123456789', 'zoom.join', 'meeting', '123456789'],
    ['https://zoom.us:443/j/123456789', 'zoom.join', 'meeting', '123456789'],
  ])('recognises %s', (url, rule, kind, number) => {
    expect(inDescription(`Join here: ${url}.`)).toMatchObject({
      recognised: true,
      label: `Zoom ${kind}`,
      kind,
      provider: 'Zoom',
      number,
      because: { field: 'description', rule },
      candidates: [],
    });
  });

  it.each([
    ['plain text', 'Join: https://zoom.us/j/123456789, then wait'],
    ['brackets', '(https://zoom.us/j/123456789)'],
    ['angle brackets', 'Zoom<https://zoom.us/j/123456789>'],
    ['Markdown', '[Join](https://zoom.us/j/123456789)!'],
    ['HTML', '<p>x</p><a href="https://zoom.us/j/123456789">https://zoom.us/j/123456789</a>'],
    ['HTML without quotes', '<a href=https://zoom.us/j/123456789>Join</a>'],
    ['text that goes on', 'https://zoom.us/j/123456789,Room 5'],
    ['no scheme', 'Room 5, zoom.us/j/123456789'],
    ['Chinese punctuation', '加入：https://zoom.us/j/123456789。'],
    ['invisible characters', '\u200bhttps://zoom.us/j/123456789\u200b'],
    ['character references', 'https&#58;//zoom.us/j/1 <a href="https://zoom.us/j/123456789&quot;">x</a>'],
  ])('finds a link in %s', (_, text) => {
    expect(inDescription(text)).toMatchObject({
      recognised: true,
      url: 'https://zoom.us/j/123456789',
      number: '123456789',
    });
  });

  it('reads query parameters through HTML', () => {
    expect(inDescription('<a href="https://zoom.us/j/123456789?a=1&amp;pwd=s3cret">x</a>')).toMatchObject({
      url: 'https://zoom.us/j/123456789?a=1&pwd=s3cret',
      passcode: 's3cret',
    });
  });

  it('opens wrapped links, also wrapped twice and in HTML', () => {
    const inner = 'https://acme.zoom.us/w/81234567890?pwd=abc';
    const google = `https://www.google.com/url?q=${encodeURIComponent(inner)}&amp;sa=D`;
    expect(inDescription(`<a href="${google}">x</a>`)).toMatchObject({
      url: inner,
      kind: 'webinar',
      because: { rule: 'zoom.webinar via google' },
    });
    const safe = `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(google.replace('&amp;', '&'))}&data=x`;
    expect(inDescription(safe)).toMatchObject({ url: inner, because: { rule: 'zoom.webinar via safelinks, google' } });
  });

  it('trusts conference data over URL fields, location and description', () => {
    const link = (number: number): string => `https://zoom.us/j/${number}`;
    const input: JoinInput = {
      conferenceUris: ['tel:+1-555-0100', link(111111111)],
      conferencePasscodes: ['', ' 424242 '],
      urlFields: [link(222222222)],
      location: link(333333333),
      description: `${link(444444444)} Passcode: 999999`,
    };
    expect(subject(input)).toMatchObject({
      number: '111111111',
      passcode: '424242',
      because: { field: 'conference' },
      candidates: [
        { field: 'url', lost: 'lower_field' },
        { field: 'location', lost: 'lower_field' },
        { field: 'description', lost: 'lower_field' },
      ],
    });
    expect(subject({ ...input, conferenceUris: [] })).toMatchObject({ because: { field: 'url' }, passcode: '999999' });
    expect(subject({ ...input, conferenceUris: [], urlFields: [] })).toMatchObject({ because: { field: 'location' } });
  });

  it('takes the first of several in one field and keeps the others as candidates', () => {
    const finding = inDescription('https://zoom.us/j/111111111 or https://zoom.us/j/222222222');
    expect(finding).toMatchObject({ number: '111111111', candidates: [{ lost: 'later', rule: 'zoom.join' }] });
  });

  it('names another vendor, which is not ours', () => {
    expect(subject({ ...nothing, conferenceUris: ['https://meet.google.com/abc-defg-hij'] })).toEqual({
      recognised: false,
      label: 'Not a Zoom meeting',
      kind: 'event',
      provider: 'Google Meet',
      url: null,
      number: null,
      passcode: null,
      because: null,
      candidates: [
        {
          url: 'https://meet.google.com/abc-defg-hij',
          provider: 'Google Meet',
          field: 'conference',
          rule: 'meet.join',
          lost: 'other_vendor',
        },
      ],
    });
  });

  it('prefers ours in a lower field to another vendor in a higher one', () => {
    const conferenceUris = ['https://meet.google.com/abc-defg-hij'];
    expect(subject({ ...nothing, conferenceUris, location: 'https://zoom.us/j/123456789' })).toMatchObject({
      recognised: true,
      because: { field: 'location' },
      candidates: [{ lost: 'other_vendor', provider: 'Google Meet' }],
    });
  });

  it.each([
    ['Microsoft Teams', 'https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%7d'],
    ['Microsoft Teams', 'https://teams.live.com/meet/9312345678901?p=abc'],
    ['Webex', 'https://acme.webex.com/acme/j.php?MTID=m123'],
    ['Webex', 'https://acme.webex.com/meet/ada'],
    ['GoToMeeting', 'https://global.gotomeeting.com/join/123456789'],
    ['Whereby', 'https://whereby.com/ada'],
    ['Jitsi', 'https://meet.jit.si/DailyStandup'],
    ['Amazon Chime', 'https://chime.aws/1234567890'],
    ['BlueJeans', 'https://bluejeans.com/123456789/4321'],
    ['RingCentral', 'https://v.ringcentral.com/join/123456789'],
    ['Slack', 'https://app.slack.com/huddle/T01/C02'],
  ])('knows %s by %s, and takes it for its own where it is the brand', (name, url) => {
    expect(inDescription(url)).toMatchObject({
      recognised: false,
      provider: name,
      candidates: [{ lost: 'other_vendor' }],
    });
    expect(createJoinDetector(name)({ ...nothing, location: url })).toMatchObject({ recognised: true, provider: name });
  });

  it('knows nothing of events without links', () => {
    expect(subject({ ...nothing, description: 'Lunch, see https://example.com/menu' })).toMatchObject({
      recognised: false,
      provider: null,
      candidates: [],
    });
  });

  it('serves the brands of its table only', () => {
    expect(brands()).toContain('Zoom');
    expect(createJoinDetector('zoom')(nothing).label).toBe('Not a Zoom meeting');
    expect(() => createJoinDetector('Fantasia')).toThrow(RangeError);
  });
});

describe('a link that pretends', () => {
  it.each([
    ['https://zoom.us.evil.com/j/123456789', 'lookalike_host'],
    ['https://evilzoom.us/j/123456789', 'lookalike_host'],
    ['https://zoom-us.com/j/123456789', 'lookalike_host'],
    ['https://z00m.us/j/123456789', 'lookalike_host'],
    ['https://zооm.us/j/123456789', 'lookalike_host'],
    ['https://zoom.us@evil.com/j/123456789', 'user_info'],
    ['https://zoom.us:pw@evil.com/j/123456789', 'user_info'],
    ['https://evil.com@zoom.us/j/123456789', 'user_info'],
    ['https://zoom.us%2f@evil.com/j/123456789', 'user_info'],
    ['https://evil.com/?u=https://zoom.us/j/123456789', 'redirect_parameter'],
    ['https://evil.com/https%3A%2F%2Fzoom.us%2Fj%2F123456789', 'redirect_parameter'],
    ['https://evil.com/zoom.us/j/123456789', 'redirect_parameter'],
    ['https://evil.com#https://zoom.us/j/123456789', 'redirect_parameter'],
    ['https://zoom.us/pricing', 'not_a_join_link'],
    ['https://zoom.us/download', 'not_a_join_link'],
    ['https://zoom.us/signup', 'not_a_join_link'],
    ['https://zoom.us/', 'not_a_join_link'],
    ['https://zoom.us/j/12', 'not_a_join_link'],
    ['https://zoom.us/j/123456789/../../pricing', 'not_a_join_link'],
    ['https://zoom.us/webinar/register/WN_abc', 'not_a_join_link'],
    ['https://support.zoom.us/hc/en-us', 'not_a_join_link'],
    ['http://zoom.us/j/123456789', 'not_https'],
    ['https://zoom.us:8443/j/123456789', 'odd_port'],
    ['https://zoom.us\\@evil.com/j/123456789', 'malformed'],
    ['https://evil.com\\zoom.us/j/123456789', 'malformed'],
    ['https://zoom.us\\j\\123456789', 'malformed'],
    ['https://zoom.us/j/1234\u000056789', 'malformed'],
    ['https:///zoom.us/j/123456789', 'lookalike_host'],
    ['https://zoom.us./j/123456789', 'lookalike_host'],
    ['https://%7aoom.us/j/123456789', 'lookalike_host'],
    ['https://protect-eu.mimecast.com/s/AbC?domain=zoom.us', 'redirect_parameter'],
    ['https://www.google.com/url?q=https%3A%2F%2Fzoom.us.evil.com%2Fj%2F123456789', 'lookalike_host'],
    ['evil.com/zoom.us/j/123456789', 'nothing'],
    ['bob@zoom.us/j/123456789', 'nothing'],
    ['evilzoom.us/j/123456789', 'nothing'],
    ['zoommtg://zoom.us/join?confno=123456789', 'nothing'],
    ['javascript:location="zoom.us"', 'nothing'],
    ['https://zoominfo.com/j/123456789', 'nothing'],
  ])('%j is never ours: %s', (text, lost) => {
    expect(lossOf(text)).toBe(lost);
  });

  it('is never claimed, whatever surrounds our name', () => {
    const ours = /^https:\/\/(?:[a-z0-9-]+\.)*(?:zoom\.us|zoom\.com|zoomgov\.com|zoom\.com\.cn|zoomus\.cn)\//;
    const piece = fc.oneof(
      fc.constantFrom(
        ...[
          'https://',
          'http://',
          '//',
          '/',
          '\\',
          '@',
          ':',
          '?',
          '#',
          '.',
          '%2F',
          '%40',
          'zoom.us',
          'evil.com',
          '/j/',
        ],
        ...[
          '123456789',
          'www.google.com/url?q=',
          '&amp;',
          '"',
          '<',
          '>',
          ' ',
          '\t',
          '\u0000',
          '\u202e',
          'ｚoom.us',
          ':443',
        ],
        ...['xn--zom-0na.us', '-', '&#x2e;', '/my/', 'bob', '__;', '*'],
      ),
      fc.string({ maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const { url } = inDescription(pieces.join(''));
        if (url === null) return;
        expect(url).toMatch(ours);
        expect(new URL(url)).toMatchObject({ username: '', password: '', port: '', protocol: 'https:' });
      }),
      { numRuns: 5000 },
    );
  });
});

describe('numbers and passcodes beside a link', () => {
  it.each([
    ['Passcode: 123456', '123456'],
    ['Meeting ID: 812 3456 7890\nPasscode: a*B@9-', 'a*B@9-'],
    ['Kenncode: 445566', '445566'],
    ['Password: s3cret.', 's3cret'],
    ['<b>Passcode:</b>&nbsp;<span>778899</span>', '778899'],
    ['Mot de passe : abc123', 'abc123'],
    ['密码：556677', '556677'],
    ['A password is required', null],
    ['Password: https://vault.example/x', null],
  ])('%j gives the passcode %s', (text, passcode) => {
    expect(inDescription(`https://zoom.us/j/81234567890\n${text}`).passcode).toBe(passcode);
  });

  it('prefers what people type over what the link carries', () => {
    expect(inDescription('https://zoom.us/j/81234567890?pwd=coded.1 Passcode: 123456').passcode).toBe('123456');
    expect(inDescription('https://zoom.us/j/81234567890?pwd=coded.1').passcode).toBe('coded.1');
  });

  it('takes the passcode behind our link, not the one of the invitation before it', () => {
    const text = 'https://acme.webex.com/meet/ada Password: webex1\nhttps://zoom.us/j/81234567890\nPasscode: zoom99';
    expect(inDescription(text).passcode).toBe('zoom99');
  });

  it('finds the number in words when the link has none', () => {
    const text = 'https://acme.zoom.us/my/ada Meeting ID: 812 3456 7890';
    expect(inDescription(text).number).toBe('81234567890');
  });
});

describe('hostile text', () => {
  const megabyte = 1_000_000;
  it.each([
    ['many schemes', 'https://'.repeat(megabyte / 8)],
    ['many links', 'https://zoom.us/x '.repeat(megabyte / 18)],
    ['one endless link', `https://zoom.us/j/${'1'.repeat(megabyte)}`],
    ['many open tags', `zoom.us/j/123456789 ${'<'.repeat(megabyte)}`],
    ['many bare hosts', 'zoom.us/'.repeat(megabyte / 8)],
    ['many dots before a host', `${'a.'.repeat(megabyte / 2)}zoom.us/j/1`],
    ['many references', 'https://zoom.us/&amp;'.repeat(megabyte / 21)],
    ['many labels', `https://zoom.us/my/ada ${'passcode: '.repeat(megabyte / 10)}`],
    ['many digits', `https://zoom.us/my/ada meeting id: ${'1 '.repeat(megabyte / 2)}`],
    ['deep wrapping', 'https://www.google.com/url?q='.repeat(megabyte / 29)],
    ['many stars', `https://urldefense.com/v3/__https://${'*'.repeat(megabyte)}__;AAAA!!`],
  ])('of %s is answered', (_, text) => {
    const input: JoinInput = { ...nothing, urlFields: [text], location: text, description: text };
    const finding = subject(input);
    expect(finding.candidates.length).toBeLessThanOrEqual(20);
    expect(finding.candidates.every(({ url }) => url.length <= 500)).toBe(true);
  });
});

import * as fc from 'fast-check';
import { unwrapLink } from './unwrap-link';

const target = 'https://us02web.zoom.us/j/81234567890?pwd=QUJD_-xy*1.1&x=ä';
const encoded = encodeURIComponent(target);
const base64Url = (text: string): string => Buffer.from(text, 'utf8').toString('base64url');

const wrap: Record<string, (url: string) => string> = {
  safelinks: (url) =>
    `https://nam02.safelinks.protection.outlook.com/?url=${encodeURIComponent(url)}&data=05%7C01&sdata=x%3D&reserved=0`,
  google: (url) => `https://www.google.com/url?q=${encodeURIComponent(url)}&sa=D&source=calendar&usg=AOv`,
  barracuda: (url) => `https://linkprotect.cudasvc.com/url?a=${encodeURIComponent(url)}&c=E,1,x&typo=1`,
  cisco: (url) => `https://secure-web.cisco.com/1x-Yz_token/${encodeURIComponent(url)}`,
  trellix: (url) => `https://protect2.fireeye.com/v1/url?k=1-2&q=1&u=${encodeURIComponent(url)}`,
  symantec: (url) => `https://clicktime.symantec.com/abc?u=${encodeURIComponent(url)}`,
  trendmicro: (url) => `https://eu.ctp.trendmicro.com:443/wis/clicktime/v1/query?url=${encodeURIComponent(url)}&umid=1`,
  sophos: (url) => `https://eu1.protection.sophos.com/?d=zoom.us&u=${base64Url(url)}&i=1&t=x&h=y&s=z`,
  proofpoint: (url) => {
    const coded = encodeURIComponent(url).replaceAll('-', '%2D').replaceAll('_', '%5F');
    return `https://urldefense.proofpoint.com/v2/url?u=${coded.replaceAll('%2F', '_').replaceAll('%', '-')}&d=DwMF&c=x`;
  },
};

describe('unwrapping', () => {
  it.each(Object.entries(wrap))('opens %s', (name, wrapped) => {
    expect(unwrapLink(wrapped(target))).toEqual({ url: target, by: [name] });
  });

  it.each([
    ['google', `https://www.google.de/url?url=${encoded}`],
    ['google', `https://meet.google.com/linkredirect?authuser=0&dest=${encoded}`],
    [
      'safelinks',
      `https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url=${encoded}`,
    ],
    ['proofpoint', `https://urldefense.proofpoint.com/v1/url?u=${encoded}&k=1`],
  ])('opens the other form of %s', (name, wrapped) => {
    expect(unwrapLink(wrapped)).toEqual({ url: target, by: [name] });
  });

  it('opens proofpoint of the third kind with its replaced characters', () => {
    const replaced = Buffer.from('?=&', 'utf8').toString('base64url');
    expect(
      unwrapLink(`https://urldefense.com/v3/__https://zoom.us/j/123456789*pwd*abc*x__;${replaced}!!KEY$`).url,
    ).toBe('https://zoom.us/j/123456789?pwd=abc&x');
    const run = Buffer.from('äöü', 'utf8').toString('base64url');
    expect(unwrapLink(`https://urldefense.com/v3/__https:/zoom.us/my/a**Bb__;${run}!!KEY$`).url).toBe(
      'https://zoom.us/my/aäöüb',
    );
  });

  it('undoes any nesting of wrappers up to its depth', () => {
    const names = Object.keys(wrap).filter((name) => name !== 'proofpoint');
    const page = fc.webUrl({ withQueryParameters: true, withFragments: true, validSchemes: ['https'] });
    fc.assert(
      fc.property(page, fc.array(fc.constantFrom(...names), { maxLength: 4 }), (url, layers) => {
        const wrapped = layers.reduce((inner, name) => wrap[name]?.(inner) ?? inner, url);
        fc.pre(wrapped.length < 8000);
        expect(unwrapLink(wrapped)).toEqual({ url, by: [...layers].reverse() });
      }),
    );
    fc.assert(fc.property(page, (url) => expect(unwrapLink(wrap['proofpoint']?.(url) ?? '').url).toBe(url)));
  });

  it('stops at a bounded depth', () => {
    const wrapped = Array.from({ length: 9 }).reduce<string>(
      (inner) => `https://www.google.com/url?q=${encodeURIComponent(inner)}`,
      'https://zoom.us/j/1',
    );
    expect(unwrapLink(wrapped).by.length).toBeLessThanOrEqual(6);
  });

  it.each([
    'https://evil.example/?url=https%3A%2F%2Fzoom.us%2Fj%2F123456789',
    'https://safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fzoom.us%2Fj%2F123456789',
    'https://www.google.com/search?q=https%3A%2F%2Fzoom.us%2Fj%2F123456789',
    'https://a@www.google.com/url?q=https%3A%2F%2Fzoom.us%2Fj%2F123456789',
    'https://www.google.com/url?q=javascript%3Aalert(1)',
    'https://protect-eu.mimecast.com/s/AbCdEfGh?domain=zoom.us',
    'https://urldefense.com/v3/__https://zoom.us/j/1**',
    'https://urldefense.com/v3/__https://zoom.us/j/1****__;!!x',
    'https://eu1.protection.sophos.com/?u=%%%',
    'not a link',
    '',
  ])('leaves %s as it is', (url) => {
    expect(unwrapLink(url)).toEqual({ url, by: [] });
  });

  it('never throws', () => {
    const hosts = fc.constantFrom(
      'urldefense.com/v3/__',
      'urldefense.com/v2/url?u=',
      'www.google.com/url?q=',
      'secure-web.cisco.com/a/https',
      'x.protection.sophos.com/?u=',
    );
    fc.assert(
      fc.property(hosts, fc.string({ unit: 'grapheme' }), (host, rest) => {
        expect(typeof unwrapLink(`https://${host}${rest}`).url).toBe('string');
      }),
      { numRuns: 1000 },
    );
  });
});

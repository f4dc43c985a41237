import { domainOf } from '../auth/form-account';
import { readPlaces } from './places';

describe('places that an operator names', () => {
  const of = (email: string, ...lines: string[]) => readPlaces(lines).of(domainOf(email) ?? '')?.href ?? null;

  it.each([
    ['ada@example.com', ['example.com=https://mail.internal'], 'https://mail.internal/'],
    ['ada@EXAMPLE.com', [' Example.COM = https://mail.internal:8443/autodiscover/ '], 'https://mail.internal:8443/'],
    ['ada@bücher.example', ['bücher.example=http://mail.internal:80'], 'http://mail.internal/'],
    ['ada@example.com', ['*=https://all.internal', 'example.com=https://mail.internal'], 'https://mail.internal/'],
    ['ada@other.example', ['*=https://all.internal', 'example.com=https://mail.internal'], 'https://all.internal/'],
    ['ada@sub.example.com', ['example.com=https://mail.internal'], null],
    ['ada@example.com', [], null],
  ])('send %s by %j to %s', (email, lines, place) => {
    expect(of(email, ...lines)).toBe(place);
  });

  it.each([
    ['example.com'],
    ['=https://mail.internal'],
    ['example.com=mail.internal'],
    ['example.com=ftp://mail.internal'],
    ['example.com=https://'],
    ['example.com/x=https://mail.internal'],
    ['*=https://a.internal', '*=https://b.internal'],
    ['example.com=https://a.internal', 'EXAMPLE.com=https://b.internal'],
  ])('are told to be none at once: %s %s', (...lines) => {
    expect(() => readPlaces(lines)).toThrow(TypeError);
  });
});

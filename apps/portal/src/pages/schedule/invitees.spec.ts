import { describe, expect, it } from 'vitest';
import { isAddress, readInvitees, withInvitees } from './invitees';

describe('reading addresses', () => {
  it.each([
    ['ben@example.com', [{ email: 'ben@example.com' }]],
    ['ben@example.com, cleo@example.com;', [{ email: 'ben@example.com' }, { email: 'cleo@example.com' }]],
    ['ben@example.com cleo@example.com\nada@example.com', 3],
    ['Ben Babbage <ben@example.com>', [{ email: 'ben@example.com', name: 'Ben Babbage' }]],
    [
      '"Babbage, Ben" <ben@example.com>; cleo@example.com',
      [{ email: 'ben@example.com', name: 'Babbage Ben' }, { email: 'cleo@example.com' }],
    ],
    ['<ben@example.com>', [{ email: 'ben@example.com' }]],
    ['Ben Babbage', [{ email: 'Ben Babbage' }]],
    [' , ;\n', []],
  ])('finds in %j %o', (text, expected) => {
    const read = readInvitees(text);
    if (typeof expected === 'number') expect(read).toHaveLength(expected);
    else expect(read).toEqual(expected);
  });

  it.each(['ben@example.com', 'a.b+c@sub.example.co.uk', 'jürgen@bücher.example'])(
    'takes %s for an address',
    (email) => {
      expect(isAddress(email)).toBe(true);
    },
  );

  it.each(['ben', 'ben@', 'ben@example', '@example.com', 'ben @example.com', 'a@b@example.com', 'ben@example..com'])(
    'takes %s for none',
    (email) => {
      expect(isAddress(email)).toBe(false);
    },
  );

  it('has everybody once, as they were first', () => {
    const ben = { email: 'ben@example.com', name: 'Ben', optional: true };
    expect(withInvitees([ben], [{ email: 'BEN@example.com' }, { email: 'cleo@example.com' }])).toEqual([
      ben,
      { email: 'cleo@example.com' },
    ]);
  });
});

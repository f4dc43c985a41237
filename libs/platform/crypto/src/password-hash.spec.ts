import { hashPassword, passwordNeedsRehash, PasswordQueueFull, verifyPassword } from './password-hash';

describe('password hashes', () => {
  it('verify the right password and no other', async () => {
    const stored = await hashPassword('correct horse');
    expect(await verifyPassword('correct horse', stored)).toBe(true);
    expect(await verifyPassword('correct horsf', stored)).toBe(false);
  });

  it('treat two ways to write the same letters as the same password', async () => {
    const stored = await hashPassword('caf\u00e9');
    expect(await verifyPassword('cafe\u0301', stored)).toBe(true);
  });

  it('carry their parameters and a salt of their own', async () => {
    const [one, two] = await Promise.all([hashPassword('same'), hashPassword('same')]);
    expect(one).toMatch(/^scrypt\$15\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(one).not.toBe(two);
    expect(passwordNeedsRehash(one)).toBe(false);
  });

  it('made with less work still verify and ask to be made again', async () => {
    const weaker = 'scrypt$14$8$1$AAAAAAAAAAAAAAAAAAAAAA$' + 'A'.repeat(43);
    expect(await verifyPassword('whatever', weaker)).toBe(false);
    expect(passwordNeedsRehash(weaker)).toBe(true);
  });

  it.each(['', 'plain', 'scrypt$31$8$1$AAAAAAAAAAAAAAAAAAAAAA$' + 'A'.repeat(43)])(
    'that are not ours (%s) verify nothing',
    async (stored) => {
      expect(await verifyPassword('anything', stored)).toBe(false);
    },
  );

  it('refuse more waiting checks than a small queue', async () => {
    // As little work as is taken for a hash: it is the queue that is looked at.
    const light = 'scrypt$14$1$1$AAAAAAAAAAAAAAAAAAAAAA$' + 'A'.repeat(43);
    const outcomes = await Promise.allSettled(Array.from({ length: 67 }, () => verifyPassword('x', light)));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toBeInstanceOf(PasswordQueueFull);
  });
});

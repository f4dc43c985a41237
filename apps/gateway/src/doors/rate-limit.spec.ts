import { RateLimit } from './rate-limit';

describe('a rate limit', () => {
  let now = 1_000_000;
  const clock = { now: () => new Date(now) };

  it('lets a minute’s worth pass at once and then as much as flows back', () => {
    const subject = new RateLimit(60, clock);
    const passed = Array.from({ length: 100 }, () => subject.take('ada')).filter((wait) => wait === 0);
    expect(passed).toHaveLength(60);
    expect(subject.take('ada')).toBe(1);
    now += 2_000;
    expect([subject.take('ada'), subject.take('ada'), subject.take('ada')]).toEqual([0, 0, 1]);
  });

  it('keeps keys apart', () => {
    const subject = new RateLimit(1, clock);
    expect([subject.take('ada'), subject.take('ada'), subject.take('ben')]).toEqual([0, 60, 0]);
  });

  it('is whole again after a minute', () => {
    const subject = new RateLimit(2, clock);
    subject.take('ada');
    subject.take('ada');
    now += 60_000;
    expect([subject.take('ada'), subject.take('ada')]).toEqual([0, 0]);
  });
});

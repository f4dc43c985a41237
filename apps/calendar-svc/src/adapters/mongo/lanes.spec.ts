import { Lanes } from './lanes';

describe('lanes', () => {
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

  it('let one after the other through, past one that failed, and other keys beside', async () => {
    const subject = new Lanes();
    const begun: string[] = [];
    const ends: (() => void)[] = [];
    const work =
      (name: string, fails = false) =>
      () =>
        new Promise<string>((resolve, reject) => {
          begun.push(name);
          ends.push(() => (fails ? reject(new Error(name)) : resolve(name)));
        });
    const [first, second, third] = [
      subject.run('a', work('first', true)),
      subject.run('a', work('second')),
      subject.run('b', work('third')),
    ];
    await settled();
    expect(begun).toEqual(['first', 'third']);
    ends[0]?.();
    await expect(first).rejects.toThrow('first');
    await settled();
    expect(begun).toEqual(['first', 'third', 'second']);
    ends[1]?.();
    ends[2]?.();
    expect(await Promise.all([second, third])).toEqual(['second', 'third']);
    expect(await subject.run('a', async () => 'again')).toBe('again');
  });
});

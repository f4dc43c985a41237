import { FewAtOnce } from './few-at-once';

describe('requests of one mailbox', () => {
  let subject: FewAtOnce;
  let begun: string[];
  let ends: Map<string, (failure?: Error) => void>;
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  const ask = (name: string, token = 'one', places = 1) =>
    subject.run(token, places, () => {
      begun.push(name);
      return new Promise<string>((resolve, reject) =>
        ends.set(name, (failure) => (failure ? reject(failure) : resolve(name))),
      );
    });
  const end = async (name: string, failure?: Error) => {
    ends.get(name)?.(failure);
    await settled();
  };

  beforeEach(() => {
    subject = new FewAtOnce(4);
    begun = [];
    ends = new Map();
  });

  it('go a few at a time, the rest in the order they came, also after one failed', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const answers = names.map((name) => ask(name).catch((error: Error) => error.message));
    await settled();
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
    await end('a', new Error('broken'));
    expect(begun).toEqual(['a', 'b', 'c', 'd', 'e']);
    for (const name of ['b', 'c', 'd', 'e', 'f']) await end(name);
    expect(await Promise.all(answers)).toEqual(['broken', 'b', 'c', 'd', 'e', 'f']);
    // Nothing is left behind: four go at once again.
    for (const name of names) void ask(name);
    await settled();
    expect(begun.slice(6)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('wait for a batch, which waits for all places it takes and is not overtaken', async () => {
    void ask('page');
    void ask('batch', 'one', 20);
    void ask('next page');
    await settled();
    expect(begun).toEqual(['page']);
    await end('page');
    expect(begun).toEqual(['page', 'batch']);
    await end('batch');
    expect(begun).toEqual(['page', 'batch', 'next page']);
  });

  it('go beside a small batch', async () => {
    void ask('batch', 'one', 3);
    void ask('page');
    void ask('more');
    await settled();
    expect(begun).toEqual(['batch', 'page']);
  });

  it('do not wait for those of another mailbox', async () => {
    void ask('batch', 'one', 20);
    void ask('other', 'two');
    await settled();
    expect(begun).toEqual(['batch', 'other']);
  });
});

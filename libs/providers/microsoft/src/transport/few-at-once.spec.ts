import type { ProviderHttp, ProviderHttpRequest, ProviderHttpResponse } from '@daybook/provider-port';
import { fewAtOnce } from './few-at-once';

/** Answers when it is told to. */
class SlowHttp implements ProviderHttp {
  readonly open: { url: string; end: (failure?: Error) => void }[] = [];

  request({ url }: ProviderHttpRequest): Promise<ProviderHttpResponse> {
    return new Promise((resolve, reject) => {
      const response: ProviderHttpResponse = {
        status: 200,
        headers: {},
        body: Buffer.from(url),
        text: () => url,
        json: () => url,
      };
      this.open.push({ url, end: (failure) => (failure ? reject(failure) : resolve(response)) });
    });
  }
}

describe('requests of one mailbox', () => {
  let http: SlowHttp;
  let subject: ProviderHttp;
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  const ask = (url: string, token?: string) =>
    subject.request({ method: 'GET', url, ...(token === undefined ? {} : { headers: { authorization: token } }) });

  beforeEach(() => {
    http = new SlowHttp();
    subject = fewAtOnce(http, 2);
  });

  it('go a few at a time, the rest in the order they came, also after one failed', async () => {
    const answers = ['a', 'b', 'c', 'd'].map((url) => ask(url, 'one').catch((error: Error) => error.message));
    await settled();
    expect(http.open.map(({ url }) => url)).toEqual(['a', 'b']);
    http.open[0]?.end(new Error('broken'));
    await settled();
    expect(http.open.map(({ url }) => url)).toEqual(['a', 'b', 'c']);
    http.open[1]?.end();
    http.open[2]?.end();
    await settled();
    expect(http.open.map(({ url }) => url)).toEqual(['a', 'b', 'c', 'd']);
    http.open[3]?.end();
    expect(await Promise.all(answers)).toMatchObject(['broken', { status: 200 }, { status: 200 }, { status: 200 }]);
    // Nothing is left behind: two go at once again.
    void ask('e', 'one');
    void ask('f', 'one');
    await settled();
    expect(http.open).toHaveLength(6);
  });

  it('do not wait for those of another mailbox, nor for calls without a token', async () => {
    for (const token of ['one', 'one', 'one', 'two', 'two']) void ask(token, token);
    for (const url of ['x', 'y', 'z']) void ask(url);
    await settled();
    expect(http.open.map(({ url }) => url).sort()).toEqual(['one', 'one', 'two', 'two', 'x', 'y', 'z']);
  });
});

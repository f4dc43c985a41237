import type { ProviderHttp, ProviderHttpRequest, ProviderHttpResponse } from '@daybook/provider-port';

export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as it is; anything else is sent as JSON. */
  readonly body?: unknown;
  /** As the server shows it. */
  readonly certificate?: { readonly expiresAt: number };
}

/** A failure below HTTP, as the http client reports it. */
export class FakeHttpFailure extends Error {
  constructor(
    readonly kind: 'timeout' | 'network' | 'tooLarge' | 'blocked' | 'tls' | 'aborted',
    readonly code?: string,
  ) {
    super(kind);
  }
}

/** Answers in the order given by `answer` and `fail`, and remembers what was asked. Asked more often, it throws. */
export class FakeHttp implements ProviderHttp {
  readonly requests: ProviderHttpRequest[] = [];
  private readonly queue: (FakeAnswer | FakeHttpFailure)[] = [];

  answer(answer: FakeAnswer): this {
    this.queue.push(answer);
    return this;
  }

  fail(kind: FakeHttpFailure['kind'], code?: string): this {
    this.queue.push(new FakeHttpFailure(kind, code));
    return this;
  }

  get lastRequest(): ProviderHttpRequest {
    const last = this.requests.at(-1);
    if (!last) throw new Error('nothing was asked');
    return last;
  }

  async request(request: ProviderHttpRequest): Promise<ProviderHttpResponse> {
    this.requests.push(request);
    const next = this.queue.shift();
    if (next === undefined) throw new Error(`no answer is prepared for ${request.method} ${request.url}`);
    if (next instanceof FakeHttpFailure) throw next;
    const text = typeof next.body === 'string' ? next.body : next.body === undefined ? '' : JSON.stringify(next.body);
    return {
      status: next.status ?? 200,
      headers: next.headers ?? {},
      ...(next.certificate ? { certificate: next.certificate } : {}),
      body: Buffer.from(text),
      text: () => text,
      json: (): unknown => JSON.parse(text),
    };
  }
}

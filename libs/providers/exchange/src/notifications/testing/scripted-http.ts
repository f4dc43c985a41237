import type { ProviderHttpRequest, ProviderHttpStream } from '@daybook/provider-port';
import { FakeHttp, FakeHttpFailure } from '@daybook/testing/fakes';
import type { StreamingHttp } from '../watched';

/** A piece of an answer, its end by a failure, or something that happens between two pieces. */
export type Piece = string | FakeHttpFailure | (() => void);

const answer = (operation: string, messages: string): string =>
  `<Envelope xmlns="s"><Body><${operation}Response><ResponseMessages>${messages}</ResponseMessages></${operation}Response></Body></Envelope>`;
const success = (operation: string, content: string): string =>
  answer(
    operation,
    `<${operation}ResponseMessage ResponseClass="Success"><ResponseCode>NoError</ResponseCode>${content}</${operation}ResponseMessage>`,
  );
const streamed = (content: string): string => success('GetStreamingEvents', content);

export const status = (word: 'OK' | 'Closed'): string => streamed(`<ConnectionStatus>${word}</ConnectionStatus>`);
export const events = (...told: readonly string[]): string =>
  streamed(
    `<Notifications>${told.map((one) => `<Notification><SubscriptionId>sub</SubscriptionId>${one}</Notification>`).join('')}</Notifications>`,
  );
export const refusal = (code: string, more = '', operation = 'GetStreamingEvents'): string =>
  answer(
    operation,
    `<${operation}ResponseMessage ResponseClass="Error"><MessageText>no</MessageText><ResponseCode>${code}</ResponseCode>${more}</${operation}ResponseMessage>`,
  );
export const fault = (code: string): string =>
  `<Envelope xmlns="s"><Body><Fault><faultcode>a:${code}</faultcode><faultstring>no</faultstring></Fault></Body></Envelope>`;
export const event = (name: string, folder: string, more = ''): string =>
  `<${name}><TimeStamp>2026-11-22T08:00:00Z</TimeStamp><ItemId Id="item"/><ParentFolderId Id="${folder}"/>${more}</${name}>`;

/** An event of `GetEvents`; one without a folder says only how far that goes. */
export const marked = (watermark: string, folder?: string): string =>
  folder === undefined
    ? `<StatusEvent><Watermark>${watermark}</Watermark></StatusEvent>`
    : `<CreatedEvent><Watermark>${watermark}</Watermark><TimeStamp>2026-11-22T08:00:00Z</TimeStamp><ItemId Id="item"/><ParentFolderId Id="${folder}"/></CreatedEvent>`;
export const pulled = (told: string, hasMore = false): string =>
  success(
    'GetEvents',
    `<Notification><SubscriptionId>sub</SubscriptionId><PreviousWatermark>before</PreviousWatermark><MoreEvents>${hasMore}</MoreEvents>${told}</Notification>`,
  );

/** Subscriptions are called `sub`; answers come in the order of `streams`, then none. */
export class ScriptedHttp extends FakeHttp implements StreamingHttp {
  readonly opened: ProviderHttpRequest[] = [];
  /** Operations in the order in which they were asked for. */
  readonly asked: string[] = [];
  private readonly streams: (readonly [number, readonly Piece[]])[] = [];

  streamsOk(...pieces: readonly Piece[]): this {
    this.streams.push([200, pieces]);
    return this;
  }

  streamsAs(statusCode: number, ...pieces: readonly Piece[]): this {
    this.streams.push([statusCode, pieces]);
    return this;
  }

  override async request(request: ProviderHttpRequest) {
    const operation = /<m:(\w+)/.exec(String(request.body))?.[1] ?? '';
    this.asked.push(operation);
    if (operation === 'Unsubscribe') return new FakeHttp().answer({ body: '' }).request(request);
    return super.request(request);
  }

  /** With a watermark for who asks for events. */
  subscribes(watermark?: string): this {
    const mark = watermark === undefined ? '' : `<m:Watermark>${watermark}</m:Watermark>`;
    return this.answer({
      body: `<s:Envelope xmlns:s="s"><s:Body><m:SubscribeResponse><m:ResponseMessages><m:SubscribeResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:SubscriptionId>sub</m:SubscriptionId>${mark}</m:SubscribeResponseMessage></m:ResponseMessages></m:SubscribeResponse></s:Body></s:Envelope>`,
    });
  }

  /** Answers to `GetEvents`, in their order. */
  tells(...bodies: readonly string[]): this {
    for (const body of bodies) this.answer({ body });
    return this;
  }

  async stream(request: ProviderHttpRequest): Promise<ProviderHttpStream> {
    this.asked.push('GetStreamingEvents');
    this.opened.push(request);
    const [statusCode, pieces] = this.streams.shift() ?? [200, [new FakeHttpFailure('network')]];
    return { status: statusCode, headers: {}, chunks: sent(pieces) };
  }
}

async function* sent(pieces: readonly Piece[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if (piece instanceof FakeHttpFailure) throw piece;
    if (typeof piece === 'string') yield Buffer.from(piece);
    else piece();
  }
}

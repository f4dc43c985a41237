import type { ProviderHttpRequest, ProviderHttpStream } from '@daybook/provider-port';
import { FakeHttp, FakeHttpFailure } from '@daybook/testing/fakes';
import type { StreamingHttp } from '../open-answer';

/** A piece of an answer, its end by a failure, or something that happens between two pieces. */
export type Piece = string | FakeHttpFailure | (() => void);

const text = (body: string): string =>
  `<Envelope xmlns="s"><Body><GetStreamingEventsResponse><ResponseMessages>${body}</ResponseMessages></GetStreamingEventsResponse></Body></Envelope>`;
const message = (content: string): string =>
  text(
    `<GetStreamingEventsResponseMessage ResponseClass="Success"><ResponseCode>NoError</ResponseCode>${content}</GetStreamingEventsResponseMessage>`,
  );

export const status = (word: 'OK' | 'Closed'): string => message(`<ConnectionStatus>${word}</ConnectionStatus>`);
export const events = (...told: readonly string[]): string =>
  message(
    `<Notifications>${told.map((one) => `<Notification><SubscriptionId>sub</SubscriptionId>${one}</Notification>`).join('')}</Notifications>`,
  );
export const refusal = (code: string, more = ''): string =>
  text(
    `<GetStreamingEventsResponseMessage ResponseClass="Error"><MessageText>no</MessageText><ResponseCode>${code}</ResponseCode>${more}</GetStreamingEventsResponseMessage>`,
  );
export const event = (name: string, folder: string, more = ''): string =>
  `<${name}><TimeStamp>2026-11-22T08:00:00Z</TimeStamp><ItemId Id="item"/><ParentFolderId Id="${folder}"/>${more}</${name}>`;

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
    if (operation === 'Unsubscribe') this.answer({ body: '' });
    return super.request(request);
  }

  subscribes(): this {
    return this.answer({
      body: '<s:Envelope xmlns:s="s"><s:Body><m:SubscribeResponse><m:ResponseMessages><m:SubscribeResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:SubscriptionId>sub</m:SubscriptionId></m:SubscribeResponseMessage></m:ResponseMessages></m:SubscribeResponse></s:Body></s:Envelope>',
    });
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

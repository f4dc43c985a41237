import type { WatchOptions } from '@daybook/provider-port';
import { FakeHttpFailure } from '@daybook/testing/fakes';
import { changed, Listening, LISTENING } from './testing/listening';
import { fault, marked, pulled, refusal, status } from './testing/scripted-http';

const MINUTE = 60_000;
const FULL = refusal('ErrorExceededConnectionCount');
const nothing = pulled(marked('w1'));
const refused = (code: string, more = ''): string => refusal(code, more, 'GetEvents');

describe('a watch where no answer may stay open', () => {
  let subject: Listening;
  beforeEach(() => {
    subject = new Listening();
  });

  const stop = (): void => subject.stop.abort();
  /** Streaming is held back, and asking is not. */
  const heldBack = (watermark = 'w0'): Listening['http'] =>
    subject.http.subscribes().streamsOk(new FakeHttpFailure('timeout')).subscribes(watermark);
  /** Told to end in its pause after so many looks. */
  const afterLooks = (looks: number): void => {
    for (let look = 0; look < looks; look += 1) subject.meanwhile.push(() => undefined);
    subject.meanwhile.push(stop);
  };
  const marksAsked = (): string[] =>
    subject.http.requests.flatMap(({ body }) => /<m:Watermark>(\w*)</.exec(String(body))?.slice(1) ?? []);
  const asked = (name: string): number => subject.http.asked.filter((one) => one === name).length;

  it.each([
    ['no word comes', 200, new FakeHttpFailure('timeout')],
    ['a gateway has waited long enough', 504, 'x'],
    ['a gateway answers with a page', 200, '<html><body>Sign in</body></html>'],
    ['it is cut off before its first word', 200, status('OK').slice(0, -3)],
    ['something else comes', 200, '<Envelope><Body/></Envelope>'],
    ['what comes is no XML', 200, '<Envelope><<</Envelope>'],
    ['what comes has a document type', 200, '<!DOCTYPE a [<!ENTITY b "c">]><Envelope>&b;</Envelope>'],
    ['every place is taken', 200, FULL],
    ['the server does not know the operation', 500, fault('ErrorInvalidOperation')],
  ])('goes on by asking: %s', async (_why, code, piece) => {
    subject.http
      .subscribes()
      .streamsAs(code, piece)
      .subscribes('w0')
      .tells(pulled(marked('w1', 'work')));
    afterLooks(1);
    expect(await subject.listen()).toEqual([LISTENING, changed('work')]);
    expect(subject.http.asked).toEqual([
      ...['Subscribe', 'GetStreamingEvents', 'Unsubscribe'],
      ...['Subscribe', 'GetEvents', 'Unsubscribe'],
    ]);
  });

  it('goes on by asking where the server knows no such subscription', async () => {
    subject.http
      .answer({ status: 500, body: fault('ErrorSchemaValidation') })
      .subscribes('w0')
      .tells(nothing);
    afterLooks(1);
    expect(await subject.listen()).toEqual([LISTENING]);
    expect(subject.http.asked).toEqual(['Subscribe', 'Subscribe', 'GetEvents', 'Unsubscribe']);
  });

  it('asks for all calendars at once, every twenty seconds, in the words of the schema', async () => {
    heldBack().tells(nothing, nothing);
    afterLooks(2);
    await subject.listen();
    expect(subject.pauses).toEqual([20_000, 20_000, 20_000]);
    const [, subscribed, first] = subject.http.requests;
    expect(String(subscribed?.body)).toContain(
      '<m:Subscribe><m:PullSubscriptionRequest><t:FolderIds><t:FolderId Id="work"/><t:FolderId Id="home"/></t:FolderIds><t:EventTypes><t:EventType>CopiedEvent</t:EventType>',
    );
    expect(String(subscribed?.body)).toContain(
      '</t:EventTypes><t:Timeout>5</t:Timeout></m:PullSubscriptionRequest></m:Subscribe>',
    );
    expect(String(first?.body)).toContain(
      '<m:GetEvents><m:SubscriptionId>sub</m:SubscriptionId><m:Watermark>w0</m:Watermark></m:GetEvents>',
    );
    expect(first).toMatchObject({ deadlineMs: 30_000, maxBytes: 1_048_576, credentials: { user: 'ada' } });
  });

  it('goes on from the last word of each answer, whatever that is of', async () => {
    const quiet = `${marked('w3', 'home')}<NewMailEvent><Watermark>w4</Watermark><ItemId Id="x"/><ParentFolderId Id="work"/></NewMailEvent>`;
    heldBack().tells(pulled(marked('w1', 'inbox') + marked('w2')), pulled(quiet), pulled(''), nothing);
    afterLooks(4);
    expect(await subject.listen()).toEqual([LISTENING, changed('home')]);
    expect(marksAsked()).toEqual(['w0', 'w2', 'w4', 'w4']);
  });

  it('asks on at once while there is more, and tells each calendar once', async () => {
    heldBack().tells(
      pulled(marked('w1', 'work') + marked('w2', 'work'), true),
      pulled(marked('w3', 'home') + marked('w4', 'work'), true),
      pulled(marked('w5')),
    );
    afterLooks(1);
    expect(await subject.listen()).toEqual([LISTENING, changed('work'), changed('home')]);
    expect(marksAsked()).toEqual(['w0', 'w2', 'w4']);
  });

  it('leaves the rest of very many events to its next look, and does not go round in a circle', async () => {
    const pages = Array.from({ length: 21 }, (_, page) => pulled(marked(`m${page}`, 'work'), true));
    heldBack().tells(...pages, pulled(marked('m20'), true));
    afterLooks(2);
    expect(await subject.listen()).toEqual([LISTENING, changed('work'), changed('work')]);
    expect([asked('GetEvents'), subject.pauses.length]).toEqual([22, 3]);
  });

  it('tells changes of the main calendar also before anybody knows its id', async () => {
    heldBack().tells(pulled(marked('w1', 'AAMk=')));
    afterLooks(1);
    expect(await subject.listen(['primary'])).toEqual([LISTENING, changed('primary')]);
  });

  it.each([
    'ErrorSubscriptionNotFound',
    'ErrorExpiredSubscription',
    'ErrorInvalidWatermark',
    'ErrorMissedNotificationEvents',
    'ErrorReadEventsFailed',
    'ErrorInvalidPullSubscriptionId',
  ])('ends with a hint for every calendar after %s', async (code) => {
    heldBack().tells(nothing, refused(code));
    expect(await subject.listen()).toEqual([LISTENING, changed(null)]);
    expect(asked('GetEvents')).toBe(2);
  });

  it('ends with such a hint too where that comes as a fault', async () => {
    heldBack().answer({ status: 500, body: fault('ErrorInvalidWatermark') });
    expect(await subject.listen()).toEqual([LISTENING, changed(null)]);
  });

  it.each([
    ['an outage', () => subject.http.fail('timeout'), 'Unavailable'],
    ['a gateway', () => subject.http.answer({ status: 502, body: 'x' }), 'Unavailable'],
    ['far too long an answer', () => subject.http.fail('tooLarge'), 'Unreadable'],
    ['an answer without an answer', () => subject.http.tells('<Envelope xmlns="s"><Body/></Envelope>'), 'Unavailable'],
    ['nothing in the answer', () => subject.http.tells(EMPTY), 'Unavailable'],
    ['a code that nobody knows', () => subject.http.tells(refused('ErrorOfTomorrow')), 'Unknown'],
    ['a calendar that is gone', () => subject.http.tells(refused('ErrorFolderNotFound')), 'Gone'],
  ])('fails by %s in a word of ours, and gives its subscription back', async (_what, answer, kind) => {
    heldBack();
    answer();
    await expect(subject.listen()).rejects.toMatchObject({ name: 'ProviderError', kind });
    expect(subject.heard).toEqual([LISTENING]);
    expect(subject.http.asked.slice(-2)).toEqual(['GetEvents', 'Unsubscribe']);
  });

  it('hears how long a busy server wants to be left alone, and asks nothing more of it', async () => {
    const wait = '<MessageXml><Value Name="BackOffMilliseconds">297749</Value></MessageXml>';
    heldBack().tells(refused('ErrorServerBusy', wait));
    await expect(subject.listen()).rejects.toMatchObject({ kind: 'Throttled', retryAfterMs: 297_749 });
    expect(subject.http.asked.at(-1)).toBe('GetEvents');
  });

  it('asks nothing while others were told to wait, and goes on after it', async () => {
    heldBack().tells(pulled(marked('w1', 'work')));
    const answers = [false, false, true];
    afterLooks(3);
    const mayAsk: WatchOptions['mayAsk'] = async () => answers.shift() === true;
    expect(await subject.listen(['work'], { mayAsk })).toEqual([LISTENING, changed('work')]);
    expect([asked('GetEvents'), subject.pauses.length]).toEqual([1, 4]);
  });

  it('shows a password that was refused nowhere again, and never tells it', async () => {
    heldBack().tells(nothing).answer({ status: 401, body: '' });
    const error: unknown = await subject.listen().catch((told: unknown) => told);
    expect(error).toMatchObject({ kind: 'ConsentRevoked' });
    expect(subject.http.asked.slice(-2)).toEqual(['GetEvents', 'GetEvents']);
    expect(JSON.stringify(error) + String(error)).not.toContain('secret-canary');
    const { length } = subject.http.requests;
    await expect(subject.listen()).rejects.toMatchObject({ kind: 'ConsentRevoked' });
    expect(subject.http.requests).toHaveLength(length);
  });

  it('says no good-bye with access that was withdrawn', async () => {
    const withdrawn = new AbortController();
    heldBack();
    subject.meanwhile.push(() => [withdrawn, subject.stop].forEach((one) => one.abort()));
    expect(await subject.listen(['work'], { withdrawn: withdrawn.signal })).toEqual([LISTENING]);
    expect(subject.http.asked.at(-1)).toBe('Subscribe');
  });

  it('ends while it waits for an answer that does not come', async () => {
    heldBack();
    const { http } = subject;
    const withdrawn = new AbortController();
    const usual = http.request.bind(http);
    http.request = async (request) => {
      if (!String(request.body).includes('GetEvents')) return usual(request);
      [withdrawn, subject.stop].forEach((one) => one.abort());
      return new Promise(() => undefined);
    };
    expect(await subject.listen(['work'], { withdrawn: withdrawn.signal })).toEqual([LISTENING]);
  });

  it('does not begin to ask when it is told to end while the open answer is waited for', async () => {
    subject.http.subscribes().streamsOk(stop, new FakeHttpFailure('aborted'));
    expect(await subject.listen()).toEqual([]);
    expect(subject.http.asked).toEqual(['Subscribe', 'GetStreamingEvents', 'Unsubscribe']);
  });
});

describe('the other way of a watch', () => {
  let subject: Listening;
  beforeEach(() => {
    subject = new Listening();
  });

  const heldBack = (): Listening['http'] => subject.http.subscribes().streamsOk(new FakeHttpFailure('timeout'));
  /** Of one that asks, though it finds no moment to. */
  const minutesOf = async (): Promise<number> => {
    const before = subject.clock.now();
    subject.http.subscribes('w0');
    await subject.listen(['work'], { mayAsk: async () => false });
    return (subject.clock.now() - before) / MINUTE;
  };
  const trials = (): number => subject.http.opened.length;

  it('is tried again after half an hour, then ever more seldom, up to four hours', async () => {
    for (const minutes of [30, 60, 120, 240, 240]) {
      heldBack();
      expect(await minutesOf()).toBe(minutes);
    }
    expect(trials()).toBe(5);
  });

  it('is not tried in vain by the next watch meanwhile, which asks for as long as is left', async () => {
    heldBack().subscribes('w0').tells(nothing, refused('ErrorExpiredSubscription'));
    await subject.listen();
    subject.clock.advance(9 * MINUTE + 20_000);
    expect(await minutesOf()).toBe(20);
    expect(trials()).toBe(1);
  });

  it('is taken again where it works, and then begins anew to be doubted', async () => {
    heldBack();
    await minutesOf();
    subject.http.subscribes().streamsOk(status('OK'), status('Closed'));
    await subject.listen();
    heldBack();
    expect(await minutesOf()).toBe(30);
  });

  it('is tried by every watch where only its place was taken', async () => {
    subject.http.subscribes().streamsOk(FULL).subscribes('w0').tells(refused('ErrorExpiredSubscription'));
    await subject.listen();
    subject.http.subscribes().streamsOk(FULL);
    expect(await minutesOf()).toBe(30);
    expect(trials()).toBe(2);
  });

  it('is not doubted for an outage of everything', async () => {
    heldBack().fail('network');
    await expect(subject.listen()).rejects.toMatchObject({ kind: 'Unavailable' });
    subject.http.subscribes().streamsOk(status('OK'), status('Closed'));
    expect(await subject.listen()).toEqual([LISTENING]);
    expect(trials()).toBe(2);
  });
});

const EMPTY = '<Envelope xmlns="s"><Body><GetEventsResponse><ResponseMessages/></GetEventsResponse></Body></Envelope>';

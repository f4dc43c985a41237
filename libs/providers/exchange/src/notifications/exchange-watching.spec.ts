import { FakeHttpFailure, type FakeClock } from '@daybook/testing/fakes';
import { changed, Listening, LISTENING } from './testing/listening';
import { event, events, refusal, type ScriptedHttp, status } from './testing/scripted-http';

const LONG = 1_800_000;

describe('a watch over an Exchange mailbox', () => {
  let subject: Listening;
  let clock: FakeClock;
  let http: ScriptedHttp;
  let stop: AbortController;
  beforeEach(() => {
    subject = new Listening();
    ({ clock, http, stop } = subject);
    http.subscribes();
  });

  const pass = (ms: number) => (): void => clock.advance(ms);
  const listen = (...asked: Parameters<Listening['listen']>) => subject.listen(...asked);

  it('subscribes to the calendars and listens with the credentials of its access', async () => {
    http.streamsOk(status('OK'), status('Closed'));
    expect(await listen()).toEqual([LISTENING]);
    expect(http.asked).toEqual(['Subscribe', 'GetStreamingEvents', 'Unsubscribe']);
    const [subscribed] = http.requests;
    expect(String(subscribed?.body)).toContain(
      '<t:FolderIds><t:FolderId Id="work"/><t:FolderId Id="home"/></t:FolderIds><t:EventTypes><t:EventType>CopiedEvent',
    );
    expect(http.opened[0]).toMatchObject({
      credentials: { user: 'ada', password: 'secret-canary' },
      deadlineMs: 20_000,
    });
    expect(String(http.opened[0]?.body)).toContain(
      '<m:SubscriptionIds><t:SubscriptionId>sub</t:SubscriptionId></m:SubscriptionIds><m:ConnectionTimeout>30<',
    );
  });

  it('tells each calendar once for all events that come together, both of them when an item moves between them', async () => {
    http.streamsOk(
      status('OK'),
      events(event('CreatedEvent', 'work'), event('ModifiedEvent', 'work') + event('DeletedEvent', 'work')),
      status('OK'),
      events(event('MovedEvent', 'home', '<OldItemId Id="x"/><OldParentFolderId Id="work"/>')),
      events(event('CopiedEvent', 'home', '<OldItemId Id="x"/><OldParentFolderId Id="work"/>')),
      status('Closed'),
    );
    expect(await listen()).toEqual([LISTENING, changed('work'), changed('home'), changed('work'), changed('home')]);
  });

  it('reads over what happens to folders, elsewhere, and what it does not know', async () => {
    http.streamsOk(
      status('OK'),
      events('<ModifiedEvent><FolderId Id="work"/><ParentFolderId Id="root"/></ModifiedEvent>'),
      events(event('CreatedEvent', 'inbox'), '<StatusEvent/>', event('NewMailEvent', 'work')),
      status('Closed'),
    );
    expect(await listen()).toEqual([LISTENING]);
  });

  it('tells changes of the main calendar also before anybody knows its id', async () => {
    http.streamsOk(status('OK'), events(event('CreatedEvent', 'AAMk=')), status('Closed'));
    expect(await listen(['primary'])).toEqual([LISTENING, changed('primary')]);
    expect(String(http.requests[0]?.body)).toContain('<t:DistinguishedFolderId Id="calendar"/>');
  });

  it('understands envelopes that are split anywhere', async () => {
    const all = [status('OK'), events(event('CreatedEvent', 'work')), status('Closed')].join('');
    http.streamsOk(...all);
    expect(await listen()).toEqual([LISTENING, changed('work')]);
  });

  it('goes on with the same subscription when a connection has had its time', async () => {
    http
      .streamsOk(status('OK'), pass(LONG), status('Closed'))
      .streamsOk(status('OK'), events(event('CreatedEvent', 'work')), status('Closed'));
    expect(await listen()).toEqual([LISTENING, changed('work')]);
    expect(http.asked).toEqual(['Subscribe', 'GetStreamingEvents', 'GetStreamingEvents', 'Unsubscribe']);
  });

  it.each(['ErrorSubscriptionNotFound', 'ErrorExpiredSubscription', 'ErrorMissedNotificationEvents'])(
    'ends with a hint for every calendar after %s',
    async (code) => {
      const gone = refusal(code, '<ErrorSubscriptionIds><SubscriptionId>sub</SubscriptionId></ErrorSubscriptionIds>');
      http.streamsOk(status('OK'), pass(LONG), status('Closed')).streamsOk(gone, status('Closed'));
      expect(await listen()).toEqual([LISTENING, changed(null)]);
    },
  );

  it.each(['cut off', 'broken'])(
    'fails as an outage does when the line is %s, and gives its subscription back',
    async (how) => {
      http.streamsOk(status('OK'), ...(how === 'broken' ? [new FakeHttpFailure('network')] : []));
      await expect(listen()).rejects.toMatchObject({ name: 'ProviderError', kind: 'Unavailable' });
      expect(subject.heard).toEqual([LISTENING]);
      expect(http.asked.at(-1)).toBe('Unsubscribe');
    },
  );

  it('does not take bytes for a word: without a whole envelope for too long the line is dead', async () => {
    http.streamsOk(status('OK'), pass(112_000), status('OK'), pass(112_000), ' ', pass(1_000), ' ', status('OK'));
    await expect(listen()).rejects.toMatchObject({ kind: 'Unavailable', message: expect.stringContaining('for long') });
  });

  it.each([
    ['a calendar that is gone', 200, refusal('ErrorFolderNotFound'), 'Gone'],
    ['services that are switched off', 403, '', 'SwitchedOff'],
    ['a gateway that is asked too often', 429, '', 'Throttled'],
    ['a server with too much to do', 200, refusal('ErrorServerBusy'), 'Throttled'],
  ])('is refused by %s in a word of ours', async (_what, code, body, kind) => {
    http.streamsAs(code, body);
    await expect(listen()).rejects.toMatchObject({ name: 'ProviderError', kind });
    expect(subject.heard).toEqual([]);
    expect(http.asked.filter((name) => name === 'Subscribe')).toHaveLength(1);
  });

  it('hears how long a busy server wants to be left alone, and asks nothing more of it', async () => {
    const wait = '<MessageXml><Value Name="BackOffMilliseconds">297749</Value></MessageXml>';
    http.streamsOk(status('OK'), refusal('ErrorServerBusy', wait));
    await expect(listen()).rejects.toMatchObject({ kind: 'Throttled', retryAfterMs: 297_749 });
    expect(http.asked).toEqual(['Subscribe', 'GetStreamingEvents']);
  });

  it('ends where there is no place any more for its next connection, and gives its subscription back', async () => {
    http.streamsOk(status('OK'), pass(LONG), status('Closed')).streamsOk(refusal('ErrorExceededConnectionCount'));
    await expect(listen()).rejects.toMatchObject({ kind: 'Throttled', retryAfterMs: null });
    expect(subject.heard).toEqual([LISTENING]);
    expect(http.asked).toEqual(['Subscribe', 'GetStreamingEvents', 'GetStreamingEvents', 'Unsubscribe']);
  });

  it('shows a password that was refused nowhere again, and never tells it', async () => {
    http.streamsAs(401);
    const error: unknown = await listen().catch((told: unknown) => told);
    expect(error).toMatchObject({ kind: 'ConsentRevoked' });
    expect(http.asked).toEqual(['Subscribe', 'GetStreamingEvents']);
    expect(JSON.stringify(error) + String(error)).not.toContain('secret-canary');
  });

  it('ends without an error when it is told to, also in the middle of a word', async () => {
    const end = (): void => stop.abort();
    http.streamsOk(status('OK'), end, new FakeHttpFailure('aborted'));
    expect(await listen()).toEqual([LISTENING]);
    expect(http.asked.at(-1)).toBe('Unsubscribe');
  });

  it('says no good-bye with access that was withdrawn', async () => {
    const withdrawn = new AbortController();
    const end = (): void => [withdrawn, stop].forEach((one) => one.abort());
    http.streamsOk(status('OK'), end, new FakeHttpFailure('aborted'));
    expect(await listen(['work'], { withdrawn: withdrawn.signal })).toEqual([LISTENING]);
    expect(http.asked).toEqual(['Subscribe', 'GetStreamingEvents']);
  });

  it('asks for nothing when it was told to end before it began', async () => {
    stop.abort();
    expect(await listen()).toEqual([]);
    expect(http.asked).toEqual([]);
  });
});

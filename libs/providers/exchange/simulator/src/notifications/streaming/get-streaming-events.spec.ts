import { ADA, BEN, codesOf } from '../../http/testing/exchange-bench';
import { create, message } from '../../items/testing/item-requests';
import { AnswerLost } from '../../soap/refusal';
import type { StreamingSetting } from './streaming-setting';
import type { NotificationSettings } from '../notifications';
import { givenBy, INBOX, NotificationBench, stream, subscribe, unsubscribe } from '../testing/notification-bench';
import { openStream, saidBy } from '../testing/open-stream';

const MINUTE = 60_000;
const CREATED = { kind: 'Streaming', folders: INBOX, types: ['Created'] } as const;
const mail = create(message('One'), 'inbox');

async function bench(settings: Partial<NotificationSettings> = {}) {
  const made = new NotificationBench({ settings });
  const subscribed = async (wish: Parameters<typeof subscribe>[0] = CREATED, caller = ADA) =>
    givenBy(await made.ask(subscribe(wish), { caller })).id;
  return { bench: made, subscribed };
}

describe('a stream', () => {
  it('begins with a status, tells events as they happen and ends after its time', async () => {
    const { bench: made, subscribed } = await bench();
    const open = await openStream(made, stream([await subscribed()]));
    expect(saidBy(await open.next())).toBe('OK');
    const waiting = open.next();
    await made.ask(mail);
    expect(saidBy(await waiting)).toBe('CreatedEvent');
    made.now += MINUTE;
    expect((await open.rest()).map(saidBy)).toEqual(['Closed']);
    expect(made.bugs).toEqual([]);
  });

  it('tells events that come together at once', async () => {
    const { bench: made, subscribed } = await bench();
    const open = await openStream(made, stream([await subscribed(), await subscribed()]));
    await open.next();
    const waiting = open.next();
    await Promise.all([made.ask(mail), made.ask(mail)]);
    expect(saidBy(await waiting)).toBe('CreatedEvent CreatedEvent CreatedEvent CreatedEvent');
  });

  it('says from time to time that it is there', async () => {
    const { bench: made, subscribed } = await bench({ pace: { tick: 5, gather: 5, heartbeat: 20_000 } });
    const open = await openStream(made, stream([await subscribed()]));
    await open.next();
    made.now += 20_000;
    expect(saidBy(await open.next())).toBe('OK');
    made.now += 20_000;
    expect(saidBy(await open.next())).toBe('OK');
  });

  it('tells what happened while nobody listened', async () => {
    const { bench: made, subscribed } = await bench();
    const id = await subscribed();
    const first = await openStream(made, stream([id]));
    await first.next();
    made.now += MINUTE;
    expect((await first.rest()).map(saidBy)).toEqual(['Closed']);
    await made.ask(mail);
    made.now += 29 * MINUTE;
    const second = await openStream(made, stream([id]));
    expect([saidBy(await second.next()), saidBy(await second.next())]).toEqual(['OK', 'CreatedEvent']);
  });

  it('finds a subscription expired that nobody listened to for half an hour', async () => {
    const { bench: made, subscribed } = await bench();
    const id = await subscribed();
    made.now += 30 * MINUTE;
    const open = await openStream(made, stream([id]));
    expect((await open.rest()).map(saidBy)).toEqual([`ErrorExpiredSubscription ${id}`, 'Closed']);
  });

  it('says that events were missed when there were too many to remember', async () => {
    const { bench: made, subscribed } = await bench({ most: { subscriptions: 1, connections: 1, events: 10 } });
    const id = await subscribed();
    await made.ask(create(new Array<string>(6).fill(message('Flood')).join(''), 'inbox'));
    const open = await openStream(made, stream([id]));
    expect((await open.rest()).map(saidBy)).toEqual(['OK', `ErrorMissedNotificationEvents ${id}`, 'Closed']);
  });

  it('names subscriptions it cannot serve and goes on with the others', async () => {
    const { bench: made, subscribed } = await bench();
    const [good, ofBen, pull] = [await subscribed(), await subscribed(CREATED, BEN), await subscribed({})];
    const open = await openStream(made, stream([good, 'nobody', ofBen, pull, 'none']));
    const said = [await open.next(), await open.next(), await open.next(), await open.next()];
    expect(said.map(saidBy)).toEqual([
      'OK',
      'ErrorSubscriptionNotFound nobody none',
      `ErrorSubscriptionAccessDenied ${ofBen}`,
      `ErrorInvalidSubscription ${pull}`,
    ]);
    const waiting = open.next();
    await made.ask(mail);
    expect(saidBy(await waiting)).toBe('CreatedEvent');
  });

  it('loses a subscription to a newer connection', async () => {
    const { bench: made, subscribed } = await bench();
    const [taken, kept] = [await subscribed(), await subscribed()];
    const older = await openStream(made, stream([taken, kept]));
    await older.next();
    const newer = await openStream(made, stream([taken]));
    expect(saidBy(await newer.next())).toBe('OK');
    expect(saidBy(await older.next())).toBe(`ErrorNewEventStreamConnectionOpened ${taken}`);
    const waiting = [older.next(), newer.next()];
    await made.ask(mail);
    expect((await Promise.all(waiting)).map(saidBy)).toEqual(['CreatedEvent', 'CreatedEvent']);
    await openStream(made, stream([kept])).then((one) => one.next());
    expect((await older.rest()).map(saidBy)).toEqual([`ErrorNewEventStreamConnectionOpened ${kept}`, 'Closed']);
  });

  it('ends a subscription that is given up meanwhile', async () => {
    const { bench: made, subscribed } = await bench();
    const id = await subscribed();
    const open = await openStream(made, stream([id]));
    await open.next();
    await made.ask(unsubscribe(id));
    expect((await open.rest()).map(saidBy)).toEqual([`ErrorSubscriptionUnsubscribed ${id}`, 'Closed']);
  });

  it('is refused to who has too many open, and to who asks for too much', async () => {
    const { bench: made, subscribed } = await bench({ most: { subscriptions: 10, connections: 1, events: 10 } });
    const [one, other] = [await subscribed(), await subscribed()];
    const open = await openStream(made, stream([one]));
    await open.next();
    const refused = await openStream(made, stream([other]));
    expect((await refused.rest()).map(saidBy)).toEqual(['ErrorExceededConnectionCount']);
    made.now += MINUTE;
    await open.rest();
    expect(saidBy(await (await openStream(made, stream([other]))).next())).toBe('OK');
    const many = Array.from({ length: 201 }, (_, index) => `id${index}`);
    expect(codesOf(await made.ask(stream(many)))).toEqual(['ErrorInvalidRequest']);
  });
});

describe('a server whose open answers do not come through', () => {
  const setUp = (set: StreamingSetting) => {
    const made = new NotificationBench({ streaming: () => set });
    return { made, subscribed: async () => givenBy(await made.ask(subscribe(CREATED))).id };
  };

  it('sends them when they are over, where they are held back', async () => {
    const { made, subscribed } = setUp('held');
    const open = await openStream(made, stream([await subscribed()]));
    const first = open.next();
    await made.ask(mail);
    expect(await Promise.race([first, new Promise((resolve) => setTimeout(resolve, 50, 'held'))])).toBe('held');
    made.now += MINUTE;
    expect([await first, ...(await open.rest())].map(saidBy)).toEqual(['OK', 'CreatedEvent', 'Closed']);
  });

  it('refuses them where every place is taken, and still tells who asks', async () => {
    const { made, subscribed } = setUp('full');
    const open = await openStream(made, stream([await subscribed()]));
    expect((await open.rest()).map(saidBy)).toEqual(['ErrorExceededConnectionCount']);
    expect(givenBy(await made.ask(subscribe())).watermark).not.toBe('');
    expect(made.bugs).toEqual([]);
  });

  it('does not understand what it has never heard of, and still tells who asks', async () => {
    const { made } = setUp('unknown');
    expect(codesOf(await made.ask(subscribe(CREATED)))).toEqual(['ErrorSchemaValidation']);
    expect(codesOf(await made.ask(stream(['any'])))).toEqual(['ErrorSchemaValidation']);
    expect(givenBy(await made.ask(subscribe())).watermark).not.toBe('');
    expect(made.bugs).toEqual([]);
  });
});

describe('a client that goes away', () => {
  it('leaves its place to another one at once', async () => {
    const { bench: made, subscribed } = await bench({ most: { subscriptions: 10, connections: 1, events: 10 } });
    const [one, other] = [await subscribed(), await subscribed()];
    const leaving = new AbortController();
    const open = await openStream(made, stream([one]), { gone: leaving.signal });
    await open.next();
    leaving.abort();
    expect((await open.rest()).map(saidBy)).toEqual(['Closed']);
    const next = await openStream(made, stream([other]));
    expect(saidBy(await next.next())).toBe('OK');
  });

  it('is noticed too when that was before anything was sent', async () => {
    const { bench: made, subscribed } = await bench();
    const open = await openStream(made, stream([await subscribed()]), { gone: AbortSignal.abort() });
    expect((await open.rest()).map(saidBy)).toEqual(['OK', 'Closed']);
  });
});

describe('tests', () => {
  it('can break a stream off without a word', async () => {
    const { bench: made, subscribed } = await bench();
    const open = await openStream(made, stream([await subscribed()]));
    await open.next();
    const waiting = open.next();
    expect(made.notifications.cutStreams(BEN)).toBe(0);
    expect(made.notifications.cutStreams(ADA)).toBe(1);
    await expect(waiting).rejects.toBeInstanceOf(AnswerLost);
    expect([made.notifications.cutStreams(), made.bugs]).toEqual([0, []]);
  });

  it('can make a server forget its subscriptions', async () => {
    const { bench: made, subscribed } = await bench();
    const id = await subscribed();
    const open = await openStream(made, stream([id]));
    await open.next();
    expect([made.notifications.forget(BEN), made.notifications.forget()]).toEqual([0, 1]);
    expect((await open.rest()).map(saidBy)).toEqual([`ErrorSubscriptionUnsubscribed ${id}`, 'Closed']);
    expect((await (await openStream(made, stream([id]))).rest()).map(saidBy)).toEqual([
      `ErrorSubscriptionNotFound ${id}`,
      'Closed',
    ]);
  });

  it('can send envelopes in pieces', async () => {
    const { notifications } = new NotificationBench();
    const texts = async function* () {
      yield 'abcde';
      yield 'fg';
    };
    const pieces = async () => {
      const all: string[] = [];
      for await (const piece of notifications.onTheWire(texts())) all.push(piece);
      return all;
    };
    expect(await pieces()).toEqual(['abcde', 'fg']);
    notifications.pieceLength = 2;
    expect(await pieces()).toEqual(['ab', 'cd', 'e', 'fg']);
  });

  it('end every stream when they close', async () => {
    const { bench: made, subscribed } = await bench();
    const open = await openStream(made, stream([await subscribed()]));
    await open.next();
    made.notifications.close();
    expect((await open.rest()).map(saidBy)).toEqual(['Closed']);
  });
});

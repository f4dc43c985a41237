import { isRecord, ProviderError } from '@daybook/provider-port';
import { FakeHttp } from '@daybook/testing/fakes';
import { FewAtOnce } from '../transport/few-at-once';
import { createGraphClient } from '../transport/graph-client';
import { EventReader } from './event-reader';

const GRAPH = 'https://graph.microsoft.com/v1.0';
const utc = (dateTime: string) => ({ dateTime: `${dateTime}.0000000`, timeZone: 'UTC' });
const times = { start: utc('2026-11-25T08:00:00'), end: utc('2026-11-25T09:00:00') };
const zone = { originalStartTimeZone: 'UTC', originalEndTimeZone: 'UTC' };
const event = (id: string, more: object = {}) => ({
  ...{ id, changeKey: `${id}-1`, type: 'singleInstance', transactionId: null, subject: id, isAllDay: false },
  ...times,
  ...zone,
  ...more,
});
const master = (id: string, more: object = {}) =>
  event(id, {
    type: 'seriesMaster',
    recurrence: {
      pattern: { type: 'weekly', interval: 1, daysOfWeek: ['wednesday'], firstDayOfWeek: 'sunday' },
      range: { type: 'noEnd', startDate: '2026-11-25', recurrenceTimeZone: 'UTC' },
    },
    ...more,
  });
const occurrence = (id: string, seriesMasterId: string) => ({ ...event(id), type: 'occurrence', seriesMasterId });
const exception = (id: string, seriesMasterId: string, more: object = {}) =>
  event(id, { type: 'exception', seriesMasterId, originalStart: '2026-12-02T08:00:00Z', ...more });
const removal = (id: string) => ({ id, '@removed': { reason: 'deleted' } });
const refusal = (code: string) => ({ error: { code } });

type Told = Awaited<ReturnType<EventReader['ofDelta']>>;
const named = ({ changes }: Told) =>
  changes.map((change) => (change.type === 'upserted' ? change.item.remoteId : `${change.type} ${change.remoteId}`));

/** Answers every batch from what is there; `refuse` stands in the way of a part. */
class Mailbox {
  readonly there = new Map<string, object>();
  readonly refuse = new Map<string, { status: number; code: string; headers?: object; once?: boolean }>();
  readonly asked: string[][] = [];
  readonly chained: boolean[] = [];
  readonly http = new FakeHttp();

  constructor() {
    jest.spyOn(this.http, 'request').mockImplementation(async ({ body }) => {
      const read: unknown = JSON.parse(String(body));
      const parts = isRecord(read) && Array.isArray(read['requests']) ? read['requests'].filter(isRecord) : [];
      const ids = parts.map(({ url }) => /events\/([^?]+)/.exec(String(url))?.[1] ?? '');
      this.asked.push(ids);
      this.chained.push(parts.slice(1).every(({ dependsOn }) => Array.isArray(dependsOn)) && parts.length > 1);
      const failed = ids.findIndex((id) => this.refuse.has(id) || !this.there.has(id));
      const responses = parts.map((part, index) => {
        const waits = part['dependsOn'] !== undefined && failed !== -1 && index > failed;
        return {
          id: part['id'],
          ...(waits ? { status: 424, body: refusal('FailedDependency') } : this.of(ids[index])),
        };
      });
      const text = JSON.stringify({ responses });
      return { status: 200, headers: {}, body: Buffer.from(text), text: () => text, json: () => JSON.parse(text) };
    });
  }

  reader(order: 'together' | 'inTurn' = 'together'): EventReader {
    const clock = { now: () => 0 };
    const client = createGraphClient({ http: this.http, clock, turns: new FewAtOnce(4) }, GRAPH);
    return new EventReader({ client, access: { token: 'at' }, calendarRemoteId: 'cal' }, order);
  }

  add(...events: { id: string }[]): void {
    for (const one of events) this.there.set(one.id, one);
  }

  private of(id = '') {
    const refused = this.refuse.get(id);
    if (refused?.once) this.refuse.delete(id);
    if (refused) return { status: refused.status, headers: refused.headers, body: refusal(refused.code) };
    const body = this.there.get(id);
    return body ? { status: 200, body } : { status: 404, body: refusal('ErrorItemNotFound') };
  }
}

describe('reading what a list of events names', () => {
  let mailbox: Mailbox;

  beforeEach(() => {
    mailbox = new Mailbox();
  });

  describe('one event that Graph does not give', () => {
    it.each([
      [500, 'ErrorInternalServerError', 'Unavailable'],
      [403, 'ErrorAccessDenied', 'PermissionMissing'],
      [400, 'ErrorCorruptData', 'Unknown'],
    ])(
      'stands for itself alone (%s %s): the others are told, and it counts as unreadable',
      async (status, code, kind) => {
        mailbox.add(master('a'), master('b'));
        mailbox.refuse.set('a', { status, code });
        const told = await mailbox.reader().ofDelta([master('a'), exception('a-ex', 'a'), master('b')]);
        expect(named(told)).toEqual(['unreadable a', 'unreadable OID.a.2026-12-02', 'b']);
        expect(told.changes[0]).toMatchObject({ reason: kind });
        expect(told.wholeSeries).toEqual(['b']);
      },
    );

    it('is asked for alone once more where that may have been an accident', async () => {
      mailbox.add(master('a'), master('b'));
      mailbox.refuse.set('a', { status: 503, code: 'x', once: true });
      expect(named(await mailbox.reader().ofDelta([master('a'), master('b')]))).toEqual(['a', 'b']);
      expect(mailbox.asked).toEqual([['a', 'b'], ['a']]);
    });

    it('is kept where it was called removed: that it is gone is not known', async () => {
      mailbox.add(event('b'));
      mailbox.refuse.set('a', { status: 403, code: 'ErrorAccessDenied' });
      expect(named(await mailbox.reader().ofRemovals([removal('a'), removal('b'), removal('c')]))).toEqual([
        'unreadable a',
        'removed c',
        'b',
      ]);
    });

    it('is no reason to go on where all are refused, or where the mailbox wants to be left alone', async () => {
      for (const id of ['a', 'b']) mailbox.refuse.set(id, { status: 500, code: 'x' });
      await expect(mailbox.reader().ofDelta([master('a'), master('b')])).rejects.toMatchObject({ kind: 'Unavailable' });
      mailbox.refuse.delete('b');
      mailbox.add(master('b'));
      mailbox.refuse.set('a', { status: 503, code: 'x', headers: { 'Retry-After': '20' } });
      await expect(mailbox.reader().ofDelta([master('a'), master('b')])).rejects.toMatchObject({
        retryAfterMs: 20_000,
      });
      mailbox.refuse.set('a', { status: 401, code: 'InvalidAuthenticationToken' });
      await expect(mailbox.reader().ofDelta([master('a'), master('b')])).rejects.toBeInstanceOf(ProviderError);
    });
  });

  describe('what a later page shows', () => {
    it('of a series read before is read again only where something of it has changed', async () => {
      const reader = mailbox.reader();
      mailbox.add(master('s', { exceptionOccurrences: [exception('x', 's')] }));
      await reader.ofDelta([master('s')]);
      expect(reader.asksFor([occurrence('o', 's'), exception('x', 's'), master('s')])).toBe(false);
      await reader.ofDelta([occurrence('o', 's'), exception('x', 's')]);
      expect(mailbox.asked).toHaveLength(1);
      const renamed = exception('x', 's', { changeKey: 'x-2', subject: 'renamed' });
      mailbox.add(master('s', { changeKey: 's-2', exceptionOccurrences: [renamed] }));
      const told = await reader.ofDelta([renamed]);
      expect(told.changes).toMatchObject([{ item: { version: 's-2' } }, { item: { content: { title: 'renamed' } } }]);
      expect(told.wholeSeries).toEqual(['s']);
    });

    it('as removed is gone, though it was there when its series was read', async () => {
      const reader = mailbox.reader();
      mailbox.add(master('s'));
      await reader.ofDelta([master('s')]);
      mailbox.there.clear();
      expect(named(await reader.ofRemovals([removal('s')]))).toEqual(['removed s']);
    });

    it('and shown in the same page needs no second look', async () => {
      const reader = mailbox.reader();
      mailbox.add(master('s'));
      const items = [master('s'), removal('s')];
      await reader.ofDelta(items);
      expect(named(await reader.ofRemovals(items))).toEqual([]);
    });
  });

  describe('many series', () => {
    const many = Array.from({ length: 45 }, (_none, index) => `m${index}`);

    beforeEach(() => mailbox.add(...many.map((id) => master(id))));

    it('are read in requests whose parts wait for each other, while a listing goes on beside them', async () => {
      const told = await mailbox.reader('inTurn').ofDelta(many.map((id) => occurrence(`${id}-o`, id)));
      expect(named(told)).toEqual(many);
      expect(mailbox.asked.map(({ length }) => length)).toEqual([20, 20, 5]);
      expect(mailbox.chained).toEqual([true, true, true]);
    });

    it('are read though one of them is gone: what waited for it is asked for again', async () => {
      mailbox.there.delete('m3');
      const told = await mailbox.reader('inTurn').ofDelta(many.slice(0, 20).map((id) => occurrence(`${id}-o`, id)));
      expect(named(told)).toEqual(many.slice(0, 20).filter((id) => id !== 'm3'));
      expect(mailbox.asked.map(({ length }) => length)).toEqual([20, 16]);
      expect(mailbox.chained).toEqual([true, false]);
    });

    it('are no longer asked for once the mailbox has refused', async () => {
      mailbox.refuse.set('m7', { status: 429, code: 'ApplicationThrottled', headers: { 'Retry-After': '3' } });
      const all = [...many, ...many.map((id) => `${id}x`)].map((id) => occurrence(`${id}-o`, id));
      await expect(mailbox.reader().ofDelta(all)).rejects.toMatchObject({ kind: 'Throttled', retryAfterMs: 3000 });
      expect(mailbox.asked.length).toBeLessThanOrEqual(3);
    });
  });

  it('keeps what the person has answered, also where they are no guest by name', async () => {
    const status = (response: string) => ({ responseStatus: { response } });
    const { changes } = await mailbox
      .reader()
      .ofView([
        event('a', status('accepted')),
        event('b', { ...status('accepted'), isOrganizer: true }),
        event('c', status('none')),
      ]);
    const answers = changes.map((change) => (change.type === 'upserted' ? change.item : null));
    expect(answers.map((item) => item && 'content' in item && item.content.response)).toEqual([
      'accepted',
      undefined,
      undefined,
    ]);
  });
});

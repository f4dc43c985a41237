import { idIn, textIn } from '../http/testing/exchange-bench';
import {
  appointment,
  contact,
  create,
  field,
  find,
  get,
  remove,
  set,
  shape,
  update,
} from '../items/testing/item-requests';
import {
  ADA,
  basic,
  BEN,
  envelope,
  NtlmClient,
  TestSimulator,
  textsIn,
  type SoapReply,
} from '../testing/start-simulator';

const CALENDAR = find('calendar');
const sync = (state = '', base = 'Default'): string =>
  `<m:SyncFolderItems>${shape(base)}<m:SyncFolderId><t:DistinguishedFolderId Id="calendar"/></m:SyncFolderId>${
    state === '' ? '' : `<m:SyncState>${state}</m:SyncState>`
  }<m:MaxChangesReturned>2</m:MaxChangesReturned></m:SyncFolderItems>`;
const renamed = (id: string): string =>
  update(id, set(field('item:Subject'), '<t:CalendarItem><t:Subject>b</t:Subject></t:CalendarItem>'));

describe('a fault', () => {
  let subject: TestSimulator;

  beforeEach(async () => {
    subject = await TestSimulator.start();
  });
  afterEach(async () => {
    expect(subject.bugs).toEqual([]);
    await subject.close();
  });

  const codeOf = (reply: SoapReply): [number, string | null] => [reply.status, textIn(reply, 'ResponseCode')];
  const stateOf = (reply: SoapReply): string => textIn(reply, 'SyncState') ?? '';
  const made = async (title = 'a'): Promise<string> => idIn(await subject.ask(create(appointment(title))));
  const ended = async (): Promise<[number, string | null]> => codeOf(await subject.ask(CALENDAR));

  it('throttled is a fault that says how long to wait, and sometimes an answer', async () => {
    subject.control.addFault({ kind: 'throttled', email: ADA, times: 3, ms: 297_749 });
    const replies = [await subject.ask(CALENDAR), await subject.ask(CALENDAR), await subject.ask(CALENDAR)];
    expect(replies.map(codeOf)).toEqual([500, 200, 500].map((status) => [status, 'ErrorServerBusy']));
    for (const { text } of replies) expect(text).toContain('<t:Value Name="BackOffMilliseconds">297749</t:Value>');
    expect(await ended()).toEqual([200, 'NoError']);
    subject.control.addFault({ kind: 'throttled', email: ADA });
    expect(codeOf(await subject.ask(CALENDAR, { user: BEN }))).toEqual([200, 'NoError']);
  });

  it('server_error is a fault without a reason', async () => {
    subject.control.addFault({ kind: 'server_error', times: 1 });
    expect(await ended()).toEqual([500, 'ErrorInternalServerError']);
  });

  it('quota strikes what makes a mailbox fuller', async () => {
    const id = await made();
    subject.control.addFault({ kind: 'quota', times: 2 });
    expect(await ended()).toEqual([200, 'NoError']);
    expect(codeOf(await subject.ask(create(appointment('b'))))).toEqual([200, 'ErrorQuotaExceeded']);
    expect(codeOf(await subject.ask(renamed(id)))).toEqual([200, 'ErrorQuotaExceeded']);
    expect(codeOf(await subject.ask(remove(id)))).toEqual([200, 'NoError']);
  });

  it('unavailable is a server that is not there', async () => {
    subject.control.addFault({ kind: 'unavailable', times: 1 });
    const reply = await subject.post(envelope(CALENDAR));
    expect([reply.status, reply.text.includes('Envelope')]).toEqual([503, false]);
    expect((await subject.post(envelope(CALENDAR))).status).toBe(200);
  });

  it('ews_disabled is 403 without SOAP, and Autodiscover goes on', async () => {
    subject.control.addFault({ kind: 'ews_disabled', email: ADA });
    const reply = await subject.post(envelope(CALENDAR));
    expect([reply.status, reply.text]).toEqual([403, '']);
    const told = await subject.web('/autodiscover/autodiscover.xml', {
      method: 'POST',
      headers: { authorization: basic() },
      body: '',
    });
    expect(told.status).toBe(200);
  });

  it('slow keeps people waiting, cut drops their connection', async () => {
    subject.control.addFault({ kind: 'slow', email: ADA, times: 1, ms: 120 });
    const begun = performance.now();
    await subject.ask(CALENDAR);
    expect(performance.now() - begun).toBeGreaterThan(110);
    subject.control.addFault({ kind: 'cut', email: ADA, times: 1 });
    await expect(subject.post(envelope(CALENDAR))).rejects.toThrow();
    expect(await ended()).toEqual([200, 'NoError']);
  });

  it('grant_revoked is a password that is no longer taken, on known connections neither', async () => {
    const client = new NtlmClient(subject.running.baseUrl);
    await client.signIn(CALENDAR);
    subject.control.addFault({ kind: 'grant_revoked', email: ADA });
    expect((await subject.post(envelope(CALENDAR))).status).toBe(401);
    expect(await client.again(CALENDAR)).toBe(401);
    expect(await client.signIn(CALENDAR)).toEqual([401, 401, 401]);
    client.close();
    expect(subject.control.failedSignIns(ADA)).toBeGreaterThan(1);
    expect((await subject.ask(CALENDAR, { user: BEN })).status).toBe(200);
    subject.control.clearFaults();
    expect(await ended()).toEqual([200, 'NoError']);
  });

  it('cursor_expired strikes who brings a state', async () => {
    await made();
    subject.control.addFault({ kind: 'cursor_expired' });
    const first = await subject.ask(sync());
    expect(codeOf(first)).toEqual([200, 'NoError']);
    expect(codeOf(await subject.ask(sync(stateOf(first))))).toEqual([200, 'ErrorInvalidSyncStateData']);
  });

  it('empty_page holds nothing, says that there is more, and leads to it', async () => {
    for (const title of ['a', 'b', 'c']) await made(title);
    subject.control.addFault({ kind: 'empty_page', times: 2 });
    const empty = await subject.ask(sync());
    expect([textsIn(empty, 'Subject'), textIn(empty, 'IncludesLastItemInRange')]).toEqual([[], 'false']);
    const again = await subject.ask(sync(stateOf(empty)));
    expect(textsIn(again, 'Subject')).toEqual([]);
    const page = await subject.ask(sync(stateOf(again)));
    expect(textsIn(page, 'Subject')).toEqual(['c', 'b']);
    const rest = await subject.ask(sync(stateOf(page)));
    expect([textsIn(rest, 'Subject'), textIn(rest, 'IncludesLastItemInRange')]).toEqual([['a'], 'true']);
  });

  it('endless_page leads to itself', async () => {
    for (const title of ['a', 'b', 'c']) await made(title);
    subject.control.addFault({ kind: 'endless_page', times: 2 });
    const first = await subject.ask(sync());
    const second = await subject.ask(sync(stateOf(first)));
    expect([first, second].map((reply) => textsIn(reply, 'Subject'))).toEqual([
      ['c', 'b'],
      ['c', 'b'],
    ]);
    subject.control.addFault({ kind: 'endless_page', times: 1 });
    const view = '<m:IndexedPageItemView MaxEntriesReturned="2" Offset="1" BasePoint="Beginning"/>';
    const found = await subject.ask(find('calendar', '', { view }));
    expect(found.text).toMatch(/IndexedPagingOffset="1"[^>]*IncludesLastItemInRange="false"/);
    expect(textsIn(found, 'Subject')).toHaveLength(2);
  });

  it('bad_item damages one item that shows its times, the same in the same way', async () => {
    const ids = [await made('a'), await made('b'), await made('c')];
    subject.control.addFault({ kind: 'bad_item' });
    expect(textsIn(await subject.ask(sync('', 'IdOnly')), 'Start')).toEqual([]);
    const whole = (text: string): boolean => /<t:Start>2026-11-23T09:00:00Z<.*<t:End>2026-11-23T10:00:00Z</.test(text);
    for (const id of ids) {
      const first = await subject.ask(get(id, 'Default'));
      expect([whole(first.text), (await subject.ask(get(id, 'Default'))).text]).toEqual([false, first.text]);
    }
    subject.control.clearFaults();
    for (const id of ids) expect(whole((await subject.ask(get(id, 'Default'))).text)).toBe(true);
  });

  it('conflict is somebody who was faster', async () => {
    const id = await made();
    subject.control.addFault({ kind: 'conflict', times: 1 });
    expect(codeOf(await subject.ask(renamed(id)))).toEqual([200, 'ErrorIrresolvableConflict']);
    const now = await subject.ask(get(id));
    expect([textsIn(now, 'Subject'), idIn(now) === id]).toEqual([['a'], false]);
    expect(codeOf(await subject.ask(renamed(idIn(now))))).toEqual([200, 'NoError']);
  });

  it('timeout_after_write loses the answer, not the write', async () => {
    subject.control.addFault({ kind: 'timeout_after_write', times: 1 });
    expect(await ended()).toEqual([200, 'NoError']);
    await expect(subject.post(envelope(create(contact('<t:GivenName>c</t:GivenName>'))))).rejects.toThrow();
    expect(textsIn(await subject.ask(find('contacts')), 'DisplayName')).toEqual(['c']);
    expect(subject.control.ledger(ADA).writes).toMatchObject([{ operation: 'CreateItem' }]);
  });

  it('that other providers have is refused by name', () => {
    for (const kind of ['admin_approval', 'claims_challenge'] as const) {
      expect(() => subject.control.addFault({ kind })).toThrow(expect.objectContaining({ code: 'unknown_kind' }));
    }
  });
});

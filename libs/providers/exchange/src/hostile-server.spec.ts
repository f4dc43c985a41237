import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DeltaPage, RemoteMeeting } from '@daybook/provider-port';
import { guardedHttpTo } from '@daybook/testing/conformance';
import { createExchangeCalendar } from './calendar/exchange-calendar';
import { writeAccess } from './transport/access-text';
import { createEwsClient } from './transport/ews-client';

const MEGABYTE = 1024 * 1024;
const XML = { 'content-type': 'text/xml; charset=utf-8' };

const envelope = (operation: string, message: string): string =>
  `<s:Envelope xmlns:s="s" xmlns:m="m" xmlns:t="t"><s:Body><m:${operation}Response><m:ResponseMessages>${message}</m:ResponseMessages></m:${operation}Response></s:Body></s:Envelope>`;
const success = (operation: string, content: string): string =>
  `<m:${operation}ResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>${content}</m:${operation}ResponseMessage>`;
const synced = (...ids: readonly string[]): string =>
  envelope(
    'SyncFolderItems',
    success(
      'SyncFolderItems',
      `<m:SyncState>state</m:SyncState><m:IncludesLastItemInRange>true</m:IncludesLastItemInRange><m:Changes>${ids.map((id) => `<t:Create><t:CalendarItem><t:ItemId Id="${id}" ChangeKey="c"/></t:CalendarItem></t:Create>`).join('')}</m:Changes>`,
    ),
  );
const item = (id: string, { subject = 'Lunch', more = '' } = {}): string =>
  success(
    'GetItem',
    `<m:Items><t:CalendarItem><t:ItemId Id="${id}" ChangeKey="c"/><t:Subject>${subject}</t:Subject>${more}<t:UID>u</t:UID><t:Start>2026-11-23T09:00:00Z</t:Start><t:End>2026-11-23T10:00:00Z</t:End><t:CalendarItemType>Single</t:CalendarItemType></t:CalendarItem></m:Items>`,
  );

type Reply = (response: ServerResponse, operation: string) => void;

const always = (body: string, status = 200): Reply => {
  return (response) => void response.writeHead(status, XML).end(body);
};
/** One item in the calendar, told as given. */
const oneItem =
  (got: string, id = 'AAAA'): Reply =>
  (response, operation) =>
    void response.writeHead(200, XML).end(operation === 'SyncFolderItems' ? synced(id) : envelope('GetItem', got));

describe('a server that means harm, or is no Exchange', () => {
  let server: Server;
  let http: ReturnType<typeof guardedHttpTo>;
  let reply: Reply = always('');
  let asked: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const operation = /<s:Body><m:(\w+)/.exec(Buffer.concat(chunks).toString())?.[1] ?? '';
        asked.push(operation);
        reply(response, operation);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    http = guardedHttpTo(base());
  });
  beforeEach(() => {
    asked = [];
  });
  afterAll(async () => {
    await http.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const base = (): string => {
    const { port } = server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  };
  /** The pages of a first listing. */
  async function listed(): Promise<readonly DeltaPage<RemoteMeeting>[]> {
    const client = createEwsClient({ http, clock: { now: () => 0 } });
    const mailbox = { url: `${base()}/EWS/Exchange.asmx`, user: 'ada', domain: null, password: 'daybook' };
    const session = createExchangeCalendar(client).open(writeAccess({ ...mailbox, version: 'Exchange2013_SP1' }));
    const request = { calendarRemoteId: 'CCCC', since: null, continueAt: null, window: { type: 'all' } } as const;
    const pages: DeltaPage<RemoteMeeting>[] = [];
    for await (const page of session.changes(request)) pages.push(page);
    return pages;
  }

  const bomb = `<!DOCTYPE lolz [<!ENTITY a "lol">${Array.from({ length: 30 }, (_none, index) => `<!ENTITY a${index} "${index === 0 ? '&a;' : `&a${index - 1};`.repeat(10)}">`).join('')}]>`;

  it.each([
    ['an entity bomb', bomb + synced().replace('state', '&a29;')],
    ['an entity of its own', synced().replace('state', '&secret;')],
    ['an external entity', `<!DOCTYPE x SYSTEM "file:///etc/passwd">${synced()}`],
    ['XML that is none', synced().replace('</m:Changes>', '</m:Other>')],
    ['a page of a proxy', '<!DOCTYPE html><html><body>Please sign in</body></html>'],
    ['a page of a proxy that is XML', '<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>'],
    ['an answer to another question', envelope('GetFolder', success('GetFolder', ''))],
    ['an envelope of another protocol', '<soap12:Envelope xmlns:soap12="x"><soap12:Header/></soap12:Envelope>'],
    ['nesting without end', `<s:Envelope>${'<a>'.repeat(100_000)}`],
    ['nothing', ''],
    ['zeros', '\0'.repeat(1000)],
  ])('that answers %s is an outage, asked once', async (_what, body) => {
    reply = always(body);
    await expect(listed()).rejects.toMatchObject({ name: 'ProviderError', kind: 'Unavailable' });
    expect(asked).toEqual(['SyncFolderItems']);
  });

  it('that never stops is cut off', async () => {
    let sent = 0;
    reply = (response) => {
      response.writeHead(200, XML);
      const piece = '<a>b</a>'.repeat(MEGABYTE / 8);
      const more = (): void => {
        if (response.destroyed) return;
        sent += piece.length;
        if (response.write(piece)) setImmediate(more);
        else response.once('drain', more);
      };
      response.on('error', () => undefined);
      more();
    };
    await expect(listed()).rejects.toMatchObject({ name: 'ProviderError', kind: 'Unreadable' });
    expect(sent).toBeLessThan(64 * MEGABYTE);
  });

  it('that sends 50 MB, as it has announced, is not listened to until the end', async () => {
    reply = (response) => {
      response.on('error', () => undefined);
      response.writeHead(200, { ...XML, 'content-length': 50 * MEGABYTE }).end(Buffer.alloc(50 * MEGABYTE, 0x20));
    };
    await expect(listed()).rejects.toMatchObject({ name: 'ProviderError', kind: 'Unreadable' });
  });

  it('that sends its answer byte by byte, in the middle of signs too, is understood', async () => {
    reply = (response, operation) => {
      const bytes = Buffer.from(
        operation === 'SyncFolderItems'
          ? synced('AAAA')
          : envelope('GetItem', item('AAAA', { subject: 'Čaj 👩 &amp; &#x1F469;' })),
      );
      response.writeHead(200, XML);
      let at = 0;
      const more = (): void => {
        if (at >= bytes.length) return void response.end();
        response.write(bytes.subarray(at, at + 7), () => setImmediate(more));
        at += 7;
      };
      more();
    };
    const [page] = await listed();
    expect(page?.changes).toMatchObject([{ item: { content: { title: 'Čaj 👩 & 👩' } } }]);
  });

  it('that calls its answer by another type is understood', async () => {
    reply = (response, operation) =>
      void response
        .writeHead(200, { 'content-type': 'text/plain; charset=iso-8859-1' })
        .end(operation === 'SyncFolderItems' ? synced('AAAA') : envelope('GetItem', item('AAAA')));
    expect((await listed())[0]?.changes).toHaveLength(1);
  });

  it('that puts things of its own beside the answer tells nothing by them', async () => {
    const more =
      '<x:Location xmlns:x="urn:mine"><x:Deep>no</x:Deep></x:Location><x:Mine xmlns:x="urn:mine"><t:Subject>Other</t:Subject></x:Mine>';
    reply = oneItem(item('AAAA', { more }));
    expect((await listed())[0]?.changes).toMatchObject([{ item: { content: { title: 'Lunch', location: '' } } }]);
  });

  it('that gives an element 100,000 attributes is understood as far as it makes sense', async () => {
    const attributes = Array.from({ length: 100_000 }, (_none, index) => `a${index}="x"`).join(' ');
    reply = oneItem(item('AAAA', { more: `<t:Body ${attributes}>Hello</t:Body>` }));
    expect((await listed())[0]?.changes).toMatchObject([{ item: { content: { description: 'Hello' } } }]);
  });

  it('that invites 100,000 people is believed in some of them', async () => {
    const guest = '<t:Attendee><t:Mailbox><t:EmailAddress>a@b.c</t:EmailAddress></t:Mailbox></t:Attendee>';
    reply = oneItem(item('AAAA', { more: `<t:RequiredAttendees>${guest.repeat(100_000)}</t:RequiredAttendees>` }));
    const [page] = await listed();
    expect(page?.changes).toMatchObject([{ item: { content: { attendeesComplete: false } } }]);
  });

  it.each(['A&#x1;B', 'A&#x0;', 'A B', 'A.2026-01-01', 'É', '', 'A'.repeat(513)])(
    'that calls an item %j has not named any',
    async (id) => {
      reply = oneItem(item('AAAA'), id);
      expect((await listed())[0]?.changes).toEqual([]);
      expect(asked).toEqual(['SyncFolderItems']);
    },
  );

  it('that answers fewer items than were asked for is an outage', async () => {
    reply = (response, operation) =>
      void response
        .writeHead(200, XML)
        .end(operation === 'SyncFolderItems' ? synced('AAAA', 'BBBB') : envelope('GetItem', item('AAAA')));
    await expect(listed()).rejects.toMatchObject({ name: 'ProviderError', kind: 'Unavailable' });
  });

  it('that holds an odd item among others hides none of those', async () => {
    const odd = item('BBBB').replace('2026-11-23T10:00:00Z', 'late');
    const gone = `<m:GetItemResponseMessage ResponseClass="Error"><m:ResponseCode>ErrorItemNotFound</m:ResponseCode></m:GetItemResponseMessage>`;
    const broken = gone.replace('ErrorItemNotFound', 'ErrorCorruptData');
    reply = (response, operation) =>
      void response
        .writeHead(200, XML)
        .end(
          operation === 'SyncFolderItems'
            ? synced('AAAA', 'BBBB', 'CCCC', 'DDDD')
            : envelope('GetItem', [item('AAAA'), odd, gone, broken].join('')),
        );
    expect((await listed())[0]?.changes).toMatchObject([
      { type: 'upserted', item: { remoteId: 'AAAA' } },
      { type: 'unreadable', remoteId: 'BBBB', reason: 'End' },
      { type: 'removed', remoteId: 'CCCC' },
      { type: 'unreadable', remoteId: 'DDDD', reason: 'Unreadable' },
    ]);
  });
});

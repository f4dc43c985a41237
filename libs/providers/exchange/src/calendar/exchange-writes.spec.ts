import type { MeetingDraft, UpdateRequest } from '@daybook/provider-port';
import { at, draft, FakeHttp } from '@daybook/testing/fakes';
import { writeAccess } from '../transport/access-text';
import { createEwsClient } from '../transport/ews-client';
import { createExchangeCalendar } from './exchange-calendar';

const IN = { calendarRemoteId: 'cal', timeZone: 'Europe/Berlin' };
const KEY = '0a1b2c3d4e5f6g7h8i9jkv';
const MARKER = { deployment: 'dep', meetingId: 'mtg' };
const TIMED = draft('Planning', at('2026-11-25T09:00', 'Europe/Vienna'), at('2026-11-25T10:00', 'Europe/Vienna'));
const JOIN = 'https://teams.microsoft.com/l/meetup-join/19%3ameeting_x/0';
const RULE = '_'.repeat(80);
const MAILBOX = { url: 'https://mail.example.com/EWS/Exchange.asmx', user: 'ada', domain: null, password: 'p' };

const answer = (operation: string, ...contents: string[]) => {
  const messages = contents.map(
    (content) =>
      `<m:${operation}ResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>${content}</m:${operation}ResponseMessage>`,
  );
  const body = `<m:${operation}Response><m:ResponseMessages>${messages.join('')}</m:ResponseMessages></m:${operation}Response>`;
  return { body: `<s:Envelope><s:Body>${body}</s:Body></s:Envelope>` };
};
const ID = '<t:ItemId Id="a=" ChangeKey="ck1"/>';
const nothing = '<m:RootFolder><t:Items/></m:RootFolder>';
const item = (more = '', zone = 'W. Europe Standard Time') =>
  `<m:Items><t:CalendarItem>${ID}<t:CalendarItemType>Single</t:CalendarItemType><t:Start>2026-11-25T08:00:00Z</t:Start>` +
  `<t:End>2026-11-25T09:00:00Z</t:End><t:StartTimeZone Id="${zone}"/><t:EndTimeZone Id="${zone}"/>${more}</t:CalendarItem></m:Items>`;
const written = `<m:Items><t:CalendarItem>${ID}</t:CalendarItem></m:Items>`;

describe('writing to an Exchange calendar', () => {
  let http: FakeHttp;
  beforeEach(() => {
    http = new FakeHttp();
  });
  const subject = (version = 'Exchange2013_SP1') => {
    const access = writeAccess({ ...MAILBOX, version });
    const { writes } = createExchangeCalendar(createEwsClient({ http, clock: { now: () => 0 } })).open(access);
    if (!writes) throw new Error('nothing can be written');
    return writes;
  };
  const sent = (operation: string): string =>
    String(http.requests.find(({ body }) => String(body).includes(`<m:${operation} `))?.body ?? '');
  const create = (its: MeetingDraft) => {
    http.answer(answer('FindItem', nothing, nothing, nothing)).answer(answer('CreateItem', written));
    http.answer(answer('GetItem', item()));
    return subject().create({ ...IN, key: KEY, draft: its, marker: MARKER, notify: false });
  };
  const update = (its: MeetingDraft, more: Partial<UpdateRequest> = {}, version?: string) =>
    subject(version).update({
      ...IN,
      target: { type: 'item', remoteId: 'a=' },
      ifVersion: 'ck1',
      draft: its,
      fields: ['title'],
      notify: false,
      ...more,
    });

  it('makes an item in the order of the schema, in words Exchange knows, and mails nobody', async () => {
    await create({ ...TIMED, visibility: 'public' });
    const body = sent('CreateItem');
    expect(body).toContain('SendMeetingInvitations="SendToNone"');
    expect(body).toContain('<t:StartTimeZone Id="W. Europe Standard Time"/>');
    expect(body).toContain('<t:Start>2026-11-25T08:00:00Z</t:Start>');
    expect(body).toContain('Europe/Vienna');
    expect(body).toContain(`<t:Value>${KEY}</t:Value>`);
    const [, inner = ''] = /<t:CalendarItem>(.*)<\/t:CalendarItem>/.exec(body) ?? [];
    const order = ['Subject', 'Sensitivity', 'Body', 'ExtendedProperty', 'Start', 'End', 'IsAllDayEvent', 'Location'];
    const places = [...order, 'StartTimeZone', 'EndTimeZone'].map((name) =>
      inner.search(new RegExp(`<t:${name}[ >/]`)),
    );
    expect(places.every((place) => place >= 0)).toBe(true);
    expect([...places].sort((one, other) => one - other)).toEqual(places);
  });

  it('looks for what a create made before it makes anything, and makes nothing again that was deleted', async () => {
    const made = `<m:RootFolder><t:Items><t:CalendarItem>${ID}</t:CalendarItem></t:Items></m:RootFolder>`;
    http.answer(answer('FindItem', nothing, made, nothing));
    const created = subject().create({ ...IN, key: KEY, draft: TIMED, marker: MARKER, notify: false });
    await expect(created).rejects.toMatchObject({ kind: 'Rejected' });
    expect(http.requests).toHaveLength(1);
  });

  it('changes a field of one version, and nothing else', async () => {
    http.answer(answer('GetItem', item())).answer(answer('UpdateItem', written)).answer(answer('GetItem', item()));
    await update({ ...TIMED, title: 'New' });
    const body = sent('UpdateItem');
    expect(body).toContain('ConflictResolution="NeverOverwrite"');
    expect(body).toContain(ID);
    expect(body.match(/<t:SetItemField>/g)).toHaveLength(1);
    expect(body).not.toContain('DeleteItemField');
  });

  it('sends nothing for another version than the one that is there', async () => {
    http.answer(answer('GetItem', item()));
    await expect(update(TIMED, { ifVersion: 'ck9' })).rejects.toMatchObject({ kind: 'VersionConflict' });
    http.answer(answer('GetItem', item()));
    const target = { type: 'item', remoteId: 'a=' } as const;
    const removed = subject().remove({ ...IN, target, ifVersion: 'ck9', notify: false });
    await expect(removed).rejects.toMatchObject({ kind: 'VersionConflict' });
    expect(http.requests).toHaveLength(2);
  });

  it('keeps the name of a zone that has not changed', async () => {
    const named = item('', 'Romance Standard Time');
    http.answer(answer('GetItem', named)).answer(answer('UpdateItem', written)).answer(answer('GetItem', named));
    const paris = draft('Planning', at('2026-11-25T09:00', 'Europe/Paris'), at('2026-11-25T10:00', 'Europe/Paris'));
    await update(paris, { fields: ['time'] });
    expect(sent('UpdateItem')).toContain('<t:StartTimeZone Id="Romance Standard Time"/>');
  });

  it.each([
    ['set off by a rule', `Agenda\r\n${RULE}\r\nMicrosoft Teams meeting`],
    ['that shows its address', `Agenda\r\nJoin the meeting now<${JOIN}>`],
  ])('never loses the part %s that people join an online meeting by', async (_how, content) => {
    const body = content.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    http.answer(
      answer('GetItem', item(`<t:Body>${body}</t:Body><t:JoinOnlineMeetingUrl>${JOIN}</t:JoinOnlineMeetingUrl>`)),
    );
    await expect(update({ ...TIMED, description: 'New' }, { fields: ['description'] })).rejects.toMatchObject({
      kind: 'Rejected',
      because: 'join_part_kept',
    });
    expect(http.requests).toHaveLength(1);
  });

  it.each(['Exchange2010_SP2', 'Exchange2013_SP1'])(
    'knows that part without the field of its address, as with Teams and with Exchange 2010 (%s)',
    async (version) => {
      const body = `Agenda\r\n${RULE}\r\nMicrosoft Teams meeting\r\nJoin the meeting now&lt;${JOIN}&gt;`;
      http.answer(answer('GetItem', item(`<t:Body>${body}</t:Body>`)));
      const changed = update({ ...TIMED, description: 'New' }, { fields: ['description'] }, version);
      await expect(changed).rejects.toMatchObject({ kind: 'Rejected', because: 'join_part_kept' });
      expect(http.requests).toHaveLength(1);
    },
  );

  it('describes a meeting without that part, whatever rules are drawn in its text', async () => {
    const ruled = item(`<t:Body>Agenda\r\n${RULE}\r\nFrom: Ben</t:Body>`);
    http.answer(answer('GetItem', ruled)).answer(answer('UpdateItem', written)).answer(answer('GetItem', ruled));
    await update({ ...TIMED, description: 'New' }, { fields: ['description'] });
    expect(sent('UpdateItem')).toContain('<t:Body BodyType="Text">New</t:Body>');
  });

  describe('where Exchange has a guest without any address', () => {
    const NAMELESS =
      '<t:RequiredAttendees><t:Attendee><t:Mailbox><t:Name>Somebody</t:Name></t:Mailbox></t:Attendee></t:RequiredAttendees>';
    const CLEO = { name: 'Cleo', email: 'cleo@example.com', response: 'needsAction' } as const;
    const SOMEBODY = { name: 'Somebody', email: '', response: 'needsAction', role: 'required' } as const;

    it('says itself that it cannot write the list', async () => {
      http.answer(answer('GetItem', item(NAMELESS)));
      const attendees = [SOMEBODY, { ...CLEO, role: 'required' as const }];
      await expect(update({ ...TIMED, attendees }, { fields: ['attendees'] })).rejects.toMatchObject({
        kind: 'Rejected',
        because: 'guest_without_address',
      });
      expect(http.requests).toHaveLength(1);
    });

    it('writes the other lists', async () => {
      http.answer(answer('GetItem', item(NAMELESS))).answer(answer('UpdateItem', written));
      http.answer(answer('GetItem', item(NAMELESS)));
      const attendees = [SOMEBODY, { ...CLEO, role: 'optional' as const }];
      await update({ ...TIMED, attendees }, { fields: ['attendees'] });
      expect(sent('UpdateItem')).toContain('<t:EmailAddress>cleo@example.com</t:EmailAddress>');
      expect(sent('UpdateItem')).not.toContain('RequiredAttendees');
    });
  });

  it('never loses the end of a description of which only the beginning is read', async () => {
    const long = item(`<t:Body>${'x'.repeat(32_769)}</t:Body>`);
    http.answer(answer('GetItem', long));
    await expect(update({ ...TIMED, description: 'New' }, { fields: ['description'] })).rejects.toMatchObject({
      kind: 'Rejected',
      because: 'description_too_long',
    });
    expect(http.requests).toHaveLength(1);
    const whole = item(`<t:Body>${'x'.repeat(32_768)}</t:Body>`);
    http.answer(answer('GetItem', whole)).answer(answer('UpdateItem', written)).answer(answer('GetItem', whole));
    await update({ ...TIMED, description: 'New' }, { fields: ['description'] });
    expect(sent('UpdateItem')).toContain('>New<');
  });

  it('mails guests of the person only, and only when asked', async () => {
    const theirs = item('<t:IsMeeting>true</t:IsMeeting><t:MyResponseType>Accept</t:MyResponseType>');
    http.answer(answer('GetItem', theirs)).answer(answer('UpdateItem', written)).answer(answer('GetItem', theirs));
    await update({ ...TIMED, title: 'New' }, { notify: true });
    expect(sent('UpdateItem')).toContain('SendMeetingInvitationsOrCancellations="SendToNone"');
    const own = item('<t:IsMeeting>true</t:IsMeeting><t:MyResponseType>Organizer</t:MyResponseType>');
    http.answer(answer('GetItem', own)).answer(answer('DeleteItem', ''));
    await subject().remove({ ...IN, target: { type: 'item', remoteId: 'a=' }, ifVersion: 'ck1', notify: true });
    expect(sent('DeleteItem')).toContain('SendMeetingCancellations="SendToAllAndSaveCopy"');
  });
});

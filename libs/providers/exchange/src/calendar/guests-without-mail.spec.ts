import type { CalendarWrites, DraftField, MeetingDraft, RemoteMeeting } from '@daybook/provider-port';
import { element, type RunningExchangeSimulator, textOf, type XmlElement } from '@daybook/providers/exchange-simulator';
import { at, draft } from '@daybook/testing/fakes';
import { ADA, BOTH_SCHEMAS, type MailboxBench, startMailboxBench } from '../testing/mailbox-bench';

const IN = { calendarRemoteId: 'primary', timeZone: 'Europe/Berlin', notify: false };
const GONE_PATH = '/O=ORG/OU=EXCHANGE ADMINISTRATIVE GROUP/CN=RECIPIENTS/CN=GONE';
const GONE = { name: 'Gone Colleague', email: '', response: 'needsAction', role: 'required' } as const;
const BEN = { name: 'Ben', email: 'ben@elsewhere.example', response: 'needsAction', role: 'required' } as const;
const CLEO = { name: 'Cleo', email: 'cleo@elsewhere.example', response: 'needsAction', role: 'optional' } as const;
const TIMED = draft('Planning', at('2026-11-25T09:00'), at('2026-11-25T10:00'));
const LATER = { start: at('2026-11-25T15:00'), end: at('2026-11-25T16:00') };
const DAILY = { lines: ['RRULE:FREQ=DAILY;COUNT=6'] };

const guest = (name: string, address: string, routing: string): XmlElement =>
  element('Attendee', [
    element('Mailbox', [element('Name', name), element('EmailAddress', address), element('RoutingType', routing)]),
  ]);
const guests = (...entries: readonly XmlElement[]): XmlElement => element('RequiredAttendees', entries);
const theirs = (...more: readonly XmlElement[]): XmlElement => guests(guest(GONE.name, GONE_PATH, 'EX'), ...more);

describe.each(BOTH_SCHEMAS)('guests that mail does not reach, at %s', (_server, version, schema) => {
  let bench: MailboxBench;
  let simulator: RunningExchangeSimulator;
  let writes: CalendarWrites;
  beforeEach(async () => {
    bench = await startMailboxBench(version, schema);
    ({ simulator, writes } = bench);
  });
  afterEach(() => bench.close());

  const create = (more: Partial<MeetingDraft> = {}): Promise<RemoteMeeting> =>
    writes.create({
      ...IN,
      key: '0a1b2c3d4e5f6g7h8i9jkv',
      marker: { deployment: 'dep', meetingId: 'mtg' },
      draft: { ...TIMED, ...more },
    });
  const read = async (remoteId: string) => {
    const found = await writes.read({ ...IN, target: { type: 'item', remoteId } });
    if (found === null || found.kind === 'cancelled') throw new Error('not there');
    return found;
  };
  const update = async (remoteId: string, its: MeetingDraft, field: DraftField) => {
    const { version: ifVersion } = await read(remoteId);
    return writes.update({ ...IN, target: { type: 'item', remoteId }, ifVersion, draft: its, fields: [field] });
  };
  const occurrence = (date: string): string => {
    const from = Date.parse(`${date}T00:00:00Z`);
    const [item] = simulator.control.agenda(ADA, from, from + 86_400_000);
    return item?.children.find(({ name }) => name === 'ItemId')?.attributes['Id'] ?? '';
  };
  const addressesAt = (id: string): string[] => {
    const lists = simulator.control.item(ADA, id)?.children ?? [];
    const entries = lists.filter(({ name }) => /^(Required|Optional)Attendees$/.test(name));
    return entries.flatMap(({ children }) =>
      children.map(({ children: [mailbox] }) =>
        ['RoutingType', 'EmailAddress'].map((name) => textOf(mailbox ?? null, name)).join(' '),
      ),
    );
  };

  it('are shown without an address, and stay with the one Exchange has when others are invited', async () => {
    const { remoteId } = await create();
    await simulator.control.updateItem(ADA, remoteId, { set: [theirs()] });
    expect((await read(remoteId)).content.attendees).toEqual([GONE]);
    await update(remoteId, { ...TIMED, attendees: [GONE, BEN, CLEO] }, 'attendees');
    expect(addressesAt(remoteId).sort()).toEqual([`EX ${GONE_PATH}`, `SMTP ${BEN.email}`, `SMTP ${CLEO.email}`]);
  });

  it('stay with an occurrence that has other guests than its series where its series gets other times', async () => {
    const { remoteId } = await create({ ...DAILY });
    await simulator.control.updateItem(ADA, remoteId, { set: [theirs()] });
    const more = guest(BEN.name, BEN.email, 'SMTP');
    await simulator.control.updateItem(ADA, occurrence('2026-11-27'), { set: [theirs(more)] });
    await update(remoteId, { ...TIMED, ...DAILY, ...LATER }, 'time');
    expect(addressesAt(occurrence('2026-11-27')).sort()).toEqual([`EX ${GONE_PATH}`, `SMTP ${BEN.email}`]);
  });

  it('keep the times of a series as they are where one of its occurrences would lose them', async () => {
    const { remoteId } = await create({ ...DAILY });
    await simulator.control.updateItem(ADA, occurrence('2026-11-27'), { set: [theirs()] });
    await expect(update(remoteId, { ...TIMED, ...DAILY, ...LATER }, 'time')).rejects.toMatchObject({
      kind: 'Rejected',
      because: 'guest_without_address',
    });
    expect(addressesAt(occurrence('2026-11-27'))).toEqual([`EX ${GONE_PATH}`]);
  });
});

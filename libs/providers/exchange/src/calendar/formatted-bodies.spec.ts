import type { CalendarWrites, MeetingDraft, RemoteMeeting } from '@daybook/provider-port';
import { element, type RunningExchangeSimulator } from '@daybook/providers/exchange-simulator';
import { at, draft } from '@daybook/testing/fakes';
import { ADA, BOTH_SCHEMAS, type MailboxBench, startMailboxBench } from '../testing/mailbox-bench';

const IN = { calendarRemoteId: 'primary', timeZone: 'Europe/Berlin', notify: false };
const DAILY = draft('Stand-up', at('2026-11-25T09:00'), at('2026-11-25T09:30'), {
  lines: ['RRULE:FREQ=DAILY;COUNT=6'],
});
const LATER = { ...DAILY, start: at('2026-11-25T15:00'), end: at('2026-11-25T15:30') };
const html = (words: string): string => `<html><body><p>See the <b>${words}</b></p></body></html>`;
const JOIN = 'https://teams.microsoft.com/l/meetup-join/19%3ameeting_x/0';
const ONLINE = `<html><body>Agenda<div>${'_'.repeat(80)}</div><a href="${JOIN}">Join the meeting now</a></body></html>`;

describe.each(BOTH_SCHEMAS)(
  'descriptions of single occurrences whose series gets other times, at %s',
  (_server, version, schema) => {
    let bench: MailboxBench;
    let simulator: RunningExchangeSimulator;
    let writes: CalendarWrites;
    let series: RemoteMeeting;
    beforeEach(async () => {
      bench = await startMailboxBench(version, schema);
      ({ simulator, writes } = bench);
      const marker = { deployment: 'dep', meetingId: 'mtg' };
      series = await writes.create({ ...IN, key: '0a1b2c3d4e5f6g7h8i9jkv', marker, draft: DAILY });
    });
    afterEach(() => bench.close());

    const itself = () => ({ type: 'item', remoteId: series.remoteId }) as const;
    const move = async (its: MeetingDraft) => {
      const { version: ifVersion = '' } = (await writes.read({ ...IN, target: itself() })) ?? {};
      return writes.update({ ...IN, target: itself(), ifVersion, draft: its, fields: ['time'] });
    };
    const occurrence = (date: string) => {
      const from = Date.parse(`${date}T00:00:00Z`);
      const [item] = simulator.control.agenda(ADA, from, from + 86_400_000);
      const named = (name: string) => item?.children.find((child) => child.name === name);
      return { id: named('ItemId')?.attributes['Id'] ?? '', start: named('Start')?.text, body: named('Body') };
    };
    const describeOn = (date: string, text: string, type = 'HTML') =>
      simulator.control.updateItem(ADA, occurrence(date).id, { set: [element('Body', text, { BodyType: type })] });
    const typeOn = (date: string) => occurrence(date).body?.attributes['BodyType'];

    it('keep their formats, and plain ones stay plain', async () => {
      await describeOn('2026-11-27', html('figures'));
      await describeOn('2026-11-28', 'Only words', 'Text');
      await move(LATER);
      const [formatted, plain] = ['2026-11-27', '2026-11-28'].map(occurrence);
      expect(formatted).toMatchObject({ start: '2026-11-27T14:00:00Z', body: { text: html('figures') } });
      expect(formatted?.body?.attributes['BodyType']).toBe('HTML');
      expect(plain).toMatchObject({ start: '2026-11-28T14:00:00Z', body: { text: 'Only words' } });
      expect(plain?.body?.attributes['BodyType']).toBe('Text');
    });

    it('keep their words where there is no room for all formats', async () => {
      const wide = `<p style="${'margin: 0; '.repeat(2000)}">Long</p>`;
      await describeOn('2026-11-27', `<html><body>${wide}</body></html>`);
      await describeOn('2026-11-28', html('figures'));
      await describeOn('2026-11-29', `<html><body>${wide}${wide}</body></html>`);
      await describeOn('2026-11-30', `<html><body>${wide}!</body></html>`);
      await move(LATER);
      const dates = ['2026-11-27', '2026-11-28', '2026-11-29', '2026-11-30'];
      expect(dates.map(typeOn)).toEqual(['HTML', 'HTML', 'Text', 'Text']);
      expect(occurrence('2026-11-29').body?.text).toContain('Long');
    });

    it('come back where their series has a part to join by and they have none', async () => {
      await simulator.control.updateItem(ADA, series.remoteId, {
        set: [element('Body', ONLINE, { BodyType: 'HTML' })],
      });
      await describeOn('2026-11-27', 'In the garden', 'Text');
      await move(LATER);
      expect(occurrence('2026-11-27')).toMatchObject({
        start: '2026-11-27T14:00:00Z',
        body: { text: 'In the garden' },
      });
      expect(occurrence('2026-11-28').body?.text).toBe(ONLINE);
    });
  },
);

import { readAnswer } from '../transport/read-answer';
import { record } from '../transport/record-shape';
import { zoneIn } from './ews-time';
import { OLDER_ZONE, ZONE } from './zone-fields';

const SHAPE = record({ StartTimeZone: ZONE, MeetingTimeZone: OLDER_ZONE });
const IN_2026 = '2026-11-23T09:00:00Z';

/** The zone of an item that holds this, as it comes from a server. */
async function zoneFrom(markup: string, start = IN_2026): Promise<string | null> {
  const item = await readAnswer(Buffer.from(`<t:Item xmlns:t="t">${markup}</t:Item>`), 'Item', SHAPE);
  return zoneIn({ ...item, Start: start }, 'StartTimeZone');
}

const period = (id: string, bias: string): string => `<t:Period Bias="${bias}" Name="${id}" Id="${id}"/>`;
const to = (kind: string, name: string): string => `<t:To Kind="${kind}">${name}</t:To>`;
const yearly = (name: string, { month, nth = -1, day = 'Sunday', at = 'PT2H' }: Yearly): string =>
  `<t:RecurringDayTransition>${to('Period', name)}<t:TimeOffset>${at}</t:TimeOffset><t:Month>${month}</t:Month><t:DayOfWeek>${day}</t:DayOfWeek><t:Occurrence>${nth}</t:Occurrence></t:RecurringDayTransition>`;
interface Yearly {
  readonly month: number;
  readonly nth?: number;
  readonly day?: string;
  readonly at?: string;
}
const groups = (...all: string[]): string =>
  `<t:TransitionsGroups>${all.map((group, index) => `<t:TransitionsGroup Id="g${index}">${group}</t:TransitionsGroup>`).join('')}</t:TransitionsGroups>`;
const since = (time: string, group: string): string =>
  `<t:AbsoluteDateTransition>${to('Group', group)}<t:DateTime>${time}</t:DateTime></t:AbsoluteDateTransition>`;
const defined = (periods: string, rules: string, { id = 'Customized Time Zone', more = '' } = {}): string =>
  `<t:StartTimeZone Id="${id}" Name="of mine"><t:Periods>${periods}</t:Periods>${rules}<t:Transitions><t:Transition>${to('Group', 'g0')}</t:Transition>${more}</t:Transitions></t:StartTimeZone>`;

const CENTRAL = period('std', '-PT60M') + period('dst', '-PT2H');
const EUROPEAN = yearly('dst', { month: 3 }) + yearly('std', { month: 10, at: 'PT3H' });
const AMERICAN = yearly('std', { month: 11, nth: 1 }) + yearly('dst', { month: 3, nth: 2 });

const older = (base: string, ...changes: string[]): string =>
  `<t:MeetingTimeZone TimeZoneName="(GMT+01:00) irgendwo"><t:BaseOffset>${base}</t:BaseOffset>${changes.join('')}</t:MeetingTimeZone>`;
const change = (name: string, offset: string, [nth, month, time]: readonly [string, string, string]): string =>
  `<t:${name} TimeZoneName="${name}"><t:Offset>${offset}</t:Offset><t:RelativeYearlyRecurrence><t:DaysOfWeek>Sunday</t:DaysOfWeek><t:DayOfWeekIndex>${nth}</t:DayOfWeekIndex><t:Month>${month}</t:Month></t:RelativeYearlyRecurrence><t:Time>${time}</t:Time></t:${name}>`;

describe('the zone of an item', () => {
  it('is that of its name, whatever rules stand beside it', async () => {
    expect(await zoneFrom(defined(CENTRAL, groups(EUROPEAN), { id: 'Tokyo Standard Time' }))).toBe('Asia/Tokyo');
    expect(await zoneFrom('<t:StartTimeZone Id="UTC"/>')).toBe('UTC');
  });

  it('with a name nobody knows is the one with the same rules', async () => {
    expect(await zoneFrom(defined(CENTRAL, groups(EUROPEAN)))).toBe('Europe/Berlin');
    const eastern = period('std', 'PT5H') + period('dst', 'PT4H');
    expect(await zoneFrom(defined(eastern, groups(AMERICAN), { id: 'tzone://Microsoft/Custom' }))).toBe(
      'America/New_York',
    );
  });

  it('may be one whose clocks never change, with half an hour as well', async () => {
    const transition = `<t:Transition>${to('Period', 'std')}</t:Transition>`;
    expect(await zoneFrom(defined(period('std', '-PT5H30M'), groups(transition)))).toBe('Asia/Calcutta');
    expect(
      await zoneFrom(
        '<t:StartTimeZone Id="Tokyo office"><t:Periods><t:Period Bias="-PT9H" Id="a"/></t:Periods></t:StartTimeZone>',
      ),
    ).toBe('Asia/Tokyo');
  });

  it('follows the rules of the year the item is in', async () => {
    const [from2007, until2007] = [AMERICAN, yearly('std', { month: 10 }) + yearly('dst', { month: 4, nth: 1 })];
    const eastern = period('std', 'PT5H') + period('dst', 'PT4H');
    const changed = defined(eastern, groups(until2007, from2007), { more: since('2007-01-01T00:00:00', 'g1') });
    expect(await zoneFrom(changed, '2003-06-01T09:00:00Z')).toBe('America/New_York');
    expect(await zoneFrom(changed, '2026-06-01T09:00:00Z')).toBe('America/New_York');
    expect(await zoneFrom(defined(eastern, groups(until2007)), '2026-06-01T09:00:00Z')).toBeNull();
  });

  it('of a server of 2007 is read from the rules of one year', async () => {
    const berlin = older(
      '-PT60M',
      change('Standard', 'P0D', ['Last', 'October', '03:00:00']),
      change('Daylight', '-PT60M', ['Last', 'March', '02:00:00.0000000']),
    );
    expect(await zoneFrom(berlin)).toBe('Europe/Berlin');
    expect(await zoneFrom(older('PT420M'))).toBe('America/Phoenix');
    expect(await zoneFrom('<t:MeetingTimeZone TimeZoneName="Tokyo Standard Time"/>')).toBe('Asia/Tokyo');
  });

  it.each([
    ['whose rules no zone has', defined(CENTRAL, groups(yearly('dst', { month: 2 }) + yearly('std', { month: 10 })))],
    ['without rules', '<t:StartTimeZone Id="Customized Time Zone"/>'],
    ['whose rules name no period', defined(CENTRAL, groups(yearly('other', { month: 3 }) + EUROPEAN))],
    ['in the thirteenth month', defined(CENTRAL, groups(yearly('dst', { month: 13 }) + EUROPEAN))],
    ['far from UTC', defined(period('std', '-P9D'), groups(`<t:Transition>${to('Period', 'std')}</t:Transition>`))],
    ['with a bias that is none', defined(period('std', 'soon'), groups(EUROPEAN))],
    ['of a time without sense', defined(CENTRAL, groups(EUROPEAN), { more: since('2007-99-99', 'g0') })],
    ['of 2007 with half of its rules', older('-PT60M', '<t:Standard><t:Offset>P0D</t:Offset></t:Standard>')],
    ['of 2007 that no zone has', older('PT11M')],
  ])('%s is nobody’s', async (_what, markup) => {
    expect(await zoneFrom(markup)).toBeNull();
  });
});

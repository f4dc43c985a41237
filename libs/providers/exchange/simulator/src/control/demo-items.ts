import { addDays } from '@daybook/domain';
import type { Fields } from '../items/places';
import { element, type XmlElement } from '../wire/element';

export interface DemoWeek {
  /** The civil date so many days from today. */
  date(offset: number): string;
  /** The Monday of this week. */
  readonly monday: string;
  /** When an item is, in its zone: `11:00`, minutes. */
  at(date: string, time: string, minutes: number): Fields;
}

const subject = (text: string): XmlElement => element('Subject', text);
const place = (text: string): XmlElement => element('Location', text);
const note = (text: string): XmlElement => element('Body', text, { BodyType: 'Text' });
const shownAs = (status: string): XmlElement => element('LegacyFreeBusyStatus', status);

/** Whole days, the last one not among them. */
const days = ({ at }: DemoWeek, from: string, to: string): Fields => [
  ...at(from, '00:00', 0).filter(({ name }) => name !== 'End'),
  { ...(at(to, '00:00', 0)[0] ?? element('End')), name: 'End' },
  element('IsAllDayEvent', true),
];

const invited = (...addresses: readonly string[]): XmlElement =>
  element(
    'RequiredAttendees',
    addresses.map((address) =>
      element('Attendee', [element('Mailbox', [element('Name', address), element('EmailAddress', address)])]),
    ),
  );

const weekly = (weekday: string, start: string, times: number): XmlElement =>
  element('Recurrence', [
    element('WeeklyRecurrence', [
      element('Interval', 1),
      element('DaysOfWeek', weekday),
      element('FirstDayOfWeek', 'Monday'),
    ]),
    element('NumberedRecurrence', [element('StartDate', start), element('NumberOfOccurrences', times)]),
  ]);

export interface DemoCalendars {
  readonly ada: readonly Fields[];
  readonly ben: readonly Fields[];
  /** What becomes of Ada's first item. */
  readonly series: { readonly moved: Fields; readonly movedDay: string; readonly removedDay: string };
}

export function calendarsOf(week: DemoWeek): DemoCalendars {
  const lastWednesday = addDays(week.monday, -5);
  const thisFriday = addDays(week.monday, 4);
  return {
    ada: adaItems(week, lastWednesday),
    ben: benItems(week),
    series: {
      moved: [subject('Operations weekly (moved)'), ...week.at(thisFriday, '14:30', 45)],
      movedDay: addDays(lastWednesday, 7),
      removedDay: addDays(lastWednesday, 14),
    },
  };
}

function adaItems(week: DemoWeek, lastWednesday: string): readonly Fields[] {
  const { at, date } = week;
  return [
    [
      subject('Operations weekly'),
      note('Join: https://us02web.zoom.us/j/86120554471?pwd=b3BzLXdlZWtseQ'),
      ...at(lastWednesday, '09:15', 45),
      weekly('Wednesday', lastWednesday, 16),
    ],
    [
      subject('Supplier call'),
      place('https://example.zoom.us/j/94418820315?pwd=c3VwcGxpZXI'),
      ...at(date(1), '11:30', 45),
    ],
    [
      subject('Quarterly plan'),
      note('Numbers before Thursday, please.\nhttps://us02web.zoom.us/j/82277104936?pwd=cXVhcnRlcg'),
      ...at(date(2), '13:00', 60),
      invited('ben@example.com', 'partner@elsewhere.example'),
    ],
    [
      subject('Security audit'),
      element('Sensitivity', 'Private'),
      note('https://us02web.zoom.us/j/88840019275?pwd=YXVkaXQ'),
      ...at(date(3), '10:00', 30),
    ],
    [subject('Desk time'), shownAs('Busy'), ...at(date(0), '15:00', 90)],
    [subject('Stocktaking'), shownAs('OOF'), ...days(week, date(7), date(8))],
    [subject('Lunch with Cleo'), place('Canteen'), shownAs('Tentative'), ...at(date(4), '12:00', 60)],
  ];
}

function benItems(week: DemoWeek): readonly Fields[] {
  const { at, date } = week;
  return [
    [
      subject('Rollout, north'),
      note('https://us02web.zoom.us/j/83355290147?pwd=cm9sbG91dA'),
      ...at(date(1), '16:00', 60),
    ],
    [subject('Leave'), shownAs('OOF'), ...days(week, date(10), date(13))],
    [subject('Van inspection'), place('Yard'), ...at(date(2), '08:00', 30)],
  ];
}

/** People that Ada knows; one of them has a mailbox here. */
export function contactsOf(): readonly Fields[] {
  const entry = (key: string, text: string): XmlElement => element('Entry', text, { Key: key });
  const person = (given: string, family: string, company: string, more: Fields): Fields => [
    element('GivenName', given),
    element('Surname', family),
    element('FileAs', `${family}, ${given}`),
    element('CompanyName', company),
    ...more,
  ];
  return [
    person('Ben', 'Bell', 'Example', [
      element('EmailAddresses', [entry('EmailAddress1', 'ben@example.com')]),
      element('PhoneNumbers', [entry('BusinessPhone', '+49 30 5550102'), entry('MobilePhone', '+49 171 5550102')]),
    ]),
    person('Paula', 'Partner', 'Elsewhere', [
      element('EmailAddresses', [
        entry('EmailAddress1', 'partner@elsewhere.example'),
        entry('EmailAddress2', 'paula@private.example'),
      ]),
      element('PhoneNumbers', [entry('BusinessPhone', '+43 1 5550177'), entry('BusinessPhone2', '+43 1 5550178')]),
      element('Body', 'Ring before five.', { BodyType: 'Text' }),
    ]),
    person('Sam', 'Supplier', 'Nordlicht', [
      element('PhoneNumbers', [entry('HomePhone', '030 5550143'), entry('Pager', '5550144')]),
    ]),
  ];
}

import { daysBetween, isCivilDate, toCivil, toInstant, windowsIdOf } from '@daybook/domain';
import type { Logger } from '@daybook/platform/logging';
import {
  childOf,
  element,
  EwsRefusal,
  ExchangeControl,
  ExchangeSimulator,
  textOf,
  type XmlElement,
} from '@daybook/providers/exchange-simulator';
import type { Certificate } from '@daybook/simulator-kit';
import { join } from 'node:path';
import type { SandboxSettings } from '../config';
import { OrderRefused, type ItemDraft, type ItemView, type Simulator } from '../simulator';
import { commonOrders, translatedError, translator } from './common-orders';
import { readExchangeSettings } from './exchange-settings';
import { commonOptions, serveBoth } from './serve-both';
import { typedSpan } from './typed-times';

const isWireError = (error: unknown): error is Error => error instanceof EwsRefusal;
const translated = translator(isWireError);

/** The simulated Exchange Server as the sandbox runs it: on http and https, its state kept in the home folder. */
export async function startExchange(
  settings: SandboxSettings,
  certificate: Certificate,
  logger: Logger,
): Promise<Simulator> {
  const { SANDBOX_HOST: host, SANDBOX_EXCHANGE_PORT: port } = settings;
  const simulator = new ExchangeSimulator({
    ...commonOptions(settings, 'exchange'),
    journalFile: join(settings.DAYBOOK_HOME, 'sandbox', 'exchange.journal'),
    demo: true,
    demoTimeZone: settings.SANDBOX_TIME_ZONE,
    certificate: certificate.cert,
    onBug: (error) => logger.error('the simulated Exchange failed', { error }),
  });
  const served = await serveBoth(simulator, { host, port, certificate });
  const control = new ExchangeControl(simulator);
  return {
    key: 'exchange',
    label: 'Exchange',
    ...served,
    ...commonOrders(control, translated),
    importFormats: ['ics', 'vcf'],
    importFile: ({ email, format, body }) =>
      translated(() => (format === 'vcf' ? control.importVcf(email, body) : control.importIcs(email, body))),
    seed: ({ email, ...order }) =>
      translated(() => {
        control.seed(email, order);
        return { events: order.events, contacts: order.contacts };
      }),
    settings: () => ({ ...control.settings() }),
    changeSettings: (change) => control.changeSettings(readExchangeSettings(change)),
    ...byHand(control),
  };
}

/** What a person does on the control page. */
function byHand(control: ExchangeControl): Pick<Simulator, 'items' | 'addItem' | 'changeItem' | 'removeItem'> {
  const zoneOf = (email: string): string => control.account(email).timeZone;
  return {
    items: (email, from, to) =>
      translated(() => control.agenda(email, from, to).map((item) => viewOf(item, zoneOf(email)))),
    addItem: (email, draft) =>
      carriedOut(async () => {
        await control.createItem(email, element('CalendarItem', newFields(draft, zoneOf(email))));
      }),
    changeItem: (email, id, draft) =>
      carriedOut(async () => {
        const before = control.item(email, id);
        if (before === null) throw new OrderRefused('unknown_item', 'there is no such item');
        await control.updateItem(email, id, { set: changedFields(before, draft, zoneOf(email)) });
      }),
    removeItem: (email, id) => carriedOut(() => control.deleteItem(email, id)),
  };
}

async function carriedOut(order: () => Promise<void>): Promise<void> {
  try {
    await order();
  } catch (error) {
    throw translatedError(error, isWireError);
  }
}

const instantOf = (item: XmlElement, name: 'Start' | 'End'): number => Date.parse(textOf(item, name) ?? '');

/** Days of a whole-day item, in the zone that it was made in. */
function datesOf(item: XmlElement): readonly [start: string, end: string] {
  const civil = (name: string, fallback: 'Start' | 'End'): string => textOf(item, name) ?? textOf(item, fallback) ?? '';
  return [civil('StartWallClock', 'Start').slice(0, 10), civil('EndWallClock', 'End').slice(0, 10)];
}

function viewOf(item: XmlElement, zone: string): ItemView {
  const allDay = textOf(item, 'IsAllDayEvent') === 'true';
  const [first, last] = datesOf(item);
  const local = (name: 'Start' | 'End'): string => toCivil(instantOf(item, name), zone).slice(0, 16);
  return {
    id: childOf(item, 'ItemId')?.attributes['Id'] ?? '',
    title: textOf(item, 'Subject') ?? '',
    start: allDay ? first : local('Start'),
    end: allDay ? last : local('End'),
    allDay,
    recurring: textOf(item, 'IsRecurring') === 'true',
  };
}

const newFields = ({ title = '', start = '', minutes = 60 }: ItemDraft, zone: string): XmlElement[] => [
  element('Subject', title),
  ...spanFields(typedSpan(start, minutes * 60_000, 1, zone), zone),
];

function changedFields(before: XmlElement, { title, start }: ItemDraft, zone: string): XmlElement[] {
  const allDay = textOf(before, 'IsAllDayEvent') === 'true';
  const [first, last] = datesOf(before);
  const length = allDay ? 3_600_000 : instantOf(before, 'End') - instantOf(before, 'Start');
  return [
    ...(title === undefined ? [] : [element('Subject', title)]),
    ...(start === undefined
      ? []
      : spanFields(typedSpan(start, length, allDay ? daysBetween(first, last) : 1, zone), zone)),
  ];
}

function spanFields({ allDay, start, end }: ReturnType<typeof typedSpan>, zone: string): XmlElement[] {
  const instant = (text: string): string =>
    new Date(toInstant(isCivilDate(text) ? `${text}T00:00:00` : text, zone)).toISOString();
  const named = (name: string): XmlElement => element(name, [], { Id: windowsIdOf(zone) ?? 'UTC' });
  return [
    element('Start', instant(start)),
    element('End', instant(end)),
    element('IsAllDayEvent', allDay),
    named('StartTimeZone'),
    named('EndTimeZone'),
  ];
}

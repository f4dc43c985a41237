import { SimulatorRefusal, type FaultKind, type FaultOrder, type LedgerView } from '@daybook/simulator-kit';
import { OrderRefused, type Simulator } from '../simulator';

const REFUSALS = {
  exists: 'mailbox_exists',
  unknown_mailbox: 'unknown_mailbox',
  unknown_item: 'unknown_item',
  unknown_kind: 'invalid_value',
  invalid: 'invalid_value',
} as const;

/** What the control sides of all simulators have. Methods throw {@link SimulatorRefusal}. */
export interface CommonControl {
  readonly faultKinds: readonly FaultKind[];
  mailboxes(): { email: string; name: string; timeZone: string; calendars: { events: number }[] }[];
  createMailbox(order: { email: string; password?: string }): void;
  importIcs(email: string, text: string): ReturnType<Simulator['importFile']>;
  seed(email: string, order: { events: number; seed: number }): void;
  addFault(order: FaultOrder): void;
  clearFaults(): void;
  ledger(email?: string): LedgerView;
  setClock(now: string | null): void;
  now(): number;
  issueToken(email: string, scope: string): { accessToken: string; expiresIn: number };
  reset(): void;
}

type CommonOrders = Omit<
  Simulator,
  'key' | 'label' | 'addresses' | 'items' | 'addItem' | 'changeItem' | 'removeItem' | 'close'
>;

/** An order in the words of the sandbox; refusals come out as it knows them. */
export type Translated = <T>(order: () => T) => T;

/** Refusals of the control side, and those of the wire (`isWireError`), as the control API answers them. */
export const translator =
  (isWireError: IsWireError): Translated =>
  (order) => {
    try {
      return order();
    } catch (error) {
      throw translatedError(error, isWireError);
    }
  };

type IsWireError = (error: unknown) => error is Error;

/** A refusal as the sandbox knows it; anything else as it is. */
export function translatedError(error: unknown, isWireError: IsWireError): unknown {
  if (error instanceof SimulatorRefusal) return new OrderRefused(REFUSALS[error.code], error.message);
  return isWireError(error) ? new OrderRefused('invalid_value', error.message) : error;
}

/** The orders that mean the same at every provider. */
export function commonOrders(control: CommonControl, translated: Translated): CommonOrders {
  return {
    faultKinds: control.faultKinds,
    importFormats: ['ics'],
    mailboxes: () =>
      control.mailboxes().map(({ email, name, timeZone, calendars }) => ({
        email,
        name,
        timeZone,
        items: calendars.reduce((sum, { events }) => sum + events, 0),
      })),
    createMailbox: ({ email, password }) =>
      translated(() => control.createMailbox({ email, ...(password === undefined ? {} : { password }) })),
    importFile: ({ email, body }) => translated(() => control.importIcs(email, body)),
    seed: ({ email, events, seed }) =>
      translated(() => {
        control.seed(email, { events, seed });
        return { events, contacts: 0 };
      }),
    addFault: ({ kind, ...order }) => {
      const known = control.faultKinds.find((one) => one === kind);
      if (known === undefined) throw new OrderRefused('invalid_value', `kind ${kind} is unknown`);
      translated(() => control.addFault({ ...order, kind: known }));
    },
    clearFaults: () => control.clearFaults(),
    ledger: (email) => translated(() => control.ledger(email)),
    setClock: (now) => translated(() => control.setClock(now)),
    now: () => control.now(),
    issueToken: ({ email, scope }) => translated(() => control.issueToken(email, scope)),
    reset: () => control.reset(),
    settings: () => ({}),
    changeSettings: (change) => {
      const [name] = Object.keys(change);
      if (name !== undefined) throw new OrderRefused('invalid_value', `unknown field "${name.slice(0, 80)}"`, []);
    },
  };
}

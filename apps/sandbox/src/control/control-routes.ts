import type { Simulator } from '../simulator';
import { ControlProblem, unknownWord } from './control-problem';
import { orders, readOrder, simulatorOf } from './orders';

export interface ControlRequest {
  query: URLSearchParams;
  body: string;
}

/** What a route answers: a status and a JSON value, or nothing (204). */
export interface ControlAnswer {
  status: number;
  value?: unknown;
}

export interface ControlRoute {
  verb: string;
  path: string;
  /** Largest body, in bytes. */
  limit: number;
  run(request: ControlRequest): ControlAnswer;
}

const SMALL = 64 * 1024;
/** The order that carries a file, with the escapes JSON adds to it; `npm run import` knows the same number. */
const FILE = 128 * 1024 * 1024;

const done: ControlAnswer = { status: 204 };
const ok = (value: unknown): ControlAnswer => ({ status: 200, value });

/** The control API: one row for each route of `API.md`. */
export function controlRoutes(simulators: readonly Simulator[]): readonly ControlRoute[] {
  const pick = (key: string): Simulator => simulatorOf(simulators, key);
  const each = (order: (simulator: Simulator) => void): ControlAnswer => {
    for (const simulator of simulators) order(simulator);
    return done;
  };
  return [
    { verb: 'GET', path: '/health', limit: SMALL, run: () => ok({ status: 'ok' }) },
    { verb: 'GET', path: '/mailboxes', limit: SMALL, run: ({ query }) => ok(mailboxes(simulators, query)) },
    {
      verb: 'POST',
      path: '/mailboxes',
      limit: SMALL,
      run: ({ body }) => {
        const { provider, ...order } = readOrder(orders.mailbox, body);
        pick(provider).createMailbox(order);
        return { status: 201, value: { provider, email: order.email.trim().toLowerCase() } };
      },
    },
    { verb: 'POST', path: '/import', limit: FILE, run: ({ body }) => importFile(pick, body) },
    {
      verb: 'POST',
      path: '/seed',
      limit: SMALL,
      run: ({ body }) => {
        const { provider, ...order } = readOrder(orders.seed, body);
        return ok(pick(provider).seed(order));
      },
    },
    { verb: 'POST', path: '/faults', limit: SMALL, run: ({ body }) => addFault(pick, body) },
    { verb: 'DELETE', path: '/faults', limit: SMALL, run: () => each((simulator) => simulator.clearFaults()) },
    { verb: 'GET', path: '/ledger', limit: SMALL, run: ({ query }) => ok(ledger(pick, query)) },
    {
      verb: 'PUT',
      path: '/clock',
      limit: SMALL,
      run: ({ body }) => {
        const { now } = readOrder(orders.clock, body);
        each((simulator) => simulator.setClock(now));
        return ok({ now: new Date(simulators[0]?.now() ?? Date.now()).toISOString() });
      },
    },
    {
      verb: 'GET',
      path: '/clock',
      limit: SMALL,
      run: () => ok({ now: new Date(simulators[0]?.now() ?? Date.now()).toISOString() }),
    },
    {
      verb: 'POST',
      path: '/tokens',
      limit: SMALL,
      run: ({ body }) => {
        const { provider, ...order } = readOrder(orders.token, body);
        return ok(pick(provider).issueToken(order));
      },
    },
    {
      verb: 'GET',
      path: '/settings',
      limit: SMALL,
      run: ({ query }) => ok(pick(onlyProvider(query)).settings()),
    },
    {
      verb: 'POST',
      path: '/settings',
      limit: SMALL,
      run: ({ body }) => {
        const { provider, ...change } = readOrder(orders.settings, body);
        const simulator = pick(provider);
        simulator.changeSettings(change);
        return ok(simulator.settings());
      },
    },
    { verb: 'POST', path: '/reset', limit: SMALL, run: () => each((simulator) => simulator.reset()) },
  ];
}

function mailboxes(simulators: readonly Simulator[], query: URLSearchParams): { items: unknown[] } {
  onlyKnown(query, ['provider']);
  const key = query.get('provider');
  const chosen = key === null ? simulators : [simulatorOf(simulators, key)];
  return {
    items: chosen.flatMap((simulator) => simulator.mailboxes().map((box) => ({ provider: simulator.key, ...box }))),
  };
}

function importFile(pick: (key: string) => Simulator, body: string): ControlAnswer {
  const { provider, ...order } = readOrder(orders.import, body);
  const simulator = pick(provider);
  if (!simulator.importFormats.includes(order.format))
    throw unknownWord('format', order.format, simulator.importFormats);
  return ok(simulator.importFile(order));
}

function addFault(pick: (key: string) => Simulator, body: string): ControlAnswer {
  const { provider, ...order } = readOrder(orders.fault, body);
  const simulator = pick(provider);
  if (!simulator.faultKinds.includes(order.kind)) throw unknownWord('kind', order.kind, simulator.faultKinds);
  simulator.addFault(order);
  return { status: 201, value: { provider, ...order } };
}

function ledger(pick: (key: string) => Simulator, query: URLSearchParams): unknown {
  onlyKnown(query, ['provider', 'email']);
  const provider = query.get('provider');
  if (provider === null) throw new ControlProblem(400, 'invalid_query', 'provider is missing', ['provider', 'email']);
  return pick(provider).ledger(query.get('email') ?? undefined);
}

/** @throws ControlProblem 400 without a provider, or with anything else */
function onlyProvider(query: URLSearchParams): string {
  onlyKnown(query, ['provider']);
  const provider = query.get('provider');
  if (provider === null) throw new ControlProblem(400, 'invalid_query', 'provider is missing', ['provider']);
  return provider;
}

function onlyKnown(query: URLSearchParams, known: readonly string[]): void {
  const stranger = [...query.keys()].find((name) => !known.includes(name));
  if (stranger !== undefined) throw unknownWord('field', stranger, known);
}

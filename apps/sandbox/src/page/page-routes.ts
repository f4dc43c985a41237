import { problemOf } from '../control/control-problem';
import type { ControlRequest } from '../control/control-routes';
import { simulatorOf } from '../control/orders';
import type { Simulator } from '../simulator';
import { mailboxPage } from './mailbox-page';

export interface PageAnswer {
  status: number;
  html?: string;
  redirect?: string;
}

export interface PageRoute {
  verb: string;
  path: string;
  limit: number;
  run(request: ControlRequest): PageAnswer | Promise<PageAnswer>;
}

/** Carries out a form and says what was done. */
type Order = (simulator: Simulator, form: URLSearchParams) => Promise<string>;

const LIMIT = 16 * 1024;
const DAY = 86_400_000;
const WINDOW = { back: DAY, ahead: 28 * DAY };

/** The page for people: look at a mailbox, add, rename, move and delete items by hand. */
export function pageRoutes(simulators: readonly Simulator[]): readonly PageRoute[] {
  const change = (order: Order) => (request: ControlRequest) => changed(simulators, request, order);
  return [
    { verb: 'GET', path: '/', limit: LIMIT, run: ({ query }) => shown(simulators, query) },
    {
      verb: 'POST',
      path: '/page/add',
      limit: LIMIT,
      run: change(async (simulator, form) => {
        const minutes = Number(text(form, 'minutes')) || 60;
        await simulator.addItem(text(form, 'email'), {
          title: text(form, 'title'),
          start: text(form, 'start'),
          minutes,
        });
        return `“${text(form, 'title')}” is added.`;
      }),
    },
    {
      verb: 'POST',
      path: '/page/change',
      limit: LIMIT,
      run: change(async (simulator, form) => {
        const draft = { title: text(form, 'title'), start: text(form, 'start') };
        await simulator.changeItem(text(form, 'email'), text(form, 'id'), draft);
        return `“${draft.title}” is saved.`;
      }),
    },
    {
      verb: 'POST',
      path: '/page/delete',
      limit: LIMIT,
      run: change(async (simulator, form) => {
        await simulator.removeItem(text(form, 'email'), text(form, 'id'));
        return 'The item is deleted.';
      }),
    },
  ];
}

const text = (form: URLSearchParams, name: string): string => (form.get(name) ?? '').trim().slice(0, 2000);

function shown(simulators: readonly Simulator[], query: URLSearchParams, problem: string | null = null): PageAnswer {
  const simulator = simulators.find(({ key }) => key === query.get('provider')) ?? simulators[0];
  const boxes = simulator?.mailboxes() ?? [];
  const box = boxes.find(({ email }) => email === query.get('email')) ?? boxes[0];
  const now = simulator?.now() ?? 0;
  const items = box === undefined ? [] : (simulator?.items(box.email, now - WINDOW.back, now + WINDOW.ahead) ?? []);
  const html = mailboxPage({
    simulators,
    chosen: simulator ?? null,
    boxes,
    box: box ?? null,
    items,
    now,
    done: query.get('done'),
    problem,
  });
  return { status: problem === null ? 200 : 400, html };
}

async function changed(simulators: readonly Simulator[], { body }: ControlRequest, order: Order): Promise<PageAnswer> {
  const form = new URLSearchParams(body);
  const place = new URLSearchParams({ provider: text(form, 'provider'), email: text(form, 'email') });
  try {
    const done = await order(simulatorOf(simulators, text(form, 'provider')), form);
    place.set('done', done);
    return { status: 303, redirect: `/?${place.toString()}` };
  } catch (error) {
    const problem = problemOf(error);
    if (problem.status >= 500) throw error;
    return shown(simulators, place, problem.message);
  }
}

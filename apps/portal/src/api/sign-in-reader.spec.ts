import { describe, expect, it } from 'vitest';
import type { SignInItem } from '@daybook/contracts';
import { Session } from '../session/session';
import { aConnection } from '../testing/samples';
import { ApiClient } from './api-client';
import { ApiProblem } from './api-problem';
import { readSignIn } from './sign-in-reader';
import { browserOf, grant, refusal, serverOf, type Answer } from './testing';

const PATH = '/v1/connections';
const passed: SignInItem = { step: 'address', outcome: 'passed', host: 'mail.example.com', detail: 'Found.' };
const refused: SignInItem = {
  step: 'sign_in',
  outcome: 'failed',
  code: 'password_refused',
  detail: 'No.',
  fix: 'Check it.',
};
const connection = aConnection();

const stream = (...events: readonly [string, unknown][]): Response =>
  new Response(events.map(([event, data]) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`).join(''), {
    headers: { 'content-type': 'text/event-stream; charset=utf-8' },
  });

/** What came step by step, and how it ended. */
async function outcomeOf(answer: Answer) {
  const server = serverOf({ '/v1/auth/refresh': () => grant('t'), [PATH]: answer });
  const api = new ApiClient(new Session(browserOf(server.send).tab()), server.send);
  const steps = readSignIn(api, { path: PATH, body: { ews: { password: 'p' } } }, new AbortController().signal);
  const items: SignInItem[] = [];
  try {
    for (let next = await steps.next(); ; next = await steps.next()) {
      if (next.done) return { items, done: next.value, server };
      items.push(next.value);
    }
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    return { items, problem: error.problem, server };
  }
}

describe('reading a sign-in', () => {
  it('asks for steps as they are made, and gives each and the connection', async () => {
    const { items, done, server } = await outcomeOf(() => stream(['step', passed], ['done', { connection }]));
    expect(items).toEqual([passed]);
    expect(done?.connection.id).toBe(connection.id);
    expect(server.calls.at(-1)?.init).toMatchObject({ method: 'POST', headers: { Accept: 'text/event-stream' } });
    expect(server.calls.at(-1)?.init.body).toBe('{"ews":{"password":"p"}}');
  });

  it('ends with the problem that is told, and its steps', async () => {
    const told = { code: 'sign_in_failed', status: 422, detail: 'It failed.', blame: 'user', steps: [passed, refused] };
    const { items, problem } = await outcomeOf(() => stream(['step', passed], ['problem', told]));
    expect(items).toEqual([passed]);
    expect(problem).toMatchObject({ code: 'sign_in_failed', steps: [passed, refused] });
  });

  it('understands an answer that comes as a whole', async () => {
    expect((await outcomeOf(() => Response.json({ connection }, { status: 201 }))).done?.connection.id).toBe('con_1');
    const whole = { code: 'sign_in_failed', status: 422, blame: 'user', steps: [refused] };
    expect((await outcomeOf(() => Response.json(whole, { status: 422 }))).problem?.steps).toEqual([refused]);
    expect((await outcomeOf(() => refusal(409, 'connection_exists'))).problem?.code).toBe('connection_exists');
  });

  it('takes no success from a line that is cut, or from an answer without a connection', async () => {
    expect((await outcomeOf(() => stream(['step', passed]))).problem?.code).toBe('offline');
    expect((await outcomeOf(() => stream(['done', null]))).problem?.code).toBe('service_unavailable');
    expect((await outcomeOf(() => Response.json({}))).problem?.code).toBe('service_unavailable');
  });

  it('leaves out what is no step that it knows', async () => {
    const { items } = await outcomeOf(() =>
      stream(['step', { ...passed, step: 'brand_new' }], ['step', 'text'], ['hint', passed], ['done', { connection }]),
    );
    expect(items).toEqual([]);
  });
});

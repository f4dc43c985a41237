import { authSessionRevocations, fail, type EndedSession, type Operation } from '@daybook/contracts';
import type { z } from 'zod';
import { EndedSessions } from './ended-sessions';

const at = '2026-11-22T09:00:00.000Z';
const ended = (...ids: string[]): EndedSession[] => ids.map((sessionId) => ({ sessionId, endedAt: at }));

describe('what a gateway may have missed of ended sessions', () => {
  let now: number;
  /** What auth-svc answers, a page at a time; null when it is away. */
  let pages: EndedSession[][] | null;
  let asked: (EndedSession | undefined)[];
  let told: string[];
  let subject: EndedSessions;

  async function call<I extends z.ZodType, O extends z.ZodType>(
    operation: Operation<I, O>,
    input: z.input<I>,
  ): Promise<z.output<O>> {
    const { after } = authSessionRevocations.input.parse(input);
    asked.push(after);
    await Promise.resolve();
    if (!pages) {
      throw fail('service_unavailable');
    }
    const page = pages.findIndex((items) => items.some(({ sessionId }) => sessionId === after?.sessionId)) + 1;
    return operation.output.parse({ items: pages[page] ?? [], more: page + 1 < pages.length });
  }
  const settle = () => new Promise(setImmediate);

  beforeEach(() => {
    now = Date.parse(at);
    pages = [ended('ses_one')];
    asked = [];
    told = [];
    const tell = (ids: readonly string[]) => void told.push(...ids);
    subject = new EndedSessions({ rpc: { call }, clock: { now: () => new Date(now) }, tell });
  });

  it('is asked for once by all who come at the same time, page by page', async () => {
    pages = [ended('ses_one', 'ses_two'), ended('ses_three')];
    await Promise.all([subject.unheard({}), subject.unheard({}), subject.unheard({})]);
    expect(told).toEqual(['ses_one', 'ses_two', 'ses_three']);
    expect(asked.map((after) => after?.sessionId)).toEqual([undefined, 'ses_two']);
    expect(subject.unheard({})).toBeNull();
  });

  it('keeps everybody waiting while auth-svc cannot be asked, and is asked for again', async () => {
    pages = null;
    await expect(subject.unheard({})).rejects.toMatchObject({ problem: { code: 'service_unavailable' } });
    await expect(subject.unheard({})).rejects.toMatchObject({ problem: { code: 'service_unavailable' } });
    pages = [ended('ses_one')];
    await subject.unheard({});
    expect(told).toEqual(['ses_one']);
  });

  it('is asked for again after a doubt, and an answer from before does not settle it', async () => {
    const before = subject.unheard({});
    subject.doubt();
    await before;
    pages = [ended('ses_one', 'ses_two')];
    await subject.unheard({});
    expect(told).toEqual(['ses_one', 'ses_one', 'ses_two']);
    expect(subject.unheard({})).toBeNull();
  });

  it('is asked for every half minute beside the requests, and a refusal keeps nobody out', async () => {
    await subject.unheard({});
    now += 30_000;
    pages = null;
    expect([subject.unheard({}), subject.unheard({})]).toEqual([null, null]);
    await settle();
    expect(asked).toHaveLength(2);
    pages = [ended('ses_one', 'ses_two')];
    now += 5_000;
    expect(subject.unheard({})).toBeNull();
    await settle();
    expect(told).toEqual(['ses_one', 'ses_one', 'ses_two']);
  });
});

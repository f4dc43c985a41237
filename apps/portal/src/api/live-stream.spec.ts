import { describe, expect, it, vi } from 'vitest';
import { ApiProblem, offlineProblem } from './api-problem';
import { LiveStream } from './live-stream';

type Step = string | Error | 'hang';

/** A server that plays one step for each connection and then keeps the line open and silent. */
function setUp(steps: Step[]) {
  const sent: string[] = [];
  const waits: number[] = [];
  const subject = new LiveStream({
    open: (lastEventId, signal) => {
      sent.push(lastEventId);
      const step = steps.shift() ?? 'hang';
      if (step instanceof Error) return Promise.reject(step);
      return Promise.resolve(new Response(bodyOf(step, signal)));
    },
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    random: () => 1,
  });
  return { subject, sent, waits };
}

function bodyOf(step: string, signal: AbortSignal): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      if (step === 'hang') {
        signal.addEventListener('abort', () => controller.error(new Error('aborted')));
        return;
      }
      controller.enqueue(new TextEncoder().encode(step));
      controller.close();
    },
  });
}

const hint = (id: string) => `id: ${id}\nevent: meetings.changed\ndata: {}\n\n`;

describe('LiveStream', () => {
  it('hands events on and comes back with the last id', async () => {
    const { subject, sent } = setUp([hint('c1'), hint('c2')]);
    const seen: string[] = [];
    subject.onEvent = (event) => seen.push(event.id);
    subject.start();
    await vi.waitFor(() => expect(sent).toHaveLength(3));
    expect(sent).toEqual(['', 'c1', 'c2']);
    expect(seen).toEqual(['c1', 'c2']);
    subject.pause();
  });

  it('tells of a gap when it was away, not at the first connection', async () => {
    const { subject, sent } = setUp([hint('c1')]);
    subject.onGap = vi.fn();
    subject.start();
    await vi.waitFor(() => expect(sent).toHaveLength(2));
    await vi.waitFor(() => expect(subject.onGap).toHaveBeenCalledTimes(1));
    subject.pause();
  });

  it('waits longer after each failure and is offline from the second on', async () => {
    const down = () => offlineProblem();
    const { subject, waits } = setUp([down(), down(), down(), down(), down(), down(), down()]);
    const states: string[] = [];
    subject.subscribe(() => states.push(subject.state()));
    subject.start();
    await vi.waitFor(() => expect(subject.state()).toBe('live'));
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000]);
    expect(states).toEqual(['offline', 'live']);
    subject.pause();
  });

  it('stops for good when the session has ended', async () => {
    const ended = new ApiProblem({ ...offlineProblem().problem, status: 401, code: 'session_ended' });
    const { subject, sent } = setUp([ended]);
    subject.start();
    await vi.waitFor(() => expect(subject.state()).toBe('paused'));
    expect(sent).toHaveLength(1);
  });

  it('opens one line however often it is started, and none after a pause', async () => {
    const { subject, sent } = setUp([]);
    subject.start();
    subject.start();
    await vi.waitFor(() => expect(subject.state()).toBe('live'));
    expect(sent).toHaveLength(1);
    subject.pause();
    expect(subject.state()).toBe('paused');
  });
});

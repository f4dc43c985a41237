import { Semaphore } from './semaphore';

describe('Semaphore', () => {
  it('lets in as many as it may, the next when one leaves, and nobody when the queue is full', async () => {
    const subject = new Semaphore(1, 1);
    const leave = await subject.acquire();
    const waiting = subject.acquire();
    expect(await subject.acquire()).toBeNull();
    leave?.();
    leave?.();
    const second = await waiting;
    expect(second).not.toBeNull();
    const third = subject.acquire();
    second?.();
    expect(await third).not.toBeNull();
  });
});

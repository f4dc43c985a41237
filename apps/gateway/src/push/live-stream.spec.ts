import { Writable } from 'node:stream';
import { LiveStream } from './live-stream';

/** A socket that takes nothing until it is told to. */
class SlowSocket extends Writable {
  readonly received: string[] = [];
  private release: (() => void) | null = null;

  constructor() {
    super({ highWaterMark: 1 });
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.received.push(chunk.toString());
    this.release = done;
  }

  async drain(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) {
      const release = this.release;
      this.release = null;
      release?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

describe('a live stream to a reader who does not keep up', () => {
  const owner = { userId: 'usr_ada', accountId: 'acc_one', sessionId: 'ses_one' };

  it('keeps only the newest cursor of each event', async () => {
    const socket = new SlowSocket();
    const subject = new LiveStream(owner, socket, null);
    for (let change = 1; change <= 1000; change += 1) {
      subject.tell('meetings.changed', `c${change}`);
      subject.tell('connection.changed', `${change}`);
    }
    expect(socket.writableLength).toBeLessThan(200);
    await socket.drain();
    const told = socket.received.filter((text) => text.includes('data:'));
    expect(told.map((text) => /"cursor":"(\w+)"/.exec(text)?.[1])).toEqual(['c1000', '1000']);
  });

  it('gives up on a reader who has read nothing for four heartbeats', () => {
    const socket = new SlowSocket();
    const subject = new LiveStream(owner, socket, null);
    [1, 2, 3].forEach(() => subject.beat());
    expect(subject.isClosed).toBe(false);
    subject.beat();
    expect(subject.isClosed).toBe(true);
    expect(socket.destroyed).toBe(true);
  });

  it('says nothing twice', async () => {
    const socket = new SlowSocket();
    const subject = new LiveStream(owner, socket, 'c1');
    await socket.drain();
    subject.tell('meetings.changed', 'c1');
    subject.tell('meetings.changed', 'c2');
    await socket.drain();
    subject.tell('meetings.changed', 'c2');
    await socket.drain();
    expect(socket.received.filter((text) => text.includes('data:'))).toHaveLength(1);
  });
});

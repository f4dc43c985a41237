import type { DraftField, MeetingDraft, RemoteMeeting } from '@daybook/provider-port';
import { at, content, draft, single } from '@daybook/testing/fakes';
import type { WaitingWrite, WriteQueue, WriteRefusal } from '../write-queue';

/** A queue with what belongs to it: people on this side, delta runs from the other. Ids are the implementation's own. */
export interface WriteQueueBench {
  readonly queue: WriteQueue;
  /** What the implementation takes as the present. */
  now(): number;
  schedule(draft: MeetingDraft): Promise<string>;
  edit(id: string, change: Partial<MeetingDraft>): Promise<void>;
  remove(id: string): Promise<void>;
  undo(id: string): Promise<void>;
  /** A delta run brings an item; gives its id here. */
  bring(item: RemoteMeeting): Promise<string>;
  /** A delta run names it as removed. */
  takeAway(remoteId: string): Promise<void>;
  /** What people see; null: it is not there. */
  shown(id: string): Promise<MeetingDraft | null>;
  lostFields(id: string): Promise<readonly DraftField[]>;
  refusals(id: string): Promise<readonly WriteRefusal[]>;
}

const [START, END] = [at('2026-11-24T10:00'), at('2026-11-24T11:00')];

export const meeting = (title: string): MeetingDraft => draft(title, START, END);

/** The provider's item, as a version of it shows it. */
export function item(title: string, version: string): RemoteMeeting & { readonly kind: 'single' } {
  return { ...single('r', content(title, START, END)), version };
}

/** What a case of the suite begins with and does again and again. */
export class QueueScene {
  constructor(readonly bench: WriteQueueBench) {}

  get queue(): WriteQueue {
    return this.bench.queue;
  }

  due(): Promise<WaitingWrite | null> {
    return this.queue.next(this.bench.now());
  }

  async taken(): Promise<WaitingWrite> {
    const write = await this.due();
    if (!write) throw new Error('a write is due');
    return write;
  }

  async titleOf(id: string): Promise<string | null> {
    return (await this.bench.shown(id))?.title ?? null;
  }

  /** As the engine does: notes it, sends it, settles the answer. */
  async answered(theirs: RemoteMeeting): Promise<'done' | 'left'> {
    const write = await this.taken();
    const sent = write.intended ?? 'removal';
    await this.queue.sending(write, sent);
    return this.queue.settle({ ...write, sent }, theirs, 'answered');
  }

  /** A meeting both sides agree on, in version v1. */
  async agreed(): Promise<string> {
    const id = await this.bench.schedule(meeting('A'));
    await this.answered(item('A', 'v1'));
    return id;
  }
}

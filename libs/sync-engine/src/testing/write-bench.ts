import { type CalendarWrites, ProviderError, type ProviderErrorKind } from '@daybook/provider-port';
import { at, content, draft, type FakeFaultKind, FakeProvider, series } from '@daybook/testing/fakes';
import { runWrites } from '../write-back';
import { bring } from './fake-adoption';
import { FakeMeetingRecords, type FakeIntention } from './fake-meeting-records';
import { FakeWriteQueue } from './fake-write-queue';

const ADA = 'ada@example.com';
const [START, END] = [at('2026-11-24T10:00'), at('2026-11-24T11:00')];

export const meeting = (title: string) => draft(title, START, END);

/** A provider, what people mean here, and runs of what waits. */
export class WriteBench {
  readonly provider = new FakeProvider({ names: 'its' });
  readonly records = new FakeMeetingRecords();
  now = 0;

  get mailbox() {
    return this.provider.mailbox(ADA);
  }

  writes(): CalendarWrites {
    const { writes } = this.provider.calendar.open(this.provider.access(ADA));
    if (!writes) throw new Error('the fake provider writes');
    return writes;
  }

  run(change: Partial<CalendarWrites> = {}, queue = new FakeWriteQueue(this.records)): Promise<'done' | 'stopped'> {
    const writes = { ...this.writes(), ...change };
    return runWrites({ writes, queue, now: () => this.now, random: () => 0, stopped: () => false });
  }

  titles(): string[] {
    return this.mailbox.items().flatMap((item) => ('content' in item ? [item.content.title] : []));
  }

  waiting(): FakeIntention[] {
    return [...this.records.all.values()].flatMap(({ pending }) => (pending ? [pending] : []));
  }

  fault(kind: FakeFaultKind, times = 1): void {
    this.provider.faults.add({ kind, times });
  }

  /** What the provider was asked since this was last called. */
  asked(): string[] {
    return this.provider.requests.splice(0);
  }

  /** Somebody changes the one item at the provider. */
  retitle(title: string): void {
    const [item] = this.mailbox.items();
    if (item && 'content' in item) this.mailbox.put({ ...item, content: { ...item.content, title } });
  }

  /** Somebody removes it. */
  removeThere(): void {
    this.mailbox.remove(this.mailbox.items()[0]?.remoteId ?? '');
  }

  /** A meeting scheduled here that is at the provider already. */
  async scheduled(): Promise<string> {
    const id = this.records.schedule(meeting('A'));
    await this.run();
    this.asked();
    return id;
  }

  /** The second occurrence of a series of the provider's. */
  occurrence(): string {
    bring(this.records, this.mailbox.put(series('s', content('S', START, END), 'RRULE:FREQ=DAILY;COUNT=3')));
    const id = this.records.takeOut('their s', { instant: Date.UTC(2026, 10, 25, 9) });
    if (id === null) throw new Error('the series is there');
    return id;
  }
}

export function failing(kind: ProviderErrorKind): () => Promise<never> {
  return async () => Promise.reject(new ProviderError(kind, { detail: 'x' }));
}

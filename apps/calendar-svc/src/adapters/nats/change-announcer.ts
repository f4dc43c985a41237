import { pushSubjects, type PushMessage } from '@daybook/contracts';
import type { PushPublisher } from '@daybook/platform/nats';
import type { CalendarStore } from '../../ports/calendar-store';
import type { Clock } from '../../ports/clock';
import { cursorNow } from '../../use-cases/changes-cursor';

/** A first sync commits many times a second; a person's screen hears of it this often at most. */
const APART_MS = 100;

/** Tells a person's clients that there is something to read, at once for a single change and in measure for many. */
export class ChangeAnnouncer {
  private readonly pending = new Map<string, NodeJS.Timeout>();
  private readonly quietUntil = new Map<string, number>();

  constructor(
    private readonly push: PushPublisher,
    private readonly store: CalendarStore,
    private readonly clock: Clock,
  ) {}

  changed(userId: string): void {
    if (this.pending.has(userId)) return;
    const wait = (this.quietUntil.get(userId) ?? 0) - performance.now();
    if (wait <= 0) return void this.announce(userId);
    this.pending.set(
      userId,
      setTimeout(() => void this.announce(userId), wait),
    );
  }

  close(): void {
    for (const timer of this.pending.values()) clearTimeout(timer);
    this.pending.clear();
  }

  private async announce(userId: string): Promise<void> {
    this.pending.delete(userId);
    this.quietUntil.set(userId, performance.now() + APART_MS);
    if (this.quietUntil.size > 10_000) this.quietUntil.clear();
    try {
      const [calendars, connections] = await Promise.all([
        this.store.calendarsOfUser(userId),
        this.store.connectionsOfUser(userId),
      ]);
      const closed = new Set(connections.filter(({ readable }) => !readable).map(({ _id }) => _id));
      const shown = calendars.filter(({ selected }) => selected);
      const seen = {
        visible: new Map(shown.map((calendar) => [calendar._id, calendar])),
        ownOnly: new Set(shown.filter(({ connectionId }) => closed.has(connectionId)).map(({ _id }) => _id)),
      };
      const message: PushMessage = { event: 'meetings.changed', cursor: cursorNow(seen, this.clock.now()) };
      this.push.publish(pushSubjects.user(userId), message);
    } catch {
      // Nothing is lost: clients read from their own cursor when the next change or reconnection comes.
    }
  }
}

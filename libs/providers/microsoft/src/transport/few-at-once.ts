interface Waiting {
  readonly places: number;
  readonly begin: () => void;
}

interface Door {
  taken: number;
  readonly waiting: Waiting[];
}

/**
 * Lets no more than `most` requests with the same token go at once: Outlook serves four of an application for a mailbox and
 * refuses the rest. Those beyond wait for their turn, in the order they came. A batch takes as many places as of its parts are
 * carried out together.
 * Source: learn.microsoft.com/graph/throttling-limits#outlook-service-limits.
 */
export class FewAtOnce {
  private readonly doors = new Map<string, Door>();

  constructor(private readonly most: number) {}

  /** Runs `work` when its turn has come, on `places` of all there are, or on all of them where it wants more. */
  async run<T>(token: string, places: number, work: () => Promise<T>): Promise<T> {
    const own = Math.min(places, this.most);
    await this.enter(token, own);
    try {
      return await work();
    } finally {
      this.leave(token, own);
    }
  }

  private async enter(token: string, places: number): Promise<void> {
    const door = this.doors.get(token) ?? { taken: 0, waiting: [] };
    this.doors.set(token, door);
    if (door.waiting.length === 0 && door.taken + places <= this.most) door.taken += places;
    else await new Promise<void>((begin) => door.waiting.push({ places, begin }));
  }

  private leave(token: string, places: number): void {
    const door = this.doors.get(token);
    if (!door) return;
    door.taken -= places;
    for (let next = door.waiting[0]; next && door.taken + next.places <= this.most; next = door.waiting[0]) {
      door.waiting.shift();
      door.taken += next.places;
      next.begin();
    }
    // Only a door that nobody stands at is forgotten.
    if (door.taken === 0) this.doors.delete(token);
  }
}

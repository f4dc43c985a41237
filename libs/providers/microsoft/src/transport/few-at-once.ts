import type { ProviderHttp } from '@daybook/provider-port';

interface Door {
  underWay: number;
  readonly waiting: (() => void)[];
}

/**
 * Lets no more than `most` requests with the same token go at once: Outlook serves four of an application for a mailbox and
 * refuses the rest. Those beyond wait for their turn, in order; requests without a token do not wait.
 * Source: learn.microsoft.com/graph/throttling-limits#outlook-service-limits.
 */
export function fewAtOnce(http: ProviderHttp, most: number): ProviderHttp {
  const doors = new Map<string, Door>();

  async function enter(token: string): Promise<void> {
    const door = doors.get(token) ?? { underWay: 0, waiting: [] };
    doors.set(token, door);
    if (door.underWay >= most) await new Promise<void>((resolve) => door.waiting.push(resolve));
    else door.underWay += 1;
  }

  function leave(token: string): void {
    const door = doors.get(token);
    const next = door?.waiting.shift();
    // Whoever waits takes over the place; only a door that nobody stands at is forgotten.
    if (next) next();
    else if (door && (door.underWay -= 1) === 0) doors.delete(token);
  }

  return {
    request: async (request) => {
      const token = request.headers?.['authorization'];
      if (token === undefined) return http.request(request);
      await enter(token);
      try {
        return await http.request(request);
      } finally {
        leave(token);
      }
    },
  };
}

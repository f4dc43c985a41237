import type { ConnectionWriter } from '../connections/connection-writer';

/** Takes down how long a provider asks us to wait with a whole mailbox. A shorter wait never shortens a longer one. */
export class ThrottleAccess {
  constructor(private readonly writer: ConnectionWriter) {}

  async run(connectionId: string, notBefore: Date): Promise<void> {
    await this.writer.change(connectionId, (current) => {
      const known = current.notBefore?.getTime() ?? 0;
      return notBefore.getTime() <= known ? null : { next: { ...current, notBefore }, audience: 'nobody' };
    });
  }
}
